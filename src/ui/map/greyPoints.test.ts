import { expect, it } from 'vitest'
import type { Attribute, PointsInfo } from '../../protocol/trainer'
import { greyPoints } from './greyPoints'

const points: PointsInfo = {
  table: 'film_embedding',
  keys: ['a', '', 'b · c', 'd · e'],
  shared: Uint8Array.of(0, 0, 1, 0),
  labels: ['A', '', 'B · C', 'D'],
  counts: new Uint32Array(4),
  attributes: [],
  colorBy: null,
}
const codes = (...values: number[]): Attribute => ({
  kind: 'category',
  name: 'x',
  title: 'x',
  categories: ['y'],
  ordered: false,
  codes: Int16Array.from(values),
})

it('says why points are grey: unused, shared, unknown', () => {
  expect(greyPoints(points, codes(0, -1, -1, 0))).toEqual({ label: 'unused buckets, shared buckets', count: 2 })
  expect(greyPoints(points, codes(0, 0, 0, -1))).toEqual({ label: 'unknown', count: 1 })
})

it('says nothing where every point has its colour', () => {
  expect(greyPoints(points, codes(0, 0, 0, 0))).toBeNull()
  const values = Float32Array.of(1, Number.NaN, 2, 3)
  const cyclic = { kind: 'cyclic', name: 'h', title: 'hour', period: 24, values } as const
  expect(greyPoints(points, cyclic)).toEqual({ label: 'unused buckets', count: 1 })
})
