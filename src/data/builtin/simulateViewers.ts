import { createRandom, type Random } from '../../lib/random'
import type { Film } from './builtinFiles'
import { standardize, type TasteAxes } from './tasteAxes'

/** How the viewers are made. Ratings are in stars. */
export const simulation = {
  seed: 2010,
  viewers: 600,
  meanRatings: 64,
  fewestRatings: 20,
  mostRatings: 160,
  /** Films are chosen in proportion to votes to this power: popular ones more often, no film never. */
  popularity: 0.35,
  meanRating: 3.4,
  /** Standard deviation of what a viewer likes, on each axis. */
  tasteSpread: 0.7,
  viewerBias: 0.35,
  /** Of a film's own level: share of a standard deviation of its IMDB rating, and chance. */
  praise: 0.2,
  filmBias: 0.15,
  /** Standard deviation of a rating before it is rounded to half stars. */
  noise: 0.8,
} as const

export interface SimulatedRatings {
  /** By rating: viewer number, film position, stars (0.5 … 5 in halves). Sorted by viewer. */
  viewers: Int32Array
  films: Int32Array
  stars: Float32Array
  /** What each viewer likes, on the two axes: the truth behind the ratings. */
  tastes: { adult: Float32Array; blockbuster: Float32Array }
}

/** rating = mean + viewer's level + film's level + taste · axes + noise, rounded to half stars between 0.5 and 5. */
export function simulateViewers(films: readonly Film[], axes: TasteAxes): SimulatedRatings {
  const random = createRandom(simulation.seed, 'ratings')
  const filmLevel = filmLevels(films, createRandom(simulation.seed, 'films'))
  const popularity = Float64Array.from(films, (film) => film.imdbVotes ** simulation.popularity)
  const viewers: number[] = []
  const rated: number[] = []
  const stars: number[] = []
  const tastes = { adult: new Float32Array(simulation.viewers), blockbuster: new Float32Array(simulation.viewers) }
  for (let viewer = 0; viewer < simulation.viewers; viewer++) {
    const level = simulation.meanRating + simulation.viewerBias * random.normal()
    const adult = simulation.tasteSpread * random.normal()
    const blockbuster = simulation.tasteSpread * random.normal()
    tastes.adult[viewer] = adult
    tastes.blockbuster[viewer] = blockbuster
    for (const film of chooseFilms(popularity, ratingCount(random), random)) {
      const liking = adult * axes.adult[film]! + blockbuster * axes.blockbuster[film]!
      viewers.push(viewer)
      rated.push(film)
      stars.push(toHalfStars(level + filmLevel[film]! + liking + simulation.noise * random.normal()))
    }
  }
  return { viewers: Int32Array.from(viewers), films: Int32Array.from(rated), stars: Float32Array.from(stars), tastes }
}

function filmLevels(films: readonly Film[], random: Random): Float64Array {
  const praise = standardize(films.map((film) => film.imdbRating))
  return praise.map((value) => simulation.praise * value + simulation.filmBias * random.normal())
}

function ratingCount(random: Random): number {
  const count = Math.round((random.gamma(4) * simulation.meanRatings) / 4)
  return Math.min(simulation.mostRatings, Math.max(simulation.fewestRatings, count))
}

/** `count` different films, in proportion to their weight: the smallest of exponential draws (Efraimidis and Spirakis 2006). */
function chooseFilms(weights: Float64Array, count: number, random: Random): number[] {
  const arrivals = weights.map((weight) => -Math.log(1 - random.uniform()) / weight)
  const last = arrivals.slice().sort()[count - 1]!
  const films: number[] = []
  for (const [film, arrival] of arrivals.entries()) if (arrival <= last) films.push(film)
  return films
}

/** Rounded to the nearest half star, 0.5 … 5. */
function toHalfStars(value: number): number {
  return Math.min(5, Math.max(0.5, Math.round(value * 2) / 2))
}
