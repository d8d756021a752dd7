import { describe, expect, it } from 'vitest'
import { type NamedVectors, overlayTables } from './overlayTables'

const square: NamedVectors = {
  keys: ['a', 'b', 'c', 'd'],
  dimension: 2,
  vectors: Float32Array.of(0, 0, 1, 0, 1, 1, 0, 1),
  counts: null,
}

describe('overlayTables', () => {
  it('matches rows by key, whatever their order, and leaves out what only one has', () => {
    const turned: NamedVectors = {
      keys: ['e', 'd', 'c', 'b', 'a'],
      dimension: 2,
      // The square turned by a right angle, twice as large.
      vectors: Float32Array.of(9, 9, -2, 0, -2, 2, 0, 2, 0, 0),
      counts: null,
    }
    const found = overlayTables(square, turned)!
    expect([...found.rows]).toEqual([0, 1, 2, 3])
    expect(found.residual).toBeLessThan(1e-6)
    found.other.forEach((value, i) => {
      expect(value).toBeCloseTo(square.vectors[i]!)
    })
  })

  it('leaves out rows that no training row looked up, that are not finite, and unused buckets', () => {
    const counts = Uint32Array.of(1, 1, 0, 1, 1, 1)
    const broken: NamedVectors = {
      keys: ['a', 'b', 'c', 'd', 'e', ''],
      dimension: 1,
      vectors: Float32Array.of(0, 1, 2, 5, Number.NaN, 3),
      counts,
    }
    expect([...overlayTables(broken, broken)!.rows]).toEqual([0, 1, 3])
  })

  it('shows a line in the plane of the other, filled up with zeros', () => {
    const line: NamedVectors = { ...square, dimension: 1, vectors: Float32Array.of(0, 1, 2, 4) }
    const found = overlayTables(line, square)!
    expect([found.dimension, [...found.vectors]]).toEqual([2, [0, 0, 1, 0, 2, 0, 4, 0]])
  })

  it('is none where fewer than three points are in both', () => {
    expect(overlayTables(square, { ...square, keys: ['a', 'b', 'x', 'y'] })).toBeNull()
  })
})
