import { expect, it } from 'vitest'
import type { LearntTable, PointsInfo } from '../protocol/trainer'
import { createTableStore } from './tableStore'

function tableOf(keys: string[]): LearntTable {
  return { points: { table: 't', keys } as PointsInfo, dimension: 2, vectors: new Float32Array(2 * keys.length) }
}

it('keeps the names of the points once for all runs that have the same, and again for others', () => {
  const keep = createTableStore()
  const first = keep(tableOf(['a', 'b']))!
  expect(keep(tableOf(['a', 'b']))!.points).toBe(first.points)
  expect(keep(tableOf(['a', 'c']))!.points).not.toBe(first.points)
})

it('keeps no table beyond its bytes', () => {
  const keep = createTableStore(20)
  expect(keep(tableOf(['a', 'b']))).not.toBeNull()
  expect(keep(tableOf(['a', 'b']))).toBeNull()
  // A smaller one still fits.
  expect(keep(tableOf([]))).not.toBeNull()
})
