import { type Column, DataError } from '../table'
import { parseNumber } from './decimalNumber'
import { growingFloat32, growingInt32 } from './growingArray'
import type { OnRead } from './readDelimited'
import { RowScanner, type ScannedRow } from './rowScanner'
import type { SourceFile } from './sourceFile'
import { utf8Chunks } from './textEncoding'

export interface Ratings {
  user: Int32Array
  film: Int32Array
  rating: Float32Array
  /** Unix seconds; null where a row has none. */
  timestamp: Int32Array | null
}

/** Where user, film and rating stand: in all forms of MovieLens the first three fields of a row. */
const FIELDS = ['user', 'film', 'rating'] as const

/**
 * Reads `ratings.csv`, `u.data` or `ratings.dat` into four arrays, 16 bytes a rating, without a string on the way. The fourth
 * field is when the rating was given. Throws `DataError` for a row with another number of fields or a value that is no number; a time may be missing.
 */
export async function readRatings(
  source: SourceFile,
  form: { separator: string; hasHeader: boolean },
  onRead: OnRead,
): Promise<Ratings> {
  const user = growingInt32()
  const film = growingInt32()
  const rating = growingFloat32()
  const timestamp = growingInt32()
  let timed = true
  const onRow = (row: ScannedRow) => {
    if (form.hasHeader && row.number === 1) return
    if (row.count === 1 && row.starts[0] === row.ends[0]) return
    if (row.count < 3 || row.count > 4) throw raggedRow(row, source.shown)
    const userId = parseNumber(row.bytes, row.starts[0]!, row.ends[0]!, 'point')
    const filmId = parseNumber(row.bytes, row.starts[1]!, row.ends[1]!, 'point')
    const stars = parseNumber(row.bytes, row.starts[2]!, row.ends[2]!, 'point')
    if ((userId | 0) !== userId || (filmId | 0) !== filmId || Number.isNaN(stars)) throw badValue(row, source.shown)
    user.push(userId)
    film.push(filmId)
    rating.push(stars)
    if (timed) timed = pushTime(timestamp, row)
  }
  const scanner = new RowScanner({ separator: form.separator, quoted: false }, onRow, source.shown)
  let bytesRead = 0
  const onBytes = (bytes: number) => {
    bytesRead = bytes
  }
  for await (const chunk of utf8Chunks(source, 'utf-8', onBytes)) {
    scanner.push(chunk)
    onRead(bytesRead, user.length)
  }
  scanner.end()
  onRead(bytesRead, user.length)
  if (user.length === 0) throw new DataError('The file holds no ratings.', { file: source.shown })
  const times = timed ? timestamp.finish() : null
  return { user: user.finish(), film: film.finish(), rating: rating.finish(), timestamp: times }
}

/** False for a row without a time. */
function pushTime(timestamp: ReturnType<typeof growingInt32>, row: ScannedRow): boolean {
  const seconds = row.count > 3 ? parseNumber(row.bytes, row.starts[3]!, row.ends[3]!, 'point') : Number.NaN
  if ((seconds | 0) !== seconds) return false
  timestamp.push(seconds)
  return true
}

export function ratingsColumns(ratings: Ratings): Column[] {
  return [
    { name: 'user', type: 'integer', values: ratings.user },
    { name: 'film', type: 'integer', values: ratings.film },
    { name: 'rating', type: 'number', values: ratings.rating },
    ...(ratings.timestamp ? [{ name: 'timestamp', type: 'integer' as const, values: ratings.timestamp }] : []),
  ]
}

function raggedRow(row: ScannedRow, file: string): DataError {
  const fields = row.count === 1 ? '1 field' : `${row.count} fields`
  return new DataError(
    `Row ${row.number.toLocaleString('en')} has ${fields}, but a rating has four: user, film, rating and time.`,
    { file, row: row.number, column: FIELDS[row.count] ?? null },
  )
}

function badValue(row: ScannedRow, file: string): DataError {
  const read = FIELDS.map((_, f) => parseNumber(row.bytes, row.starts[f]!, row.ends[f]!, 'point'))
  const f = read.findIndex((value, i) => (i < 2 ? (value | 0) !== value : Number.isNaN(value)))
  const text = new TextDecoder().decode(row.bytes.subarray(row.starts[f], row.ends[f]))
  const what = f < 2 ? 'a whole number' : 'a number'
  return new DataError(`Row ${row.number.toLocaleString('en')}: the ${FIELDS[f]} "${text}" is not ${what}.`, {
    file,
    row: row.number,
    column: FIELDS[f] ?? null,
  })
}
