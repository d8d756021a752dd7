import { describe, expect, it } from 'vitest'
import { createCandidateSampler } from './watchListSampler'

const popularity = Uint32Array.from({ length: 50 }, (_, item) => (item * 7) % 50)

describe('createCandidateSampler', () => {
  it('draws different classes, the same for the same step', () => {
    const draw = createCandidateSampler(popularity, 10, 1)
    const first = [...draw(3).classes]
    expect(new Set(first).size).toBe(10)
    expect([...draw(4).classes]).not.toEqual(first)
    expect([...createCandidateSampler(popularity, 10, 1)(3).classes]).toEqual(first)
    expect([...createCandidateSampler(popularity, 10, 2)(3).classes]).not.toEqual(first)
  })

  it('draws popular classes as often as it corrects for', () => {
    const draw = createCandidateSampler(popularity, 10, 1)
    const counts = new Float64Array(50)
    const expected = new Float64Array(50)
    const steps = 4000
    for (let step = 0; step < steps; step++) {
      const { classes, correction } = draw(step)
      for (const item of classes) counts[item]! += 1 / steps
      for (let item = 0; item < 50; item++) expected[item]! += Math.exp(-correction(item)) / steps
    }
    // The expected counts of TensorFlow are those of independent tries: near, not equal.
    for (let item = 0; item < 50; item++) expect(Math.abs(counts[item]! - expected[item]!)).toBeLessThan(0.04)
    const ranked = [...popularity.keys()].sort((a, b) => popularity[b]! - popularity[a]!)
    expect(counts[ranked[0]!]!).toBeGreaterThan(2 * counts[ranked[20]!]!)
  })

  it('draws every class, and corrects nothing, where they are no more than asked for', () => {
    const { classes, correction } = createCandidateSampler(popularity, 50, 1)(0)
    expect([...classes].sort((a, b) => a - b)).toEqual([...popularity.keys()])
    expect(correction(7)).toBe(0)
  })
})
