import { expect, it } from 'vitest'
import { timeText } from './timeText'

it('reads in the unit that suits it', () => {
  expect([0.00084, 0.5, 1, 12.4, 999, 1300, Number.NaN].map(timeText)).toEqual([
    '0.84 µs',
    '500 µs',
    '1.0 ms',
    '12 ms',
    '999 ms',
    '1.3 s',
    '–',
  ])
})
