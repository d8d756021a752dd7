import { z } from 'zod'
import { type Film, type MoviesFile, mpaaRatings } from '../../src/data/builtin/builtinFiles'
import { repairMacRoman } from './repairMacRoman'
import { readVegaDataset } from './vegaDatasets'

/** A record of the file, as far as anything is read of it. */
export const recordSchema = z.object({
  Title: z.union([z.string(), z.number()]).nullable(),
  'Release Date': z.string(),
  'MPAA Rating': z.string().nullable(),
  'Major Genre': z.string().nullable(),
  'US Gross': z.number().nullable(),
  'Worldwide Gross': z.number().nullable(),
  'Production Budget': z.number().nullable(),
  'IMDB Rating': z.number().nullable(),
  'IMDB Votes': z.number().nullable(),
})
type FilmRecord = z.infer<typeof recordSchema>

/** Films a rating gets. By votes alone there would be 15 films with G and the child axis would hang on them. */
const quota: Record<Film['mpaa'], number> = { G: 50, PG: 100, 'PG-13': 125, R: 125 }

/** The file knows films up to this year; a later year is a two-digit year put into the wrong century (Gone with the Wind: 2039). */
const lastYear = 2011

/** 400 real films: of each MPAA rating those with the most IMDB votes. Faults of the file are repaired or left out; see docs/data.md. */
export function buildMovies(): MoviesFile {
  const records = z.array(recordSchema).parse(JSON.parse(readVegaDataset('movies.json').toString('utf8')))
  const films = dropRepeats(records.map(toFilm).filter((film) => film !== null))
  const chosen = mpaaRatings.flatMap((mpaa) => {
    const candidates = films.filter((film) => film.mpaa === mpaa).sort(byVotes)
    if (candidates.length < quota[mpaa]) throw new Error(`Only ${candidates.length} films are rated ${mpaa}.`)
    return candidates.slice(0, quota[mpaa])
  })
  return { version: 1, films: tellApart(chosen, films).sort(byVotes) }
}

/** null where a value that the data set needs is missing or zero. */
function toFilm(record: FilmRecord): Film | null {
  const mpaa = mpaaRatings.find((rating) => rating === record['MPAA Rating'])
  const gross = Math.max(record['Worldwide Gross'] ?? 0, record['US Gross'] ?? 0)
  const budget = record['Production Budget'] ?? 0
  const { 'IMDB Rating': imdbRating, 'IMDB Votes': imdbVotes } = record
  if (record.Title === null || mpaa === undefined || gross <= 0 || budget <= 0) return null
  if (imdbRating === null || imdbVotes === null || imdbVotes <= 0) return null
  const written = Number(record['Release Date'].slice(-4))
  if (!Number.isInteger(written)) throw new Error(`No year in ${record['Release Date']}.`)
  return {
    title: cleanTitle(String(record.Title)),
    year: written > lastYear ? written - 100 : written,
    mpaa,
    genre: record['Major Genre'],
    gross,
    budget,
    imdbRating,
    imdbVotes,
  }
}

/** `Charge of the Light Brigade, The` → `The Charge of the Light Brigade`. */
export function cleanTitle(title: string): string {
  return repairMacRoman(title)
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/^(.*), (The|A|An)$/, '$2 $1')
}

/** The same title and year twice is one film; the record with more votes stays. */
function dropRepeats(films: Film[]): Film[] {
  const byKey = new Map<string, Film>()
  for (const film of films) {
    const key = `${film.title} ${film.year}`
    const other = byKey.get(key)
    if (!other || film.imdbVotes > other.imdbVotes) byKey.set(key, film)
  }
  return [...byKey.values()]
}

/** Appends the year to a title that several films bear. */
function tellApart(chosen: Film[], all: Film[]): Film[] {
  const bearers = new Map<string, number>()
  for (const film of all) bearers.set(film.title, (bearers.get(film.title) ?? 0) + 1)
  return chosen.map((film) =>
    (bearers.get(film.title) ?? 0) > 1 ? { ...film, title: `${film.title} (${film.year})` } : film,
  )
}

function byVotes(a: Film, b: Film): number {
  if (a.imdbVotes !== b.imdbVotes) return b.imdbVotes - a.imdbVotes
  return a.title < b.title ? -1 : 1
}
