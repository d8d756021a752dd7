import { type Column, DataError } from '../table'
import { toleratedBadValues } from './missingValue'
import { dayOfWeek, parseDate, validDay, type WrittenDate } from './writtenDate'

export type DateOrder = 'dayFirst' | 'monthFirst'
type TextColumnData = Extract<Column, { type: 'string' }>

/** Day of week, hour and month of every row, taken from a column of dates. */
export interface DerivedDate {
  /** `hour` is missing where no value has a time other than midnight. */
  columns: { column: Column; meaning: 'dayOfWeek' | 'hourOfDay' | 'month' }[]
  /** No value above 12 says which of the first two numbers is the day; `dayFirst` was assumed unless the order was given. */
  ambiguous: boolean
  warnings: string[]
}

/** Tells the row of the file (header = 1) that a row of the table (from 0) came from. */
export type RowInFile = (row: number) => number

/**
 * Reads a text column as dates; null when it holds something else. Values that are no dates are missing, with a warning.
 * Throws `DataError` when some values can only be day first and others only month first.
 */
export function deriveDate(
  column: TextColumnData,
  order: DateOrder | null,
  rowInFile: RowInFile,
  file: string,
): DerivedDate | null {
  const counts = new Uint32Array(column.values.length)
  for (const code of column.codes) if (code >= 0) counts[code]!++
  const dates: (WrittenDate | null)[] = []
  const values = column.codes.length
  let bad = 0
  let firstBad = -1
  for (let code = 0; code < column.values.length; code++) {
    const date = parseDate(column.values[code]!)
    dates.push(date)
    if (date !== null) continue
    if (firstBad < 0) firstBad = code
    bad += counts[code]!
    if (bad > toleratedBadValues(values)) return null
  }
  if (dates.every((date) => date === null)) return null
  const inferred = inferOrder(column, dates, rowInFile, file)
  const dayFirst = (inferred === 'open' ? (order ?? 'dayFirst') : inferred) === 'dayFirst'
  const warnings: string[] = []
  if (firstBad >= 0) {
    const row = rowInFile(column.codes.indexOf(firstBad))
    const what = bad === 1 ? '1 value is not a date and is' : `${bad.toLocaleString('en')} values are not dates and are`
    warnings.push(`${column.name}: ${what} read as missing, the first "${column.values[firstBad]}" in row ${row}.`)
  }
  return { columns: derivedColumns(column, dates, dayFirst), ambiguous: inferred === 'open', warnings }
}

function inferOrder(
  column: TextColumnData,
  dates: (WrittenDate | null)[],
  rowInFile: RowInFile,
  file: string,
): DateOrder | 'open' {
  let dayFirst = -1
  let monthFirst = -1
  let open = false
  dates.forEach((date, code) => {
    if (date === null || date.order !== 'open') return
    open = true
    const asDayFirst = validDay(date, true) !== null
    const asMonthFirst = validDay(date, false) !== null
    if (asDayFirst && !asMonthFirst && dayFirst < 0) dayFirst = code
    if (asMonthFirst && !asDayFirst && monthFirst < 0) monthFirst = code
  })
  if (dayFirst >= 0 && monthFirst >= 0) {
    const rows = [dayFirst, monthFirst].map((code) => rowInFile(column.codes.indexOf(code)))
    throw new DataError(
      `Column ${column.name} mixes two orders of day and month: "${column.values[dayFirst]}" in row ${rows[0]} can only be day first, ` +
        `"${column.values[monthFirst]}" in row ${rows[1]} only month first.`,
      { file, row: Math.max(...rows), column: column.name },
    )
  }
  if (!open || dayFirst >= 0) return 'dayFirst'
  return monthFirst >= 0 ? 'monthFirst' : 'open'
}

function derivedColumns(
  column: TextColumnData,
  dates: (WrittenDate | null)[],
  dayFirst: boolean,
): DerivedDate['columns'] {
  const read = dates.map((date) => (date === null ? null : validDay(date, dayFirst)))
  const day = read.map((valid, code) =>
    valid === null ? Number.NaN : dayOfWeek(dates[code]!.year, valid.month, valid.day),
  )
  const month = read.map((valid) => valid?.month ?? Number.NaN)
  const hour = dates.map((date) => date?.hour ?? Number.NaN)
  const derived: DerivedDate['columns'] = [
    { column: perRow(`${column.name}_day`, column.codes, day), meaning: 'dayOfWeek' },
    { column: perRow(`${column.name}_month`, column.codes, month), meaning: 'month' },
  ]
  if (hour.some((value) => value > 0)) {
    derived.splice(1, 0, { column: perRow(`${column.name}_hour`, column.codes, hour), meaning: 'hourOfDay' })
  }
  return derived
}

function perRow(name: string, codes: Int32Array, perCode: number[]): Column {
  const values = new Float64Array(codes.length)
  let missing = false
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row]!
    const value = code < 0 ? Number.NaN : perCode[code]!
    values[row] = value
    if (Number.isNaN(value)) missing = true
  }
  return { name, type: 'integer', values: missing ? values : Int32Array.from(values) }
}

const TIMESTAMP_NAME =
  /(^|[^a-z])(timestamp|time|date|datetime|epoch|ts|created|updated)([^a-z]|$)|_at$|[a-z](Timestamp|Time|Date|At)$/i

/**
 * Unix seconds or milliseconds (1980 to 2100, UTC) in a column that is named like a time. Null for any other numbers.
 */
export function deriveTimestamp(column: Extract<Column, { type: 'integer' }>): DerivedDate | null {
  if (!TIMESTAMP_NAME.test(column.name)) return null
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of column.values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  const scale =
    min >= 315_532_800 && max < 4_102_444_800 ? 1000 : min >= 315_532_800_000 && max < 4_102_444_800_000 ? 1 : 0
  if (scale === 0) return null
  const part = (name: string, of: (date: Date) => number): Column => {
    const values = new Float64Array(column.values.length)
    for (let row = 0; row < values.length; row++) {
      const value = column.values[row]!
      values[row] = Number.isNaN(value) ? value : of(new Date(value * scale))
    }
    return { name: `${column.name}_${name}`, type: 'integer', values }
  }
  return {
    columns: [
      { column: part('day', (date) => (date.getUTCDay() + 6) % 7), meaning: 'dayOfWeek' },
      { column: part('hour', (date) => date.getUTCHours()), meaning: 'hourOfDay' },
      { column: part('month', (date) => date.getUTCMonth() + 1), meaning: 'month' },
    ],
    ambiguous: false,
    warnings: [
      `${column.name} is read as Unix ${scale === 1 ? 'milliseconds' : 'seconds'}; day and hour are those of UTC.`,
    ],
  }
}
