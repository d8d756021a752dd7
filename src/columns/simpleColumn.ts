import { type Column, DataError, type Table } from '../data/table'
import type { SimpleCategoricalColumn } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import { type ColumnValues, columnValues, fileRow, findColumn } from './columnValues'
import { hashBucket } from './fingerprint64'

/** What a categorical column of one key makes of a table, by distinct value: hashed or looked up once, not once a row. */
export interface SimpleEncoding {
  buckets: number
  /** By row: number of its distinct value; -1 = missing. */
  codes: Int32Array
  /** By distinct value: bucket, MISSING, or -1 = out of vocabulary, which an embedding drops, yet a cross hashes as a number. */
  ids: Int32Array
  label: (code: number) => string
  isSeen: (code: number) => boolean
  /** Keys of the first buckets, where they do not depend on what the rows hold. */
  ownKeys: readonly string[]
}

/** No value at all: dropped everywhere. */
export const MISSING = -2

/** Throws a DataError for a value that the column cannot hold. */
export function encodeSimple(column: SimpleCategoricalColumn, table: Table): SimpleEncoding {
  return encodeValues(column, findColumn(table, column.key), { dense: true })
}

/**
 * The same for values at hand. `dense`: '' and -1 mean that nothing is there; in a sparse feature they are values like others. `width`: numbers
 * that each row of a bucketized column holds, one after the other; each has buckets of its own.
 */
export function encodeValues(
  column: SimpleCategoricalColumn,
  source: Column,
  { dense, width = 1 }: { dense: boolean; width?: number },
): SimpleEncoding {
  if (column.type === 'bucketized') {
    if (source.type === 'string') {
      throw new DataError(`Column '${column.key}' holds text; only numbers can be bucketized.`, { column: column.key })
    }
    return encodeBucketized(source.values, column.boundaries, width)
  }
  const values = columnValues(source)
  const isMissing = dense ? isAbsent : () => false
  const shared = {
    codes: values.codes,
    label: (code: number) => values.texts[code]!,
    isSeen: (code: number) => values.counts[code]! > 0 && !isMissing(values, code),
  }
  switch (column.type) {
    case 'vocabularyList':
      return { ...shared, ...lookUpVocabulary(column, values, isMissing) }
    case 'identity':
      return { ...shared, ids: checkIdentity(column, values, isMissing), buckets: column.numBuckets, ownKeys: [] }
    case 'hashBucket': {
      const size = column.hashBucketSize
      const ids = Int32Array.from(values.texts, (text, code) =>
        isMissing(values, code) ? MISSING : hashBucket(text, size),
      )
      return { ...shared, ids, buckets: size, ownKeys: [] }
    }
    default:
      return assertNever(column)
  }
}

type IsMissing = (values: ColumnValues, code: number) => boolean

/** TensorFlow reads '' and the integer -1 of a dense input as absent. */
function isAbsent(values: ColumnValues, code: number): boolean {
  return values.integers ? values.integers[code] === -1 : values.texts[code] === ''
}

function lookUpVocabulary(
  column: Extract<SimpleCategoricalColumn, { type: 'vocabularyList' }>,
  values: ColumnValues,
  isMissing: IsMissing,
): { ids: Int32Array; buckets: number; ownKeys: readonly string[] } {
  const words =
    column.vocabulary === 'data' ? values.texts.filter((_, code) => !isMissing(values, code)) : column.vocabulary
  const position = new Map(words.map((word, i) => [word, i]))
  const { numOovBuckets, defaultValue } = column
  const ids = Int32Array.from(values.texts, (text, code) => {
    if (isMissing(values, code)) return MISSING
    const found = position.get(text)
    if (found !== undefined) return found
    return numOovBuckets > 0 ? words.length + hashBucket(text, numOovBuckets) : defaultValue
  })
  return { ids, buckets: words.length + numOovBuckets, ownKeys: words }
}

function checkIdentity(
  column: Extract<SimpleCategoricalColumn, { type: 'identity' }>,
  values: ColumnValues,
  isMissing: IsMissing,
) {
  const { key, numBuckets, defaultValue } = column
  if (!values.integers) {
    throw new DataError(`Column '${key}' holds text; an identity column needs whole numbers.`, { column: key })
  }
  return Int32Array.from(values.integers, (value, code) => {
    if (isMissing(values, code)) return MISSING
    if (value >= 0 && value < numBuckets) return value
    if (defaultValue !== null) return defaultValue
    const row = fileRow(values.codes.indexOf(code))
    const where = values.codes.length > 1 ? ` in row ${row}` : ''
    throw new DataError(
      `Value ${value}${where} of column '${key}' is no bucket: the column has buckets 0 to ${numBuckets - 1}. ` +
        'Give it more buckets, or a default value.',
      { column: key, row },
    )
  })
}

/**
 * Compared in 32-bit floats, as TensorFlow's Bucketize does: 0.7 falls right of a boundary 0.7 however it is stored.
 * A missing number is NaN, which compares as above every boundary.
 */
function encodeBucketized(values: ArrayLike<number>, boundaries: readonly number[], width: number): SimpleEncoding {
  const sorted = Float32Array.from(boundaries)
  const codes = new Int32Array(values.length)
  const ranges = sorted.length + 1
  const seen = new Uint8Array(ranges * width)
  for (let row = 0; row < values.length; row++) {
    const value = Math.fround(values[row]!)
    let from = 0
    let to = sorted.length
    while (from < to) {
      const middle = (from + to) >> 1
      if (value < sorted[middle]!) to = middle
      else from = middle + 1
    }
    const code = from + (row % width) * ranges
    codes[row] = code
    seen[code] = 1
  }
  const ownKeys = Array.from(seen, (_, i) => rangeLabel(boundaries, i % ranges))
  return {
    buckets: seen.length,
    codes,
    ids: Int32Array.from(seen, (_, i) => i),
    label: (code) => ownKeys[code]!,
    isSeen: (code) => seen[code] === 1,
    ownKeys,
  }
}

function rangeLabel(boundaries: readonly number[], bucket: number): string {
  if (bucket === 0) return `< ${boundaries[0]}`
  const low = boundaries[bucket - 1]
  return bucket === boundaries.length ? `≥ ${low}` : `${low} … < ${boundaries[bucket]}`
}
