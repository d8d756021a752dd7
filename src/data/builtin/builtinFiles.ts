import { z } from 'zod'

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
  cells: z.array(z.tuple([z.number().nonnegative(), z.number().positive(), z.int().positive()])).length(168),
})

export const dayHourFileSchema = z.object({ version: z.literal(1), profiles: z.array(profileSchema).length(4) })

export const mpaaRatings = ['G', 'PG', 'PG-13', 'R'] as const

const filmSchema = z.object({
  title: z.string().min(1),
  year: z.int(),
  mpaa: z.enum(mpaaRatings),
  genre: z.string().nullable(),
  /** US dollars, worldwide. */
  gross: z.number().positive(),
  /** US dollars. */
  budget: z.number().positive(),
  imdbRating: z.number().min(1).max(10),
  imdbVotes: z.int().positive(),
})

/** Films sorted by votes, most first. */
export const moviesFileSchema = z.object({ version: z.literal(1), films: z.array(filmSchema).min(1) })

const airportSchema = z.object({
  iata: z.string().length(3),
  name: z.string(),
  city: z.string(),
  state: z.string(),
  region: z.string(),
  /** Degrees north. */
  latitude: z.number().min(-90).max(90),
  /** Degrees east. */
  longitude: z.number().min(-180).max(180),
  /** Departures in `flights`. */
  flights: z.int().positive(),
})

export const airportsFileSchema = z.object({
  version: z.literal(1),
  /** Sorted by departures, most first. */
  airports: z.array(airportSchema).min(2),
  /** [origin position, destination position, flights], sorted by origin, then destination. */
  flights: z.array(z.tuple([z.int().nonnegative(), z.int().nonnegative(), z.int().positive()])).min(1),
})

export type DayHourFile = z.infer<typeof dayHourFileSchema>
export type DayHourProfile = z.infer<typeof profileSchema>
export type MoviesFile = z.infer<typeof moviesFileSchema>
export type Film = z.infer<typeof filmSchema>
export type AirportsFile = z.infer<typeof airportsFileSchema>
export type Airport = z.infer<typeof airportSchema>
