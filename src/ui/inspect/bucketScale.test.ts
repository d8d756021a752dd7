import { expect, it } from 'vitest'
import { bucketsAt, lastPosition, mostBuckets, positionOf } from './bucketScale'

it('goes from one bucket to the most', () => {
  expect(bucketsAt(0, 7056)).toBe(1)
  expect(bucketsAt(lastPosition, 7056)).toBe(7056)
})

it('comes back to about the size that it left', () => {
  for (const most of [1024, 7056, 2_000_000])
    for (const buckets of [1, 2, 168, 1000])
      expect(Math.abs(bucketsAt(positionOf(buckets, most), most) / buckets - 1)).toBeLessThan(0.04)
})

it('reaches the size without collisions of the course’s cross, and stays within the limit', () => {
  expect(mostBuckets(168, 2_000_000)).toBeGreaterThan(2807)
  expect(mostBuckets(100_000, 2_000_000)).toBe(2_000_000)
  expect(mostBuckets(3, 2_000_000)).toBe(1024)
})
