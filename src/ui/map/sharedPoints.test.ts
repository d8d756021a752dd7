import { expect, it } from 'vitest'
import type { PointsInfo } from '../../protocol/trainer'
import { sharedPoints } from './sharedPoints'

const points = (keys: string[], shared: Uint8Array | null): PointsInfo => ({
  table: 'day_X_hour_embedding',
  keys,
  shared,
  labels: keys,
  counts: new Uint32Array(keys.length),
  attributes: [],
  colorBy: null,
})

it('finds the rows that several values share', () => {
  const shared = Uint8Array.of(0, 1, 0)
  expect(sharedPoints(points(['0 × 1', '0 × 2 · 3 × 4', ''], shared))).toEqual(shared)
})

it('finds none where each value has its own, whatever it is called', () => {
  expect(sharedPoints(points(['0 × 1', 'Part 2 · The End'], null))).toBeNull()
  expect(sharedPoints(points(['0 × 1', 'Part 2 · The End'], new Uint8Array(2)))).toBeNull()
})
