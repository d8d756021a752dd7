import { expect, it } from 'vitest'
import { valueText } from './valueText'

it('says places on the globe by their side, other values with their unit', () => {
  expect(valueText(-84.4, 'degrees east')).toBe('84.4° W')
  expect(valueText(33.64, 'degrees north')).toBe('33.6° N')
  expect(valueText(-3, 'points')).toBe('−3 points')
  expect(valueText(0.5, null)).toBe('0.5')
})
