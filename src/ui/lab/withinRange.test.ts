import { expect, it } from 'vitest'
import { withinRange } from './withinRange'

it('shows no more stars than anybody gave, and no fewer', () => {
  const stars = { min: 0.5, max: 5 }
  expect([5.74, -1, 3.2].map((value) => withinRange(value, stars))).toEqual([5, 0.5, 3.2])
  expect(withinRange(5.74, null)).toBe(5.74)
  expect(withinRange(5.74, { min: null, max: null })).toBe(5.74)
})
