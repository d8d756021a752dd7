import { describe, expect, it } from 'vitest'
import type { DenseColumn, Experiment } from '../../experiment/experiment'
import { labDefaults } from '../../experiment/labs'
import { describeDifference, describeFeatures } from './describeDifference'

const { dayHour, movies } = labDefaults

function withDimension(experiment: Experiment, dimension: number): Experiment {
  return {
    ...experiment,
    columns: experiment.columns.map((column) => (column.type === 'embedding' ? { ...column, dimension } : column)),
  }
}

const hour: DenseColumn = {
  type: 'embedding',
  categorical: { type: 'identity', key: 'hour', numBuckets: 24, defaultValue: null },
  dimension: 2,
  combiner: 'mean',
  trainable: true,
  initializerStddev: null,
}

describe('describeFeatures', () => {
  it('names a cross by its columns and how it finds its buckets', () => {
    expect(describeFeatures(dayHour)).toBe('day × hour exact · dimension 2')
    expect(describeFeatures({ ...dayHour, columns: [hour] })).toBe('hour · dimension 2')
  })

  it('lists the dimensions when they differ', () => {
    const columns = [hour, { ...hour, dimension: 3 }]
    expect(describeFeatures({ ...dayHour, columns })).toBe('hour + hour · dimensions 2, 3')
  })
})

describe('describeDifference', () => {
  it('is empty for the same settings', () => {
    expect(describeDifference(dayHour, structuredClone(dayHour))).toEqual([])
  })

  it('says a dimension that both sides of a dot product share once', () => {
    expect(describeDifference(movies, withDimension(movies, 8))).toEqual(['dimension 2 → 8'])
  })

  it('tells an exact cross from a hashed one', () => {
    const column = dayHour.columns[0]
    if (column?.type !== 'embedding' || column.categorical.type !== 'crossed')
      throw new Error('the lab opens with a cross')
    const hashed = { ...dayHour, columns: [{ ...column, categorical: { ...column.categorical, exact: false } }] }
    expect(describeDifference(dayHour, hashed)).toEqual(['+ day × hour hashed into 168', '− day × hour exact'])
  })

  it('tells added from removed columns', () => {
    expect(describeDifference(dayHour, { ...dayHour, columns: [hour] })).toEqual(['+ hour', '− day × hour exact'])
  })

  it('tells other settings from and to', () => {
    const before = { ...movies, l2: 0.02, seed: 42, optimizer: { type: 'adagrad' as const, learningRate: 0.1 } }
    const after = { ...before, l2: 0, seed: 7, optimizer: { type: 'adam' as const, learningRate: 0.01 } }
    expect(describeDifference(before, after)).toEqual([
      'optimizer Adagrad → Adam',
      'learning rate 0.1 → 0.01',
      'L2 0.02 → 0',
      'seed 42 → 7',
    ])
  })
})
