import { describe, expect, it } from 'vitest'
import type { Attribute, PointsInfo } from '../../protocol/trainer'
import { sharedFacts } from './sharedFacts'

function pointsOf(...attributes: Attribute[]): PointsInfo {
  return { table: 't', keys: [], labels: [], counts: new Uint32Array(0), attributes, colorBy: null }
}

function category(name: string, categories: string[], ...codes: number[]): Attribute {
  return { kind: 'category', name, title: name, categories, ordered: false, codes: Int16Array.from(codes) }
}

function number(name: string, unit: string | null, ...values: number[]): Attribute {
  return { kind: 'number', name, title: name, unit, values: Float32Array.from(values) }
}

describe('what two films have in common', () => {
  const genres = ['Comedy', 'Drama']
  const films = pointsOf(
    category('genre', genres, 0, 1, 1),
    category('second_genre', genres, -1, 0, 1),
    number('year', null, 1999, 1999, 2001),
  )

  it('is their rating, their genres in whatever place, and the year', () => {
    expect(sharedFacts(films, 0, 1)).toEqual(['Comedy', '1999'])
    expect(sharedFacts(films, 1, 2)).toEqual(['Drama', '1999, 2001'])
    expect(sharedFacts(films, 0, 2)).toEqual(['1999, 2001'])
  })

  it('may be nothing, and may be unknown', () => {
    expect(sharedFacts(pointsOf(category('genre', genres, 0, 1)), 0, 1)).toEqual([])
    expect(sharedFacts(pointsOf(number('ratings', null, 4, 4)), 0, 1)).toBeNull()
  })
})

describe('what two hours of the week have in common', () => {
  const cell = (day: number, hour: number) => day * 24 + hour
  const cells = Array.from({ length: 168 }, (_, i) => i)
  const cyclic = (name: string, period: number, of: (i: number) => number): Attribute => {
    return { kind: 'cyclic', name, title: name, period, values: Float32Array.from(cells, of) }
  }
  const day = cyclic('day', 7, (i) => Math.floor(i / 24))
  const hour = cyclic('hour', 24, (i) => i % 24)
  const week = pointsOf(day, hour)

  it.each([
    ['the next hour', cell(4, 17), cell(4, 18)],
    ['the hour before', cell(0, 0), cell(6, 23)],
    ['same hour, the next day · weekdays', cell(1, 8), cell(2, 8)],
    ['same hour, the day before', cell(5, 8), cell(4, 8)],
    ['same hour · weekdays', cell(0, 8), cell(3, 8)],
    ['same hour', cell(0, 8), cell(5, 8)],
    ['the next hour, another day · weekend', cell(5, 8), cell(6, 9)],
    ['weekdays', cell(0, 3), cell(2, 15)],
    ['', cell(0, 3), cell(6, 15)],
  ])('%s', (words, row, other) => {
    expect(sharedFacts(week, row, other)!.join(' · ')).toBe(words)
  })

  it('is told of hours and of days alone', () => {
    expect(sharedFacts(pointsOf(hour), 23, 0)).toEqual(['the next hour'])
    expect(sharedFacts(pointsOf(day), cell(5, 0), cell(6, 0))).toEqual(['the next day', 'weekend'])
  })
})

it('tells how far apart two places lie', () => {
  const cities = pointsOf(
    number('latitude', 'degrees north', 40.64, 33.94),
    number('longitude', 'degrees east', -73.78, -118.41),
    category('region', ['East', 'West'], 0, 1),
  )
  const [distance, ...others] = sharedFacts(cities, 0, 1)!
  // JFK to LAX.
  expect(Number(distance!.replace(',', '').replace(' km', ''))).toBeCloseTo(3974, -1)
  expect(others).toEqual([])
})
