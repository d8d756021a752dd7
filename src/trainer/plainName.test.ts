import { expect, it } from 'vitest'
import { plainName } from './plainName'

it.each([
  ['Matrix, The (1999)', 'The Matrix'],
  ['Toy Story 2 (1999)', 'Toy Story 2'],
  ['City of Lost Children, The (Cité des enfants perdus, La) (1995)', 'The City of Lost Children'],
  ['Amélie', 'AMELIE'],
  ['Lord of the Rings: The Two Towers, The (2002)', 'The Lord of the Rings - The Two Towers'],
  ['Thelma & Louise (1991)', 'Thelma and Louise'],
])('takes “%s” and “%s” for one film', (one, other) => {
  expect(plainName(one)).toBe(plainName(other))
})

it('keeps films apart that differ in a word or a number', () => {
  expect(plainName('Toy Story 2 (1999)')).not.toBe(plainName('Toy Story (1995)'))
  expect(plainName('(500) Days')).toBe('days')
})
