import type { Column, DataSet, Entity } from '../table'
import { type Film, moviesFileSchema, mpaaRatings } from './builtinFiles'
import { categoryAttribute } from './categoryAttribute'
import { describeColumn, sampleRows } from './describeColumn'
import { type SimulatedRatings, simulateViewers, simulation } from './simulateViewers'
import { measureTasteAxes, type TasteAxes } from './tasteAxes'

/** Ratings of 400 real films by 600 simulated viewers. The two axes of taste are kept with films and viewers as ground truth. */
export function loadMovies(file: unknown): DataSet {
  const { films } = moviesFileSchema.parse(file)
  const axes = measureTasteAxes(films)
  const ratings = simulateViewers(films, axes)
  const rowCount = ratings.stars.length
  const columns: Column[] = [
    { name: 'viewer', type: 'integer', values: ratings.viewers },
    { name: 'film', type: 'string', codes: ratings.films, values: films.map(({ title }) => title) },
    { name: 'rating', type: 'number', values: ratings.stars },
  ]
  return {
    table: { name: 'movies', rowCount, columns },
    entities: [filmEntity(films, axes), viewerEntity(ratings.tastes)],
    summary: {
      name: 'movies',
      title: 'Movies',
      fingerprint: 'builtin-movies-1',
      rowCount,
      columns: columns.map((column) => describeColumn(column, column.name === 'rating' ? { unit: 'stars' } : {})),
      sampleRows: sampleRows(columns),
      nature: 'simulated',
      natureText:
        `Simulated viewers, real films. ${films.length} films that exist; ${simulation.viewers} viewers who do not. What a viewer likes lies on two axes ` +
        'measured on each film: child ↔ adult (its MPAA rating) and arthouse ↔ blockbuster (gross, budget and IMDB rating). ' +
        `Each rating adds chance (standard deviation ${simulation.noise} stars) and is rounded to half stars. Genre plays no part.`,
      source:
        'Films: movies.json of the npm package vega-datasets 3.2.1 (title, year, genre, MPAA rating, gross, budget, IMDB rating and votes), faults repaired. Viewers and ratings: simulated here, from a seed.',
      licence: 'vega-datasets: BSD-3-Clause; simulated ratings: Apache-2.0, as this project',
      kind: 'ratings',
      warnings: [],
    },
  }
}

const axisTitles = { adult: 'child ↔ adult', blockbuster: 'arthouse ↔ blockbuster' }

function number(name: string, title: string, unit: string | null, values: Iterable<number>, probe = false) {
  return { kind: 'number', name, title, unit, values: Float32Array.from(values), probe } as const
}

function filmEntity(films: readonly Film[], axes: TasteAxes): Entity {
  return {
    column: 'film',
    index: new Map(films.map(({ title }, i) => [title, i])),
    labels: films.map(({ title }) => title),
    attributes: [
      categoryAttribute('mpaa', 'MPAA rating', films.map(mpaaOf), mpaaRatings),
      categoryAttribute('genre', 'genre', films.map(genreOf)),
      number('year', 'year', null, films.map(yearOf)),
      number('imdb_rating', 'IMDB rating', 'of 10', films.map(imdbRatingOf)),
      number('gross', 'worldwide gross', 'US dollars', films.map(grossOf)),
      number('adult', axisTitles.adult, 'standard deviations', axes.adult, true),
      number('blockbuster', axisTitles.blockbuster, 'standard deviations', axes.blockbuster, true),
    ],
    colorBy: 'mpaa',
    likeness: [{ kind: 'category', attribute: 'mpaa' }],
  }
}

const mpaaOf = (film: Film) => film.mpaa
const genreOf = (film: Film) => film.genre
const yearOf = (film: Film) => film.year
const imdbRatingOf = (film: Film) => film.imdbRating
const grossOf = (film: Film) => film.gross

function viewerEntity(tastes: SimulatedRatings['tastes']): Entity {
  const labels = Array.from(tastes.adult, (_, viewer) => `viewer ${viewer}`)
  return {
    column: 'viewer',
    index: new Map(labels.map((_, viewer) => [String(viewer), viewer])),
    labels,
    attributes: [
      number('adult', `likes ${axisTitles.adult}`, 'stars per standard deviation', tastes.adult, true),
      number(
        'blockbuster',
        `likes ${axisTitles.blockbuster}`,
        'stars per standard deviation',
        tastes.blockbuster,
        true,
      ),
    ],
    colorBy: 'adult',
  }
}
