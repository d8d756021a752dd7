import { keysOf } from '../../experiment/checkExperiment'
import type { DenseColumn } from '../../experiment/experiment'

/** Columns of the data that the features read, each once, in the order of the features. */
export function featureKeys(columns: DenseColumn[]): string[] {
  const keys = columns.flatMap((column) => (column.type === 'numeric' ? [column.key] : keysOf(column.categorical)))
  return [...new Set(keys)]
}
