import * as z from 'zod/mini'

/**
 * Shapes of the files in `public/data/`, made by `npm run build:data` and read in the worker.
 * Rows that repeat a shape are stored as tuples: a third of the bytes.
 */

/** Names of the files, relative to the page. */
export const builtinPaths = {
  dayHour: 'data/day-hour.json',
  movies: 'data/movies.json',
  airports: 'data/airports.json',
} as const

const profileSchema = z.object({
  /** Column of the data set: `cars`. */
  column: z.string(),
  title: z.string(),
  unit: z.string(),
  source: z.string(),
  licence: z.string(),
  citation: z.string(),
  /** [168]: mean, standard deviation and observed hours of each hour of the week, Monday 0 h first. */
  cells: z
    .array(z.tuple([z.number().check(z.nonnegative()), z.number().check(z.positive()), z.int().check(z.positive())]))
    .check(z.length(168)),
})

export const dayHourFileSchema = z.object({
  version: z.literal(1),
  profiles: z.array(profileSchema).check(z.length(4)),
})

export const mpaaRatings = ['G', 'PG', 'PG-13', 'R'] as const

const filmSchema = z.object({
  title: z.string().check(z.minLength(1)),
  year: z.int(),
  mpaa: z.enum(mpaaRatings),
  genre: z.nullable(z.string()),
  /** US dollars, worldwide. */
  gross: z.number().check(z.positive()),
  /** US dollars. */
  budget: z.number().check(z.positive()),
  imdbRating: z.number().check(z.minimum(1), z.maximum(10)),
  imdbVotes: z.int().check(z.positive()),
})

/** Films sorted by votes, most first. */
export const moviesFileSchema = z.object({ version: z.literal(1), films: z.array(filmSchema).check(z.minLength(1)) })

const airportSchema = z.object({
  iata: z.string().check(z.length(3)),
  name: z.string(),
  city: z.string(),
  state: z.string(),
  region: z.string(),
  /** Degrees north. */
  latitude: z.number().check(z.minimum(-90), z.maximum(90)),
  /** Degrees east. */
  longitude: z.number().check(z.minimum(-180), z.maximum(180)),
  /** Departures in `flights`. */
  flights: z.int().check(z.positive()),
})

export const airportsFileSchema = z.object({
  version: z.literal(1),
  /** Sorted by departures, most first. */
  airports: z.array(airportSchema).check(z.minLength(2)),
  /** [origin position, destination position, flights], sorted by origin, then destination. */
  flights: z
    .array(z.tuple([z.int().check(z.nonnegative()), z.int().check(z.nonnegative()), z.int().check(z.positive())]))
    .check(z.minLength(1)),
})

export type DayHourFile = z.infer<typeof dayHourFileSchema>
export type DayHourProfile = z.infer<typeof profileSchema>
export type MoviesFile = z.infer<typeof moviesFileSchema>
export type Film = z.infer<typeof filmSchema>
export type AirportsFile = z.infer<typeof airportsFileSchema>
export type Airport = z.infer<typeof airportSchema>
