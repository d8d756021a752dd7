import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { type Points, procrustes, shuffledResidual } from './procrustes'

function cloud(rows: number, dimension: number, seed: number): Points {
  const random = createRandom(seed)
  // Wider along one axis than along another, as tables are.
  return {
    vectors: Float32Array.from({ length: rows * dimension }, (_, i) => random.normal() / (1 + (i % dimension))),
    dimension,
  }
}

/** Turned in the plane of each two neighbouring axes, mirrored along the first, scaled and moved. */
function moved({ vectors, dimension }: Points, rows: number): Points {
  const out = Float32Array.from(vectors)
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d + 1 < dimension; d++) {
      const [x, y] = [out[row * dimension + d]!, out[row * dimension + d + 1]!]
      out[row * dimension + d] = Math.cos(1 + d) * x - Math.sin(1 + d) * y
      out[row * dimension + d + 1] = Math.sin(1 + d) * x + Math.cos(1 + d) * y
    }
    for (let d = 0; d < dimension; d++)
      out[row * dimension + d] = 2.5 * (d === 0 ? -1 : 1) * out[row * dimension + d]! + d
  }
  return { vectors: out, dimension }
}

describe('Procrustes alignment', () => {
  it.each([1, 2, 3, 16])('takes back a turn, a reflection, a shift and a scale in %i dimensions', (dimension) => {
    const rows = 60
    const first = cloud(rows, dimension, 1)
    const found = procrustes(first, moved(first, rows), rows)!
    expect(found.residual).toBeLessThan(1e-6)
    expect(found.scale).toBeCloseTo(1 / 2.5)
    found.aligned.forEach((value, i) => {
      expect(value).toBeCloseTo(first.vectors[i]!, 4)
    })
  })

  it('gives the residual of a worked example, whichever is laid over the other', () => {
    // A square and the same with two corners pulled out: centred and of unit size their overlap is (4 + 2·2) / √(8 · 20).
    const square: Points = { vectors: Float32Array.of(1, 1, -1, 1, -1, -1, 1, -1), dimension: 2 }
    const pulled: Points = { vectors: Float32Array.of(2, 2, -1, 1, -2, -2, 1, -1), dimension: 2 }
    const expected = 1 - (4 + 2 + 4 + 2) ** 2 / (8 * 20)
    expect(procrustes(square, pulled, 4)!.residual).toBeCloseTo(expected)
    expect(procrustes(pulled, square, 4)!.residual).toBeCloseTo(expected)
  })

  it('lays a line into the plane, and a plane with a direction that says nothing over a line', () => {
    const rows = 40
    const line = cloud(rows, 1, 4)
    const plane: Points = {
      vectors: Float32Array.from({ length: 2 * rows }, (_, i) => (i % 2 ? 3 * line.vectors[i >> 1]! : 0)),
      dimension: 2,
    }
    expect(procrustes(plane, line, rows)!.residual).toBeLessThan(1e-6)
    const over = procrustes(line, plane, rows)!
    expect([over.dimension, over.aligned.length]).toEqual([2, 2 * rows])
    over.aligned.forEach((value, i) => {
      expect(value).toBeCloseTo(i % 2 ? 0 : line.vectors[i >> 1]!, 4)
    })
  })

  it('explains nearly nothing when rows are dealt to other names', () => {
    const first = cloud(200, 2, 5)
    expect(shuffledResidual(first, moved(first, 200), 200)).toBeGreaterThan(0.9)
  })

  it('is none for a single point, or points all in one place', () => {
    expect(procrustes(cloud(1, 2, 1), cloud(1, 2, 2), 1)).toBeNull()
    expect(procrustes(cloud(5, 2, 1), { vectors: new Float32Array(10).fill(3), dimension: 2 }, 5)).toBeNull()
  })
})
