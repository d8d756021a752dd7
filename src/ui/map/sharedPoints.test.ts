import { expect, it } from 'vitest'
import type { PointsInfo } from '../../protocol/trainer'
import { sharedPoints } from './sharedPoints'

const points = (keys: string[]): PointsInfo => ({
  table: 'day_X_hour_embedding',
  keys,
  labels: keys,
  counts: new Uint32Array(keys.length),
  attributes: [],
  colorBy: null,
})

it('finds the rows that several values share', () => {
  expect(sharedPoints(points(['0 × 1', '0 × 2 · 3 × 4', '']))).toEqual(Uint8Array.of(0, 1, 0))
})

it('finds none where each value has its own', () => {
  expect(sharedPoints(points(['0 × 1', '0 × 2']))).toBeNull()
})
