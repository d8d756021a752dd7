import { type Column, DataError, type Table } from '../data/table'

/** The distinct values of a column, numbered, and which of them each row holds. */
export interface ColumnValues {
  name: string
  /** By row: number of its value; -1 = missing. */
  codes: Int32Array
  /** By code, as text. Strings in the order of the table, whole numbers ascending. */
  texts: readonly string[]
  /** By code; null for a column of strings. */
  integers: Float64Array | null
  /** By code: rows that hold it. A dictionary may list values that no row holds. */
  counts: Uint32Array
}

const known = new WeakMap<Column, ColumnValues>()

/** Throws a DataError naming the columns there are when `key` is not among them. */
export function findColumn(table: Table, key: string): Column {
  const column = table.columns.find((candidate) => candidate.name === key)
  if (column) return column
  const names = table.columns.map((candidate) => candidate.name).join(', ')
  throw new DataError(`The data has no column '${key}'. Its columns are: ${names}.`, { column: key })
}

/** Row of a file, its header counted as row 1, for messages about row `index` of a table. */
export function fileRow(index: number): number {
  return index + 2
}

/** Values of a column of strings or whole numbers, found once per column. Throws a DataError for fractions. */
export function columnValues(column: Column): ColumnValues {
  const before = known.get(column)
  if (before) return before
  if (column.type === 'number') refuseFractions(column)
  const values = column.type === 'string' ? stringValues(column) : integerValues(column)
  known.set(column, values)
  return values
}

function countCodes(codes: Int32Array, size: number): Uint32Array {
  const counts = new Uint32Array(size)
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    if (code >= 0) counts[code]!++
  }
  return counts
}

function stringValues({ name, codes, values }: Extract<Column, { type: 'string' }>): ColumnValues {
  return { name, codes, texts: values, integers: null, counts: countCodes(codes, values.length) }
}

function refuseFractions({ name, values }: Extract<Column, { type: 'number' }>): never {
  const row = values.findIndex((value) => !Number.isInteger(value) && !Number.isNaN(value))
  throw new DataError(
    `Column '${name}' holds fractions${row < 0 ? '' : `, such as ${values[row]}`}: a category needs text or whole numbers. Bucketize it first.`,
    { column: name, row: row < 0 ? null : fileRow(row) },
  )
}

function integerValues({ name, values }: Extract<Column, { type: 'integer' }>): ColumnValues {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (value < min) min = value
    if (value > max) max = value
  }
  const dense = max - min < Math.max(65_536, 4 * values.length)
  const { codes, integers } = dense ? rankDense(values, min, max) : rankSparse(values)
  return { name, codes, texts: Array.from(integers, String), integers, counts: countCodes(codes, integers.length) }
}

/** Numbers that lie close together: a table from value to rank. */
function rankDense(values: Float64Array | Int32Array, min: number, max: number) {
  const rank = new Int32Array(max >= min ? max - min + 1 : 0)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (!Number.isNaN(value)) rank[value - min] = 1
  }
  const found: number[] = []
  for (let i = 0; i < rank.length; i++) {
    if (rank[i] !== 1) continue
    rank[i] = found.length
    found.push(i + min)
  }
  const codes = new Int32Array(values.length)
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    codes[row] = !Number.isNaN(value) ? rank[value - min]! : -1
  }
  return { codes, integers: Float64Array.from(found) }
}

/** Numbers far apart: sorted, then each row finds its own. */
function rankSparse(values: Float64Array | Int32Array) {
  const sorted = Float64Array.from(values).sort()
  let size = 0
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!
    if (!Number.isNaN(value) && (size === 0 || value !== sorted[size - 1])) sorted[size++] = value
  }
  const integers = sorted.slice(0, size)
  const codes = new Int32Array(values.length)
  for (let row = 0; row < values.length; row++) codes[row] = findSorted(integers, values[row]!)
  return { codes, integers }
}

/** Position of `value` among ascending numbers that hold it; -1 for NaN. */
function findSorted(numbers: Float64Array, value: number): number {
  if (Number.isNaN(value)) return -1
  let from = 0
  let to = numbers.length - 1
  while (from < to) {
    const middle = (from + to) >> 1
    if (numbers[middle]! < value) from = middle + 1
    else to = middle
  }
  return from
}
