import { describe, expect, it } from 'vitest'
import { mpaaRatings } from '../../src/data/builtin/builtinFiles'
import { buildMovies } from './buildMovies'

const { films } = buildMovies()
const byTitle = new Map(films.map((film) => [film.title, film]))

describe('the films', () => {
  it('meet the quota of each MPAA rating', () => {
    const counts = mpaaRatings.map((rating) => films.filter(({ mpaa }) => mpaa === rating).length)
    expect(counts).toEqual([50, 100, 125, 125])
  })

  it('have titles that are text and differ', () => {
    expect(byTitle.size).toBe(films.length)
    expect(byTitle.get('300')).toMatchObject({ year: 2007 })
    expect(byTitle.get('The Island (1980)')).toMatchObject({ year: 1980 })
    expect(byTitle.get('The Island (2005)')).toMatchObject({ year: 2005 })
    expect(byTitle.has('The Island')).toBe(false)
  })

  it('came out in the past: two-digit years are put into the right century', () => {
    expect(byTitle.get('Gone with the Wind')?.year).toBe(1939)
    expect(films.every(({ year }) => year >= 1915 && year <= 2011)).toBe(true)
  })

  it('bear their accents', () => {
    expect(byTitle.has("Le Fabuleux destin d'Amélie Poulain")).toBe(true)
    expect(byTitle.has('Déjà Vu')).toBe(true)
    expect(films.filter(({ title }) => /[‡·‰ËÈÍÎÙÛ]/.test(title))).toEqual([])
  })

  it('have no gross or budget of zero', () => {
    expect(films.filter(({ gross, budget }) => gross <= 0 || budget <= 0)).toEqual([])
  })
})
