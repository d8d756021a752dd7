import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { crossValidatedR2 } from './linearFit'

function planted(rows: number, dimension: number, noise: number) {
  const random = createRandom(3)
  const vectors = Float32Array.from({ length: rows * dimension }, () => 10 + random.normal())
  const weights = Array.from({ length: dimension }, (_, d) => (d % 2 ? -1 : 1) / Math.sqrt(dimension))
  const target = Float32Array.from({ length: rows }, (_, row) =>
    weights.reduce((sum, w, d) => sum + w * vectors[row * dimension + d]!, 40 + noise * random.normal()),
  )
  return { vectors, target }
}

describe('cross-validated R²', () => {
  it('is 1 for an exact linear target with an intercept, and about 0 or below for shuffled rows', () => {
    const { vectors, target } = planted(300, 8, 0)
    const fit = crossValidatedR2(vectors, 300, 8, target)
    expect(fit.r2).toBeGreaterThan(0.99999)
    expect(fit.shuffledR2).toBeLessThan(0.1)
    expect(fit.shuffledR2).toBeGreaterThan(-0.2)
  })

  it('comes near the planted share of signal', () => {
    const { vectors, target } = planted(4000, 8, 1)
    expect(crossValidatedR2(vectors, 4000, 8, target).r2).toBeCloseTo(0.5, 1)
  })

  it('is not fooled by as many columns as rows: noise is predicted no better than by the mean', () => {
    const random = createRandom(9)
    const vectors = Float32Array.from({ length: 60 * 40 }, () => random.normal())
    const target = Float32Array.from({ length: 60 }, () => random.normal())
    expect(crossValidatedR2(vectors, 60, 40, target).r2).toBeLessThan(0)
  })

  it('leaves out rows without a target and says how many remain', () => {
    const { vectors, target } = planted(300, 4, 0)
    for (let row = 0; row < 100; row++) {
      target[row] = Number.NaN
      vectors[row * 4] = 1e6
    }
    const fit = crossValidatedR2(vectors, 300, 4, target)
    expect(fit.rows).toBe(200)
    expect(fit.r2).toBeGreaterThan(0.99999)
  })

  it('is NaN for a constant target or too few rows, and survives constant and repeated columns', () => {
    const { vectors, target } = planted(100, 4, 0)
    expect(crossValidatedR2(vectors, 100, 4, new Float32Array(100).fill(2)).r2).toBeNaN()
    expect(crossValidatedR2(vectors, 9, 4, target).r2).toBeNaN()
    for (let row = 0; row < 100; row++) {
      vectors[row * 4 + 1] = 7
      vectors[row * 4 + 2] = vectors[row * 4]!
    }
    expect(crossValidatedR2(vectors, 100, 4, target).r2).toBeLessThan(1)
  })

  it('is the same for the same seed and differs for another', () => {
    const { vectors, target } = planted(200, 4, 1)
    const run = (seed: number) => crossValidatedR2(vectors, 200, 4, target, { seed })
    expect(run(1)).toEqual(run(1))
    expect(run(1).r2).not.toBe(run(2).r2)
  })
})
