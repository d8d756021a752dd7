import { expect, it } from 'vitest'
import { formatR2, shownGain } from './words'

it('says a gain that is the difference of the two numbers beside it', () => {
  const [frozen, scratch] = [0.7451, 0.0949]
  expect([formatR2(frozen), formatR2(scratch), formatR2(frozen - scratch)]).toEqual(['0.75', '0.09', '0.65'])
  expect(shownGain(frozen, scratch)).toBe('0.66')
  expect(shownGain(0.2, 0.5)).toBe('−0.30')
  expect(shownGain(0.501, 0.502)).toBe('0.00')
})
