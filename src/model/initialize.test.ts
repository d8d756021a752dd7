import { expect, it } from 'vitest'
import { initialKernel, initialTable } from './initialize'

function deviation(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
}

it('draws a table from the truncated normal of TensorFlow: nothing beyond two deviations', () => {
  const values = initialTable(1, 'film_embedding', 5000, 4, null)
  expect(values.length).toBe(20_000)
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(1)
  // A normal cut at two deviations has a deviation of 0.8796; here of 1/√4.
  expect(deviation(values)).toBeCloseTo(0.5 * 0.8796, 2)
  expect(deviation(initialTable(1, 'film_embedding', 5000, 4, 0.1))).toBeCloseTo(0.08796, 2)
})

it('draws the same table again, and another for another seed or name', () => {
  const table = (seed: number, name: string) => [...initialTable(seed, name, 3, 2, null)]
  expect(table(1, 'a')).toEqual(table(1, 'a'))
  expect(table(1, 'a')).not.toEqual(table(2, 'a'))
  expect(table(1, 'a')).not.toEqual(table(1, 'b'))
})

it('draws a kernel within the limit of Glorot uniform', () => {
  const values = initialKernel(1, 'head/kernel', 60, 40)
  const limit = Math.sqrt(6 / 100)
  expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(limit)
  expect(deviation(values)).toBeCloseTo(limit / Math.sqrt(3), 2)
})
