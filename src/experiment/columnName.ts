import type { CategoricalColumn, DenseColumn } from './experiment'

/** TensorFlow's name of a categorical column: `day_X_hour`, `price_bucketized`, `film`, `title_words`, `word_weighted_by_count`. */
export function categoricalName(column: CategoricalColumn): string {
  const { weightKey, ...plain } = column
  return weightKey === undefined ? plainName(plain) : `${plainName(plain)}_weighted_by_${weightKey}`
}

function plainName(column: CategoricalColumn): string {
  if (column.type === 'bucketized') return `${column.key}_bucketized`
  if (column.type === 'vocabularyList' && column.split) return `${column.key}_words`
  if (column.type !== 'crossed') return column.key
  return column.keys
    .map((key) => (typeof key === 'string' ? key : categoricalName(key)))
    .sort()
    .join('_X_')
}

/** TensorFlow's name of a dense column: `film_embedding`, `day_indicator`, `temp`. Dense columns concatenate sorted by it. */
export function columnName(
  column: DenseColumn | { type: 'embedding' | 'indicator'; categorical: CategoricalColumn },
): string {
  return column.type === 'numeric' ? column.key : `${categoricalName(column.categorical)}_${column.type}`
}
