import type { ColumnSummary, DataSummary } from './dataSummary'

/** Fewer sample rows than that may add up by chance. */
const FEWEST_ROWS = 3

/**
 * Two numbers that add up to the label in every sample row, as casual and registered riders to all riders: they are known only
 * together with it. Null when no two do, as far as the sample rows tell.
 */
export function partsOfLabel({ columns, sampleRows }: DataSummary, label: string): [string, string] | null {
  if (sampleRows.length < FEWEST_ROWS) return null
  const values = (name: string) => {
    const at = columns.findIndex((column) => column.name === name)
    return sampleRows.map((row) => (row[at]?.trim() ? Number(row[at]) : Number.NaN))
  }
  const isPart = (column: ColumnSummary) =>
    column.name !== label && !column.derivedFrom && (column.type === 'integer' || column.type === 'number')
  const whole = values(label)
  const parts = columns
    .filter(isPart)
    .map(({ name }) => ({ name, values: values(name) }))
    // A column of zeros beside a copy of the label is no part of it.
    .filter((part) => part.values.some((value) => value !== 0))
  for (const [i, first] of parts.entries()) {
    for (const second of parts.slice(i + 1)) {
      const addsUp = whole.every((sum, row) => Math.abs(first.values[row]! + second.values[row]! - sum) < 1e-9)
      if (addsUp) return [first.name, second.name]
    }
  }
  return null
}
