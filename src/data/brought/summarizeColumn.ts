import type { ColumnSummary } from '../../experiment/dataSummary'
import type { Column } from '../table'

const MOST_DISTINCT = 100_000
const SAMPLES = 5

/** A column as the page shows it; what only the reader of a file knows (dates, units) is set afterwards. */
export function summarizeColumn(column: Column): ColumnSummary {
  const facts = column.type === 'string' ? summarizeTexts(column) : summarizeNumbers(column.values)
  return {
    name: column.name,
    type: column.type,
    ...facts,
    unit: null,
    derivedFrom: null,
    meaning: null,
    ambiguousDate: false,
  }
}

type Facts = Pick<ColumnSummary, 'distinct' | 'missing' | 'min' | 'max' | 'samples'>

function summarizeTexts(column: Extract<Column, { type: 'string' }>): Facts {
  let missing = 0
  for (const code of column.codes) if (code < 0) missing++
  return { distinct: column.values.length, missing, min: null, max: null, samples: column.values.slice(0, SAMPLES) }
}

function summarizeNumbers(values: Int32Array | Float32Array | Float64Array): Facts {
  const seen = new Set<number>()
  let missing = 0
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!
    if (Number.isNaN(value)) {
      missing++
      continue
    }
    if (value < min) min = value
    if (value > max) max = value
    if (seen.size < MOST_DISTINCT) seen.add(value)
  }
  const none = seen.size === 0
  return {
    distinct: seen.size,
    missing,
    min: none ? null : min,
    max: none ? null : max,
    samples: [...seen].slice(0, SAMPLES).map(String),
  }
}

/** The first five rows, as text. */
export function sampleRows(columns: Column[], rowCount: number): string[][] {
  return Array.from({ length: Math.min(SAMPLES, rowCount) }, (_, row) => columns.map((column) => textOf(column, row)))
}

/** One value as text; '' when it is missing. */
export function textOf(column: Column, row: number): string {
  if (column.type === 'string') return column.values[column.codes[row]!] ?? ''
  const value = column.values[row]!
  return Number.isNaN(value) ? '' : String(value)
}
