import { describe, expect, it } from 'vitest'
import { experimentSchema } from './experiment'
import { labDefaults } from './labs'

describe('experimentSchema', () => {
  it('accepts the default of every lab unchanged', () => {
    for (const experiment of Object.values(labDefaults)) expect(experimentSchema.parse(experiment)).toEqual(experiment)
  })

  it('fills in the defaults of TensorFlow', () => {
    const base = labDefaults.dayHour
    const parsed = experimentSchema.parse({
      ...base,
      columns: [
        { type: 'embedding', categorical: { type: 'vocabularyList', key: 'a', vocabulary: ['x'] }, dimension: 3 },
      ],
    })
    expect(parsed.columns[0]).toEqual({
      type: 'embedding',
      categorical: { type: 'vocabularyList', key: 'a', vocabulary: ['x'], numOovBuckets: 0, defaultValue: -1 },
      dimension: 3,
      combiner: 'mean',
      trainable: true,
      initializerStddev: null,
    })
  })

  it('refuses numbers out of their range', () => {
    const base = labDefaults.movies
    for (const change of [
      { batchSize: 0 },
      { batchSize: 1.5 },
      { seed: -1 },
      { l2: Number.NaN },
      { optimizer: { type: 'sgd', learningRate: 0 } },
      { columns: [] },
      { version: 2 },
    ]) {
      expect(experimentSchema.safeParse({ ...base, ...change }).success, JSON.stringify(change)).toBe(false)
    }
  })
})
