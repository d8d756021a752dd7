import type { ColumnSummary } from '../../experiment/dataSummary'

/** A prediction as far as it can be true: within what the data has seen. Ranks go by the prediction itself. */
export function withinRange(value: number, range: Pick<ColumnSummary, 'min' | 'max'> | null): number {
  return Math.min(range?.max ?? value, Math.max(range?.min ?? value, value))
}
