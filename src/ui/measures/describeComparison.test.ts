import { describe, expect, it } from 'vitest'
import type { Comparison } from '../../protocol/trainer'
import { explainComparison, formatShare, likenessTitle } from './describeComparison'

const measured = { learnt: 0.5, shuffled: 0.1 }
const films: Comparison = {
  truth: { kind: 'category', title: 'MPAA rating', ordered: true },
  neighbors: 8,
  askedRows: 400,
  rows: 400,
  overlap: { ...measured, reachable: 1 },
  triplets: measured,
  ranks: measured,
}

describe('a comparison with what is known', () => {
  it('is headed by what two points must have in common', () => {
    expect(likenessTitle(films)).toBe('Same MPAA rating')
    expect(likenessTitle({ ...films, truth: { kind: 'place', km: 500 } })).toBe('Within 500 km')
    expect(likenessTitle({ ...films, truth: { kind: 'hour', week: true } })).toBe('Next hour, or like day')
    expect(likenessTitle({ ...films, truth: { kind: 'hour', week: false } })).toBe('Next hour')
  })

  it('says what is counted, and no more than there is to say', () => {
    const text = explainComparison(films)
    expect(text).toContain('how many of the 8 nearest have the same MPAA rating.')
    expect(text).toContain('in steps of MPAA rating')
    expect(text).not.toContain('sample')
    expect(text).not.toContain('could reach')
  })

  it('says what could be reached, and that only some were asked', () => {
    const text = explainComparison({
      ...films,
      truth: { kind: 'hour', week: true },
      rows: 9000,
      askedRows: 300,
      overlap: { ...measured, reachable: 0.643 },
    })
    expect(text).toContain('No vectors could reach more than 64 %.')
    expect(text).toContain('A sample of 300 of 9,000 points is asked.')
  })

  it('has a dash where a share cannot be told', () => {
    expect([formatShare(0.976), formatShare(Number.NaN)]).toEqual(['98 %', '–'])
  })
})
