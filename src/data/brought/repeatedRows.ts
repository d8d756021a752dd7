import type { ColumnSummary } from '../../experiment/dataSummary'
import type { Column } from '../table'

/**
 * Tells of tables in which a moment is written down more than once: for every date column whose values repeat, and every number
 * that is the same in all rows of its moment (I-94's traffic, repeated for every weather label of the hour). Such rows count
 * several times in training, and the same moment may stand in training and in validation.
 */
export function repeatWarnings(columns: Column[], summaries: ColumnSummary[]): string[] {
  return columns.flatMap((date, d) => {
    if (summaries[d]!.type !== 'date' || date.type !== 'string') return []
    const first = firstRows(date)
    const repeats = repeatCount(date, first)
    // Where rows share their moment as a rule (a day of many sales), that is the nature of the table.
    if (repeats === 0 || repeats > date.codes.length / 2) return []
    const same = columns
      .filter(
        (column, c) => column.type !== 'string' && summaries[c]!.derivedFrom === null && summaries[c]!.type !== 'date',
      )
      .filter((column) => agrees(column, date, first))
      .map((column) => column.name)
    if (same.length === 0) return []
    return [
      `${repeats === 1 ? '1 row repeats' : `${repeats.toLocaleString('en')} rows repeat`} the ${date.name} of an earlier row with the same ${same.join(', ')}. ` +
        'They are kept: each counts as a row of its own in training and in the split.',
    ]
  })
}

function firstRows(date: Extract<Column, { type: 'string' }>): Int32Array {
  const first = new Int32Array(date.values.length).fill(-1)
  for (let row = 0; row < date.codes.length; row++) {
    const code = date.codes[row]!
    if (code >= 0 && first[code]! < 0) first[code] = row
  }
  return first
}

function repeatCount(date: Extract<Column, { type: 'string' }>, first: Int32Array): number {
  let repeats = 0
  for (let row = 0; row < date.codes.length; row++) {
    const code = date.codes[row]!
    if (code >= 0 && first[code] !== row) repeats++
  }
  return repeats
}

/** Whether the number is the same in all rows of a moment. A column with one value only agrees with everything: it says nothing. */
function agrees(column: Column, date: Extract<Column, { type: 'string' }>, first: Int32Array): boolean {
  if (column.type === 'string') return false
  let varies = false
  for (let row = 0; row < date.codes.length; row++) {
    const code = date.codes[row]!
    if (code < 0) continue
    if (column.values[row] !== column.values[0]) varies = true
    if (!Object.is(column.values[row], column.values[first[code]!])) return false
  }
  return varies
}
