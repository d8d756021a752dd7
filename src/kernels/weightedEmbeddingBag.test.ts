import { describe, expect, it } from 'vitest'
import golden from '../../tests/goldens/tensorflow-feature-columns.json'
import { createRandom } from '../lib/random'
import { type BagOptionsReference, embeddingBagReference } from './embeddingBag.reference'
import { embeddingBagGradReference } from './embeddingBagGrad.reference'

/** The goldens' table and ids, without the ids of −1, which TensorFlow leaves out. */
const table = Float32Array.of(1, 2, 3, 4, 5, 6, 10, 0)
const ids = Int32Array.of(0, 1, 2)
const offsets = Int32Array.of(0, 2, 2, 3, 3, 3)
const weights = Float32Array.of(2, 0.5, 0)

describe('lookups of bags', () => {
  it.each([
    ['mean', {}, golden.safe_lookup_mean],
    ['sum', {}, golden.safe_lookup_sum],
    ['sqrtn', {}, golden.safe_lookup_sqrtn],
    ['mean', { weights }, golden.safe_lookup_weighted_mean],
    ['sum', { weights }, golden.safe_lookup_weighted_sum],
    ['sqrtn', { weights }, golden.safe_lookup_weighted_sqrtn],
    ['mean', { maxNorm: 1 }, golden.safe_lookup_maxnorm1_mean],
  ] as const)('gives what TensorFlow gives: %s %o', (combiner, options: BagOptionsReference, expected) => {
    const actual = embeddingBagReference(table, 2, ids, offsets, combiner, options)
    for (const [i, value] of expected.flat().entries()) expect(actual[i]).toBeCloseTo(value, 6)
  })

  it.each(['mean', 'sum', 'sqrtn'] as const)('has the gradient of its finite differences: %s', (combiner) => {
    const random = createRandom(5, 'finite differences')
    const rows = Float32Array.from({ length: 5 * 3 }, () => random.normal())
    const looked = Int32Array.of(4, 0, 4, 2, 0, 0)
    const bags = Int32Array.of(0, 2, 2, 5, 6)
    const dOut = Float32Array.from({ length: 4 * 3 }, () => random.normal())
    const options = { weights: Float32Array.of(0.5, 2, 1, -0.25, 3, 1), maxNorm: 1.2 }
    const gradient = embeddingBagGradReference(dOut, rows, 3, looked, bags, combiner, 0, options)
    const objective = (moved: Float32Array) =>
      embeddingBagReference(moved, 3, looked, bags, combiner, options).reduce((sum, y, i) => sum + y * dOut[i]!, 0)
    for (const [i, value] of rows.entries()) {
      const [up, down] = [rows.slice(), rows.slice()]
      up[i] = value + 2 ** -8
      down[i] = value - 2 ** -8
      expect((objective(up) - objective(down)) / (up[i]! - down[i]!)).toBeCloseTo(gradient[i]!, 3)
    }
    // Some rows are clipped, some are not: both ways are tested.
    const lengths = [0, 2, 4].map((row) => Math.hypot(...rows.subarray(3 * row, 3 * row + 3)) > 1.2)
    expect(new Set(lengths).size).toBe(2)
  })
})
