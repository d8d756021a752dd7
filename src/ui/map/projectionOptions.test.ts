import { expect, it } from 'vitest'
import { optionOf, parseProjection, projectionOptions, withAxis } from './projectionOptions'

it('offers the plane and its lines for two dimensions, PCA first for more', () => {
  expect(projectionOptions(1)).toEqual([])
  expect(projectionOptions(2).map(({ label }) => label)).toEqual(['plane 1, 2', 'plane 2, 1', 'line 1', 'line 2'])
  expect(projectionOptions(8)[0]).toEqual({ value: 'pca', label: 'PCA, widest two' })
})

it('reads back every option', () => {
  for (const dimension of [2, 3, 16]) {
    for (const { value } of projectionOptions(dimension)) {
      expect(optionOf(parseProjection(value), dimension)).toBe(value)
    }
  }
})

it('exchanges the axes rather than showing one dimension twice', () => {
  expect(withAxis({ x: 0, y: 3 }, 'x', 3)).toEqual({ kind: 'plane', x: 3, y: 0 })
  expect(withAxis({ x: 0, y: 3 }, 'y', 5)).toEqual({ kind: 'plane', x: 0, y: 5 })
})
