import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { groupDirection, heldOutSeparation } from './groupDirection'

describe('the direction between two groups', () => {
  it('goes from mean to mean, and places every row along it', () => {
    const vectors = Float32Array.of(0, 0, 0, 2, 4, 0, 4, 2, 2, 7)
    const found = groupDirection(vectors, 5, 2, [0, 1], [2, 3])!
    expect([...found.direction]).toEqual([1, 0])
    expect([...found.places]).toEqual([0, 0, 1, 1, 0.5])
  })

  it('has the length 1', () => {
    const random = createRandom(3)
    const vectors = Float32Array.from({ length: 200 * 4 }, () => random.normal())
    const rows = Array.from({ length: 200 }, (_, row) => row)
    const found = groupDirection(vectors, 200, 4, rows.slice(0, 100), rows.slice(100))!
    expect(Math.hypot(...found.direction)).toBeCloseTo(1)
  })

  it('is none where a group is empty or the means are the same', () => {
    const vectors = Float32Array.of(1, -1, 0)
    expect(groupDirection(vectors, 3, 1, [], [1])).toBeNull()
    expect(groupDirection(vectors, 3, 1, [0, 1], [2])).toBeNull()
  })
})

describe('the separation of two groups', () => {
  const rows = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)

  /** By its definition: the direction made anew without each pair. */
  function byDefinition(vectors: Float32Array, dimension: number, from: number[], to: number[]): number {
    const shares = from.flatMap((a) =>
      to.map((b) => {
        const others = (rows: number[], left: number) => rows.filter((row) => row !== left)
        const found = groupDirection(vectors, vectors.length / dimension, dimension, others(from, a), others(to, b))
        if (!found) return 0.5
        return found.places[b]! > found.places[a]! ? 1 : found.places[b] === found.places[a] ? 0.5 : 0
      }),
    )
    return shares.reduce<number>((sum, share) => sum + share, 0) / shares.length
  }

  it('is that of directions made without the two points of each pair', () => {
    const random = createRandom(5)
    const vectors = Float32Array.from({ length: 20 * 3 }, (_, i) => random.normal() + (i < 24 ? 0 : 0.8))
    const [from, to] = [rows(0, 8), rows(8, 12)]
    expect(heldOutSeparation(vectors, 3, from, to)).toBeCloseTo(byDefinition(vectors, 3, from, to), 10)
  })

  it('is no better than chance for noise, where the groups that made the direction look well apart', () => {
    const random = createRandom(3)
    const means = Array.from({ length: 60 }, () => {
      const vectors = Float32Array.from({ length: 20 * 16 }, () => random.normal())
      const { places } = groupDirection(vectors, 20, 16, rows(0, 10), rows(10, 10))!
      const inSample = rows(0, 10).flatMap((a) => rows(10, 10).map((b) => (places[b]! > places[a]! ? 1 : 0)))
      const mean = inSample.reduce<number>((sum, one) => sum + one, 0) / inSample.length
      return [mean, heldOutSeparation(vectors, 16, rows(0, 10), rows(10, 10))!]
    })
    const average = (at: number) => means.reduce((sum, pair) => sum + pair[at]!, 0) / means.length
    expect(average(0)).toBeGreaterThan(0.85)
    expect(Math.abs(average(1) - 0.5)).toBeLessThan(0.06)
  })

  it('is 1 for groups apart, and takes some of many pairs for all', () => {
    const random = createRandom(9)
    const vectors = Float32Array.from({ length: 600 * 2 }, (_, i) => random.normal() + (i < 600 ? 0 : 1))
    expect(heldOutSeparation(Float32Array.of(0, 1, 2, 10, 11, 12), 1, [0, 1, 2], [3, 4, 5])).toBe(1)
    const all = heldOutSeparation(vectors, 2, rows(0, 300), rows(300, 300), 90_000)!
    expect(Math.abs(heldOutSeparation(vectors, 2, rows(0, 300), rows(300, 300))! - all)).toBeLessThan(0.015)
  })

  it('is none where a group has no second point', () => {
    expect(heldOutSeparation(Float32Array.of(0, 1, 2), 1, [0], [1, 2])).toBeNull()
  })
})
