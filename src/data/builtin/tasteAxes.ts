import { type Film, mpaaRatings } from './builtinFiles'

export interface TasteAxes {
  /** From the MPAA rating: G lowest, R highest. */
  adult: Float64Array
  /** Log gross and log budget up, IMDB rating down. */
  blockbuster: Float64Array
}

/** Where each film lies on the two axes of taste, measured on the film alone; each with mean 0 and standard deviation 1 over the films. */
export function measureTasteAxes(films: readonly Film[]): TasteAxes {
  const gross = standardize(films.map((film) => Math.log(film.gross)))
  const budget = standardize(films.map((film) => Math.log(film.budget)))
  const praise = standardize(films.map((film) => film.imdbRating))
  return {
    adult: standardize(films.map((film) => mpaaRatings.indexOf(film.mpaa))),
    blockbuster: standardize(films.map((_, i) => gross[i]! + budget[i]! - praise[i]!)),
  }
}

/** Shifted and scaled to mean 0 and standard deviation 1. */
export function standardize(values: readonly number[]): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length
  return Float64Array.from(values, (value) => (value - mean) / Math.sqrt(variance))
}
