import type { CategoricalColumn, DenseColumn, EmbeddingColumn } from './experiment'

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

/** TensorFlow's name of a dense column: `film_embedding`, `film_shared_embedding`, `day_indicator`, `temp`. Dense columns concatenate sorted by it. */
export function columnName(
  column:
    | DenseColumn
    | { type: 'embedding' | 'indicator'; categorical: CategoricalColumn; sharedEmbeddingCollectionName?: string },
): string {
  if (column.type === 'numeric') return column.key
  const isShared = column.type === 'embedding' && column.sharedEmbeddingCollectionName !== undefined
  return `${categoricalName(column.categorical)}_${isShared ? 'shared_embedding' : column.type}`
}

/** The name of the table that an embedding column looks rows up in: its own, or that of its collection. */
export function tableName(column: EmbeddingColumn): string {
  return column.sharedEmbeddingCollectionName ?? columnName(column)
}
