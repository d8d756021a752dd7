import { expect, it } from 'vitest'
import { durationWords } from './durationWords'

it('says how long something takes as exactly as an estimate is', () => {
  const said = [20, 3400, 12_600, 88_000, 100_000, 3_600_000, 7_100_000].map(durationWords)
  expect(said).toEqual(['1 s', '3 s', '15 s', '90 s', '2 min', '60 min', '2 h'])
})
