import { describe, expect, it } from 'vitest'
import { columnName } from './columnName'
import type { Experiment } from './experiment'
import { suggestDimension } from './fourthRoot'
import { labDefaults } from './labs'
import { type DayHourFeatures, dayHourFeatures, dayHourKeys, withCrossKind, withDayHourFeatures } from './presets'

const keys = { day: 'when_day', hour: 'when_hour' }
const traffic: Experiment = {
  ...labDefaults.dayHour,
  columns: [
    { type: 'numeric', key: 'temp', normalizer: 'standardize' },
    {
      type: 'embedding',
      categorical: { type: 'crossed', keys: ['when_day', 'when_hour'], hashBucketSize: 500, exact: false },
      dimension: 3,
      combiner: 'mean',
      trainable: true,
      initializerStddev: 0.5,
    },
  ],
}
const names = (experiment: Experiment) => experiment.columns.map(columnName)

describe('withDayHourFeatures', () => {
  it('replaces what reads day and hour, with its dimension, and leaves other columns', () => {
    const separate = withDayHourFeatures(traffic, 'separate', keys)
    expect(names(separate)).toEqual(['when_day_embedding', 'when_hour_embedding', 'temp'])
    expect(separate.columns[1]).toMatchObject({ dimension: 3, initializerStddev: 0.5, categorical: { numBuckets: 24 } })
    expect(names(withDayHourFeatures(separate, 'hourOnly', keys))).toEqual(['when_hour_embedding', 'temp'])
    expect(names(withDayHourFeatures(separate, 'cross', keys))).toEqual(['when_day_X_when_hour_embedding', 'temp'])
  })

  it('keeps a cross that is there as it is', () => {
    expect(withDayHourFeatures(traffic, 'cross', keys).columns).toContain(traffic.columns[1])
  })

  it.each<DayHourFeatures>(['cross', 'separate', 'hourOnly'])('is told apart: %s', (features) => {
    expect(dayHourFeatures(withDayHourFeatures(traffic, features, keys), keys)).toBe(features)
    expect(dayHourFeatures({ ...traffic, columns: traffic.columns.slice(0, 1) }, keys)).toBeNull()
  })
})

describe('withCrossKind', () => {
  it('hashes into 24 · 7 buckets, and back', () => {
    const hashed = withCrossKind(traffic, 'hashed')
    expect(hashed.columns[1]).toMatchObject({ categorical: { exact: false, hashBucketSize: 168 } })
    expect(withCrossKind(hashed, 'exact').columns[1]).toMatchObject({ categorical: { exact: true } })
    expect(hashed.columns[0]).toBe(traffic.columns[0])
  })
})

describe('dayHourKeys', () => {
  it('takes day and hour of the same date', () => {
    const column = (name: string, meaning: 'dayOfWeek' | 'hourOfDay' | null, derivedFrom: string | null) => ({
      name,
      meaning,
      derivedFrom,
    })
    const columns = [
      column('a_day', 'dayOfWeek', 'a'),
      column('b_day', 'dayOfWeek', 'b'),
      column('b_hour', 'hourOfDay', 'b'),
    ]
    expect(dayHourKeys(columns)).toEqual({ day: 'b_day', hour: 'b_hour' })
    expect(dayHourKeys(columns.slice(0, 2))).toBeNull()
  })
})

describe('suggestDimension', () => {
  it('rounds and is at least 1', () => {
    expect([0, 1, 16, 168, 10_000].map(suggestDimension)).toEqual([1, 1, 2, 4, 10])
  })
})
