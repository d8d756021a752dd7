import { expect, it } from 'vitest'
import type { LearntTable, PointsInfo } from '../protocol/trainer'
import { createTableStore } from './tableStore'

function tableOf(keys: string[], counts = keys.map(() => 1)): LearntTable {
  const points = { table: 't', keys, counts: Uint32Array.from(counts) } as PointsInfo
  return { points, dimension: 2, vectors: new Float32Array(2 * keys.length) }
}

it('keeps the names of the points once for all runs that have the same, and again for others', () => {
  const keep = createTableStore()
  const first = keep(tableOf(['a', 'b']))!
  expect(keep(tableOf(['a', 'b']))!.points).toBe(first.points)
  expect(keep(tableOf(['a', 'c']))!.points).not.toBe(first.points)
})

it('keeps the counts of each run, where they learnt from other rows', () => {
  const keep = createTableStore()
  const [first, second] = [keep(tableOf(['a', 'b'], [3, 0])), keep(tableOf(['a', 'b'], [0, 3]))]
  expect([first!.points.counts, second!.points.counts]).toEqual([Uint32Array.of(3, 0), Uint32Array.of(0, 3)])
  expect(second!.points.keys).toBe(first!.points.keys)
})

it('keeps no table beyond its bytes', () => {
  const keep = createTableStore(20)
  expect(keep(tableOf(['a', 'b']))).not.toBeNull()
  expect(keep(tableOf(['a', 'b']))).toBeNull()
  // A smaller one still fits.
  expect(keep(tableOf([]))).not.toBeNull()
})
