import { describe, expect, it } from 'vitest'
import { rankCorrelation } from './rankCorrelation'
import { adjacentOnCircle, dealtTruth, hoursOfWeek, sameCategory, withinDistance } from './truth'

describe('what is known of rows', () => {
  it('counts the steps between ordered categories, and only tells others apart', () => {
    expect(sameCategory([0, 3, 0], true).distance(0, 1)).toBe(3)
    expect(sameCategory([0, 3, 0], false).distance(0, 1)).toBe(1)
    expect(sameCategory([0, 3, 0], false).related(0, 2)).toBe(true)
  })

  it('measures great circles: Seattle to Portland about 210 km, to New York under 3,910 km', () => {
    const airports = withinDistance([47.4489, 45.5887, 40.6398], [-122.3093, -122.5975, -73.7789], 500)
    expect(airports.distance(0, 1)).toBeCloseTo(208, -1)
    expect(airports.distance(0, 2)).toBeGreaterThan(3850)
    expect(airports.distance(0, 2)).toBeLessThan(3910)
    expect(airports.related(0, 1)).toBe(true)
    expect(airports.related(0, 2)).toBe(false)
  })

  it('goes the short way round a circle', () => {
    const hours = adjacentOnCircle([23, 0, 12], 24)
    expect(hours.distance(0, 1)).toBe(1)
    expect(hours.distance(2, 1)).toBe(12)
    expect([hours.related(0, 1), hours.related(0, 2)]).toEqual([true, false])
  })

  it('relates hours of the week over midnight, and the same hour of like days', () => {
    const [sunday23, monday0, monday12, friday12, saturday12] = [0, 1, 2, 3, 4]
    const week = hoursOfWeek([6, 0, 0, 4, 5], [23, 0, 12, 12, 12])
    expect(week.related(sunday23!, monday0!)).toBe(true)
    expect(week.related(monday12!, friday12!)).toBe(true)
    expect(week.related(friday12!, saturday12!)).toBe(false)
    expect(week.related(monday0!, monday12!)).toBe(false)
    expect(week.distance(friday12!, saturday12!)).toBe(0)
  })

  it('can be dealt to other rows', () => {
    const dealt = dealtTruth(sameCategory([0, 0, 1], false), [2, 1, 0])
    expect([dealt.related(0, 1), dealt.related(1, 2)]).toEqual([false, true])
  })
})

describe('rank correlation', () => {
  it('knows order alone, and shares the ranks of ties', () => {
    const of = (...values: number[]) => Float64Array.from(values)
    expect(rankCorrelation(of(1, 2, 3, 4), of(1, 10, 100, 1000))).toBeCloseTo(1)
    expect(rankCorrelation(of(1, 2, 3, 4), of(9, 8, 7, 6))).toBeCloseTo(-1)
    // Ranks 1, 2½, 2½, 4 and 1, 3, 2, 4: products 4.5, squares 4.5 and 5.
    expect(rankCorrelation(of(1, 2, 2, 4), of(1, 3, 2, 4))).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 12)
    expect(rankCorrelation(of(1, 1), of(1, 2))).toBeNaN()
  })
})
