import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { groupDirection } from './groupDirection'

describe('the direction between two groups', () => {
  it('goes from mean to mean, and places every row along it', () => {
    const vectors = Float32Array.of(0, 0, 0, 2, 4, 0, 4, 2, 2, 7)
    const found = groupDirection(vectors, 5, 2, [0, 1], [2, 3])!
    expect([...found.direction]).toEqual([1, 0])
    expect([...found.places]).toEqual([0, 0, 1, 1, 0.5])
    expect(found.separation).toBe(1)
  })

  it('counts the pairs in order, ties half', () => {
    // Along the line: 0, 2, 2 | 1, 2, 3. In order: 3 of 3 above 0; 1 of 3 above 2 and 1 tie, twice.
    const vectors = Float32Array.of(0, 2, 2, 1, 2, 3)
    expect(groupDirection(vectors, 6, 1, [0, 1, 2], [3, 4, 5])!.separation).toBeCloseTo((3 + 1.5 + 1.5) / 9)
  })

  it('has the length 1, and tells noise apart hardly better than chance', () => {
    const random = createRandom(3)
    const vectors = Float32Array.from({ length: 2000 * 4 }, () => random.normal())
    const rows = Array.from({ length: 2000 }, (_, row) => row)
    const found = groupDirection(vectors, 2000, 4, rows.slice(0, 1000), rows.slice(1000))!
    expect(Math.hypot(...found.direction)).toBeCloseTo(1)
    expect(Math.abs(found.separation - 0.5)).toBeLessThan(0.07)
  })

  it('is none where a group is empty or the means are the same', () => {
    const vectors = Float32Array.of(1, -1, 0)
    expect(groupDirection(vectors, 3, 1, [], [1])).toBeNull()
    expect(groupDirection(vectors, 3, 1, [0, 1], [2])).toBeNull()
  })
})
