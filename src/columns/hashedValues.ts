import type { Table } from '../data/table'
import type { CrossedColumn, SimpleCategoricalColumn } from '../experiment/experiment'
import { columnValues, findColumn } from './columnValues'
import { combine, fingerprintCombinations } from './crossInputs'
import type { RowValues } from './dropNegative'
import { dropNegative } from './dropNegative'
import { crossInputs } from './encodeColumn'
import { fingerprints, type Uint64Array } from './fingerprint64'

/** Columns whose buckets follow from a hash; of an exact cross: would follow. */
export type HashedColumn = CrossedColumn | Extract<SimpleCategoricalColumn, { type: 'hashBucket' }>

/** What a hash puts into buckets: the distinct values of a column, or the combinations of a cross that occur. */
export interface HashedValues {
  /** By value; its bucket is this modulo the number of buckets. */
  fingerprints: Uint64Array
  count: number
  /** Of a value: the text of each of its parts, in the order of the keys; one part unless crossed. */
  parts(value: number): string[]
  /** Which of the values each row holds. */
  rows: RowValues
}

/** Throws a DataError for data that the column cannot hold. */
export function hashedValues(column: HashedColumn, table: Table): HashedValues {
  if (column.type === 'hashBucket') return valuesOfKey(column.key, table)
  // Hashed as TensorFlow does, also where each combination has a bucket of its own.
  const inputs = crossInputs({ ...column, exact: false }, table)
  const combinations = combine(inputs)
  return {
    fingerprints: fingerprintCombinations(inputs, combinations, column.hashKey),
    count: combinations.count,
    parts: (value) => inputs.map((input, i) => input.label(combinations.parts[i]![value]!)),
    rows: combinations.rows,
  }
}

function valuesOfKey(key: string, table: Table): HashedValues {
  const { codes, texts, integers, counts } = columnValues(findColumn(table, key))
  const place = new Int32Array(texts.length).fill(-1)
  const seen: number[] = []
  texts.forEach((text, code) => {
    // TensorFlow reads '' and the integer -1 as absent.
    const absent = counts[code] === 0 || (integers ? integers[code] === -1 : text === '')
    if (!absent) place[code] = seen.push(code) - 1
  })
  return {
    fingerprints: fingerprints(seen.map((code) => texts[code]!)),
    count: seen.length,
    parts: (value) => [texts[seen[value]!]!],
    rows: dropNegative({ values: codes.map((code) => (code < 0 ? -1 : place[code]!)), offsets: null }),
  }
}
