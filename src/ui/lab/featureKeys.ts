import type { CategoricalColumn, DenseColumn } from '../../experiment/experiment'

/** Columns of the data that the features read, each once, in the order of the features. */
export function featureKeys(columns: DenseColumn[]): string[] {
  const keys = columns.flatMap((column) => (column.type === 'numeric' ? [column.key] : keysOf(column.categorical)))
  return [...new Set(keys)]
}

function keysOf(column: CategoricalColumn): string[] {
  if (column.type !== 'crossed') return [column.key]
  return column.keys.flatMap((key) => (typeof key === 'string' ? [key] : keysOf(key)))
}
