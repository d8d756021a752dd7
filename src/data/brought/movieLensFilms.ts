import { DataError } from '../table'
import { RowScanner } from './rowScanner'
import { firstBytes, type SourceFile } from './sourceFile'
import { decodeUtf8, NotUtf8 } from './textColumn'
import { type Encoding, utf8Chunks } from './textEncoding'

export interface Film {
  id: number
  /** As written: `Toy Story (1995)`. */
  title: string
  genres: string[]
  year: number | null
}

export type FilmsForm = 'movies.csv' | 'movies.dat' | 'u.item'

const SEPARATORS: Record<FilmsForm, string> = { 'movies.csv': ',', 'movies.dat': '::', 'u.item': '|' }

/** Column order of `u.item`'s flags (`u.genre` of MovieLens 100K). */
const GENRES_100K = [
  'unknown',
  'Action',
  'Adventure',
  'Animation',
  'Children',
  'Comedy',
  'Crime',
  'Documentary',
  'Drama',
  'Fantasy',
  'Film-Noir',
  'Horror',
  'Musical',
  'Mystery',
  'Romance',
  'Sci-Fi',
  'Thriller',
  'War',
  'Western',
]
const FIRST_FLAG = 5

/**
 * Reads `movies.csv`, `movies.dat` or `u.item`. The two older forms are latin-1 (10M's movies.dat is UTF-8): UTF-8 is tried first,
 * as real latin-1 titles are never valid UTF-8. Throws `DataError`.
 */
export async function readFilms(source: SourceFile, form: FilmsForm): Promise<Film[]> {
  try {
    return await readAs(source, form, 'utf-8')
  } catch (error) {
    if (!(error instanceof NotUtf8)) throw error
    return readAs(source, form, 'windows-1252')
  }
}

async function readAs(source: SourceFile, form: FilmsForm, encoding: Encoding): Promise<Film[]> {
  const films: Film[] = []
  const toFilm = form === 'u.item' ? filmOf100K : filmOf
  const hasHeader = form === 'movies.csv' && (await startsWithHeader(source))
  const scanner = new RowScanner(
    { separator: SEPARATORS[form], quoted: form === 'movies.csv' },
    (row) => {
      if (hasHeader && row.number === 1) return
      const fields = Array.from({ length: row.count }, (_, f) =>
        decodeUtf8(row.bytes.subarray(row.starts[f], row.ends[f])).trim(),
      )
      if (fields.length === 1 && fields[0] === '') return
      const film = toFilm(fields)
      if (typeof film === 'string') {
        const message = `Row ${row.number.toLocaleString('en')}: ${film}`
        throw new DataError(message, { file: source.shown, row: row.number })
      }
      films.push(film)
    },
    source.shown,
  )
  for await (const chunk of utf8Chunks(source, encoding)) scanner.push(chunk)
  scanner.end()
  return films
}

async function startsWithHeader(source: SourceFile): Promise<boolean> {
  return !/^\W*\d/.test(new TextDecoder().decode(await firstBytes(source, 16)))
}

/** The film, or what is wrong in words. */
function filmOf(fields: string[]): Film | string {
  const [id = '', title = '', genres = ''] = fields
  if (fields.length !== 3) return `a film has three fields (number, title, genres), here are ${fields.length}.`
  if (!/^\d+$/.test(id)) return `the film's number "${id}" is not a whole number.`
  const known = genres.split('|').filter((genre) => genre !== '' && genre !== '(no genres listed)')
  return {
    id: Number(id),
    title,
    genres: known.map((genre) => (genre === "Children's" ? 'Children' : genre)),
    year: yearOf(title),
  }
}

function filmOf100K(fields: string[]): Film | string {
  const [id = '', title = '', released = ''] = fields
  const flags = fields.slice(FIRST_FLAG)
  if (flags.length !== GENRES_100K.length) {
    return `a film has ${FIRST_FLAG + GENRES_100K.length} fields (five, and ${GENRES_100K.length} flags of genres), here are ${fields.length}.`
  }
  if (!/^\d+$/.test(id)) return `the film's number "${id}" is not a whole number.`
  const year = Number(/(\d{4})$/.exec(released)?.[1] ?? Number.NaN)
  const genres = GENRES_100K.filter((_, i) => i > 0 && flags[i] === '1')
  return { id: Number(id), title, genres, year: yearOf(title) ?? (Number.isNaN(year) ? null : year) }
}

/** From `Toy Story (1995)`, `Doctor Who (2005–)`; null where no year stands at the end. */
function yearOf(title: string): number | null {
  const match = /\((\d{4})(?:[-–]\d{0,4})?\)\s*$/.exec(title)
  return match === null ? null : Number(match[1])
}
