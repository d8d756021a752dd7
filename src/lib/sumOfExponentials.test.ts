import { expect, it } from 'vitest'
import { createRandom } from './random'
import { sumOfExponentials } from './sumOfExponentials'

const plain = (values: Float32Array, highest: number) =>
  values.reduce((sum, value) => sum + Math.exp(value - highest), 0)

it.each([0.001, 1, 30, 500])('is right to nine digits, of values over a range of %d', (range) => {
  const random = createRandom(3)
  const values = Float32Array.from({ length: 1000 }, () => -range * random.uniform())
  for (const highest of [0, 0.25]) {
    expect(sumOfExponentials(values, 0, 1000, highest) / plain(values, highest)).toBeCloseTo(1, 9)
  }
})

it('takes each value by itself, the smallest as 0', () => {
  for (const value of [0, -1e-6, -0.5, -Math.LN2, -1, -17.3, -700, -1e30, Number.NEGATIVE_INFINITY]) {
    const found = sumOfExponentials(Float32Array.of(9, value, 9), 1, 2, 0)
    expect(Math.abs(found - Math.exp(Math.fround(value)))).toBeLessThanOrEqual(1e-10 * Math.exp(Math.fround(value)))
  }
})

it('is no number where a value is none', () => {
  expect(sumOfExponentials(Float32Array.of(-1, Number.NaN), 0, 2, 0)).toBeNaN()
  expect(sumOfExponentials(Float32Array.of(-1), 0, 1, Number.POSITIVE_INFINITY)).toBe(0)
  expect(sumOfExponentials(Float32Array.of(Number.POSITIVE_INFINITY), 0, 1, Number.POSITIVE_INFINITY)).toBeNaN()
})
