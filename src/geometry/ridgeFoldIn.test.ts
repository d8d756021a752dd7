import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { ridgeFoldIn } from './ridgeFoldIn'

const random = createRandom(4)
const vectors = Float32Array.from({ length: 200 * 3 }, () => random.normal())
const rated = Array.from({ length: 60 }, (_, i) => i * 3)
const ratingsOf = (vector: number[], bias: number) =>
  rated.map((row) => vector.reduce((sum, value, d) => sum + value * vectors[row * 3 + d]!, bias))

describe('folding in a new viewer', () => {
  it('finds the vector and the bias that made the ratings', () => {
    const found = ridgeFoldIn(vectors, 3, rated, ratingsOf([0.5, -1, 2], 0.7), 1e-6, 1e-6)
    expect(found.bias).toBeCloseTo(0.7, 4)
    expect(Array.from(found.vector, (value) => Math.round(value * 1e4) / 1e4)).toEqual([0.5, -1, 2])
  })

  it('meets (VᵀV + λI) u = Vᵀ r', () => {
    const residuals = ratingsOf([1, 1, 1], 0.3)
    const { vector } = ridgeFoldIn(vectors, 3, rated, residuals, 5)
    for (let a = 0; a < 3; a++) {
      let left = 5 * vector[a]!
      let right = 0
      rated.forEach((row, i) => {
        for (let b = 0; b < 3; b++) left += vectors[row * 3 + a]! * vectors[row * 3 + b]! * vector[b]!
        right += vectors[row * 3 + a]! * residuals[i]!
      })
      expect(left).toBeCloseTo(right, 4)
    }
  })

  it('is zero for someone who rated nothing, and refuses a λ of 0', () => {
    expect(Array.from(ridgeFoldIn(vectors, 3, [], [], 1, 1).vector)).toEqual([0, 0, 0])
    expect(() => ridgeFoldIn(vectors, 3, rated, ratingsOf([1, 0, 0], 0), 0)).toThrow('λ')
  })
})
