import { describe, expect, it } from 'vitest'
import { encodeCategorical } from '../columns/encodeColumn'
import type { DataSet } from '../data/table'
import type { CategoricalColumn } from '../experiment/experiment'
import { describePoints } from './describePoints'

const day = Int32Array.from([4, 4, 0, 6, 6])
const hour = Int32Array.from([17, 17, 3, 0, 3])
const film = {
  name: 'film',
  type: 'string',
  codes: Int32Array.from([0, 1, 1, 0, 0]),
  values: ['a', 'b', 'never'],
} as const
const temp = Float64Array.from([-3, 4, 12, 30, 8])

const column = (name: string, meaning: 'dayOfWeek' | 'hourOfDay' | null) => ({
  name,
  type: 'integer' as const,
  distinct: 1,
  missing: 0,
  min: 0,
  max: 1,
  samples: [],
  unit: name === 'temp' ? '°C' : null,
  derivedFrom: null,
  meaning,
  ambiguousDate: false,
})
const dataSet: DataSet = {
  table: {
    name: 't',
    rowCount: 5,
    columns: [
      { name: 'day', type: 'integer', values: day },
      { name: 'hour', type: 'integer', values: hour },
      { ...film, values: [...film.values] },
      { name: 'temp', type: 'number', values: temp },
    ],
  },
  summary: {
    name: 't',
    title: 't',
    fingerprint: 'sha256-0',
    rowCount: 5,
    sampleRows: [],
    nature: 'yours',
    natureText: '',
    source: '',
    licence: '',
    kind: 'table',
    warnings: [],
    columns: [column('day', 'dayOfWeek'), column('hour', 'hourOfDay'), column('film', null), column('temp', null)],
  },
  entities: [
    {
      column: 'film',
      index: new Map([
        ['b', 0],
        ['a', 1],
      ]),
      labels: ['Brazil', 'Alien'],
      attributes: [
        {
          kind: 'number',
          name: 'year',
          title: 'year',
          unit: null,
          values: Float32Array.from([1985, 1979]),
          probe: false,
        },
      ],
      colorBy: 'year',
    },
  ],
}
const trainRows = Uint32Array.from([0, 1, 3])
function pointsOf(categorical: CategoricalColumn) {
  const encoded = encodeCategorical(categorical, dataSet.table)
  return describePoints('t', categorical, encoded, dataSet, trainRows)
}
const attribute = (points: ReturnType<typeof pointsOf>, name: string) =>
  points.attributes.find((candidate) => candidate.name === name)!

describe('describePoints', () => {
  it('labels an hour of the week and colours it by hour, day and weekend', () => {
    const points = pointsOf({ type: 'crossed', keys: ['hour', 'day'], hashBucketSize: 9, exact: true })
    const friday = points.labels.indexOf('Fri 17 h')
    expect(friday).toBeGreaterThanOrEqual(0)
    expect(points.counts[friday]).toBe(2)
    expect(points.colorBy).toBe('hour')
    expect(attribute(points, 'hour')).toMatchObject({ kind: 'cyclic', period: 24 })
    const hours = attribute(points, 'hour')
    expect(hours.kind === 'cyclic' && hours.values[friday]).toBe(17)
    const weekend = attribute(points, 'day_weekend')
    expect(weekend.kind === 'category' && weekend.codes[points.labels.indexOf('Sun 0 h')]).toBe(1)
    expect(weekend.kind === 'category' && weekend.codes[friday]).toBe(0)
  })

  it('joins the labels of a hashed bucket, and gives it only the attributes its values share', () => {
    const points = pointsOf({ type: 'crossed', keys: ['day', 'hour'], hashBucketSize: 1, exact: false })
    expect(points.labels).toEqual(['Mon 3 h · Fri 17 h · Sun 0 h · Sun 3 h'])
    const hours = attribute(points, 'hour')
    expect(hours.kind === 'cyclic' && hours.values[0]).toBeNaN()
  })

  it('takes labels and attributes of an id from its entity, whatever their order', () => {
    const points = pointsOf({
      type: 'vocabularyList',
      key: 'film',
      vocabulary: 'data',
      numOovBuckets: 0,
      defaultValue: -1,
    })
    expect(points.keys).toEqual(['a', 'b', 'never'])
    expect(points.labels).toEqual(['Alien', 'Brazil', 'never'])
    const year = attribute(points, 'year')
    expect(year.kind === 'number' && [...year.values]).toEqual([1979, 1985, Number.NaN])
    expect(points.colorBy).toBe('year')
    expect([...points.counts]).toEqual([2, 1, 0])
  })

  it('gives a range its middle and its unit', () => {
    const points = pointsOf({ type: 'bucketized', key: 'temp', boundaries: [0, 10, 20] })
    expect(points.labels).toEqual(['< 0', '0 … < 10', '10 … < 20', '≥ 20'])
    const middle = attribute(points, 'temp')
    expect(middle).toMatchObject({ kind: 'number', unit: '°C' })
    expect(middle.kind === 'number' && [...middle.values]).toEqual([0, 5, 15, 20])
  })

  it('gives a cross of other things one category for each part', () => {
    const points = pointsOf({ type: 'crossed', keys: ['film', 'hour'], hashBucketSize: 9, exact: true })
    expect(points.labels).toContain('Alien × 17 h')
    expect(attribute(points, 'film')).toMatchObject({ kind: 'category', categories: ['Alien', 'Brazil'] })
    expect(attribute(points, 'hour').kind).toBe('cyclic')
  })
})
