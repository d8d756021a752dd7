import { describe, expect, it } from 'vitest'
import { moviesFileSchema } from './builtinFiles'
import { loadBuiltin } from './loadBuiltin'
import { readPublicFile } from './readPublicFile'
import { simulateViewers, simulation } from './simulateViewers'
import { measureTasteAxes } from './tasteAxes'

const { table, summary, entities } = await loadBuiltin('movies', readPublicFile)
const { films } = moviesFileSchema.parse(JSON.parse(new TextDecoder().decode(await readPublicFile('data/movies.json'))))
const axes = measureTasteAxes(films)
const ratings = simulateViewers(films, axes)

function correlation(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const n = a.length
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, value) => sum + value, 0) / n
  const [meanA, meanB] = [mean(a), mean(b)]
  let ab = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < n; i++) {
    ab += (a[i]! - meanA) * (b[i]! - meanB)
    aa += (a[i]! - meanA) ** 2
    bb += (b[i]! - meanB) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

describe('movies', () => {
  it('has 600 viewers who rated about 64 of 400 films each, none twice', () => {
    expect(films).toHaveLength(400)
    expect(new Set(ratings.viewers).size).toBe(600)
    expect(table.rowCount / 600).toBeGreaterThan(62)
    expect(table.rowCount / 600).toBeLessThan(66)
    const pairs = new Set(Array.from(ratings.viewers, (viewer, i) => viewer * 400 + ratings.films[i]!))
    expect(pairs.size).toBe(table.rowCount)
  })

  it('has half stars from 0.5 to 5, all ten of them, with noise of 0.8', () => {
    expect([...new Set(ratings.stars)].sort((a, b) => a - b)).toEqual([0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5])
    expect(simulation.noise).toBeGreaterThanOrEqual(0.8)
  })

  it('spreads tastes by 0.7 on both axes, one not telling the other', () => {
    for (const taste of [ratings.tastes.adult, ratings.tastes.blockbuster]) {
      const variance = taste.reduce((sum, value) => sum + value ** 2, 0) / taste.length
      expect(Math.sqrt(variance)).toBeCloseTo(0.7, 1)
    }
    expect(Math.abs(correlation(ratings.tastes.adult, ratings.tastes.blockbuster))).toBeLessThan(0.12)
  })

  it('rates popular films more often, and no film so rarely that its vector is noise', () => {
    const counts = new Float64Array(films.length)
    for (const film of ratings.films) counts[film]!++
    const votes = films.map((film) => Math.log(film.imdbVotes))
    expect(correlation(counts, votes)).toBeGreaterThan(0.8)
    expect(Math.min(...counts)).toBeGreaterThan(25)
  })

  it('lets a viewer rate in the direction of their taste: the two axes can be read off the ratings', () => {
    const rowsOfFilm = films.map((): number[] => [])
    for (const [row, film] of ratings.films.entries()) rowsOfFilm[film]!.push(row)
    for (const axis of ['adult', 'blockbuster'] as const) {
      // Per film: how its stars rise with the viewers' taste. That slope is the film's place on the axis.
      const slopes = rowsOfFilm.map((rows) => {
        const taste = rows.map((row) => ratings.tastes[axis][ratings.viewers[row]!]!)
        const stars = rows.map((row) => ratings.stars[row]!)
        return correlation(taste, stars)
      })
      expect(correlation(slopes, axes[axis])).toBeGreaterThan(0.9)
    }
  })

  it('measures the axes on the films: cartoons against gangsters, Memento against Batman', () => {
    const place = (title: string, axis: Float64Array) => axis[films.findIndex((film) => film.title === title)]!
    expect(place('Finding Nemo', axes.adult)).toBeLessThan(-1)
    expect(place('Pulp Fiction', axes.adult)).toBeGreaterThan(0.9)
    expect(place('Memento', axes.blockbuster)).toBeLessThan(-1)
    expect(place('Batman & Robin', axes.blockbuster)).toBeGreaterThan(1)
  })

  it('keeps the axes with films and viewers as ground truth, and says what is simulated', () => {
    const probes = entities.map(({ column, attributes }) => [
      column,
      attributes.filter((attribute) => attribute.kind === 'number' && attribute.probe).map(({ name }) => name),
    ])
    expect(probes).toEqual([
      ['film', ['adult', 'blockbuster']],
      ['viewer', ['adult', 'blockbuster']],
    ])
    expect(summary.nature).toBe('simulated')
    expect(summary.natureText).toMatch(/^Simulated viewers, real films/)
  })

  it('orders MPAA ratings from G to R', () => {
    const mpaa = entities[0]!.attributes.find(({ name }) => name === 'mpaa')
    expect(mpaa).toMatchObject({ kind: 'category', ordered: true, categories: ['G', 'PG', 'PG-13', 'R'] })
  })
})
