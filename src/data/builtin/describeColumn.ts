import type { ColumnSummary } from '../../experiment/dataSummary'
import type { Column } from '../table'

export interface Described {
  unit?: string
  meaning?: 'dayOfWeek' | 'hourOfDay'
}

/** What the card says of a built-in column: counted from its values, not written by hand. */
export function describeColumn(column: Column, { unit, meaning }: Described = {}): ColumnSummary {
  const rest = { unit: unit ?? null, derivedFrom: null, meaning: meaning ?? null, ambiguousDate: false }
  if (column.type === 'string') {
    const used = new Set(column.codes)
    const samples = [...used].slice(0, 5).map((code) => column.values[code]!)
    return {
      name: column.name,
      type: 'string',
      distinct: used.size,
      missing: 0,
      min: null,
      max: null,
      samples,
      ...rest,
    }
  }
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const value of column.values) {
    if (value < min) min = value
    if (value > max) max = value
  }
  const distinct = new Set<number>(column.values)
  const samples = [...distinct].slice(0, 5).map(String)
  return { name: column.name, type: column.type, distinct: distinct.size, missing: 0, min, max, samples, ...rest }
}

/** The first rows as text, in the order of the columns. */
export function sampleRows(columns: Column[], count = 5): string[][] {
  return Array.from({ length: count }, (_, row) =>
    columns.map((column) =>
      column.type === 'string' ? column.values[column.codes[row]!]! : String(column.values[row]),
    ),
  )
}
