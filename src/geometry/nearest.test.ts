import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { nearestRows, type Similarity } from './nearest'

function randomVectors(rows: number, dimension: number, seed = 1): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: rows * dimension }, () => random.normal())
}

/** Every pair, sorted in full: the slow definition. */
function sortedByDefinition(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  row: number,
  similarity: Similarity,
) {
  const at = (r: number) => Array.from(vectors.subarray(r * dimension, (r + 1) * dimension))
  const dot = (a: number[], b: number[]) => a.reduce((sum, value, d) => sum + value * b[d]!, 0)
  const score = (r: number) => {
    const [a, b] = [at(row), at(r)]
    if (similarity === 'dot') return dot(a, b)
    if (similarity === 'cosine') return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b))
    return Math.hypot(...a.map((value, d) => value - b[d]!))
  }
  const sign = similarity === 'euclidean' ? 1 : -1
  return Array.from({ length: rows }, (_, r) => ({ row: r, score: score(r) }))
    .filter((entry) => entry.row !== row)
    .sort((a, b) => sign * (a.score - b.score) || a.row - b.row)
}

describe('nearest rows', () => {
  for (const similarity of ['cosine', 'euclidean', 'dot'] as const) {
    it(`equal the head of a full sort by ${similarity}`, () => {
      const vectors = randomVectors(300, 5)
      const expected = sortedByDefinition(vectors, 300, 5, 17, similarity).slice(0, 12)
      const found = nearestRows(vectors, 300, 5, 17, 12, similarity)
      expect(Array.from(found.rows)).toEqual(expected.map((entry) => entry.row))
      found.scores.forEach((score, i) => {
        expect(score).toBeCloseTo(expected[i]!.score, 5)
      })
    })
  }

  it('tell two nearly equal vectors apart by distance, far from the origin', () => {
    const vectors = Float32Array.from([1000, 1000, 1000.001, 1000, 1000.01, 1000])
    const found = nearestRows(vectors, 3, 2, 0, 2, 'euclidean')
    expect(Array.from(found.rows)).toEqual([1, 2])
    expect(found.scores[0]!).toBeCloseTo(Math.fround(1000.001) - 1000, 8)
  })

  it('leave out masked rows and rows that are not finite', () => {
    const vectors = Float32Array.from([1, 0, 1, 0.1, Number.NaN, 1, 0, 1])
    expect(Array.from(nearestRows(vectors, 4, 2, 0, 9, 'cosine').rows)).toEqual([1, 3])
    expect(Array.from(nearestRows(vectors, 4, 2, 0, 9, 'cosine', Uint8Array.of(1, 0, 1, 1)).rows)).toEqual([3])
  })

  it('break ties by the lower row and give a zero vector the cosine 0', () => {
    const vectors = Float32Array.from([1, 0, 2, 0, 3, 0, 0, 0])
    const found = nearestRows(vectors, 4, 2, 2, 3, 'cosine')
    expect(Array.from(found.rows)).toEqual([0, 1, 3])
    expect(found.scores[2]).toBe(0)
  })
})
