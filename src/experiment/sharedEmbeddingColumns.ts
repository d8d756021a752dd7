import { categoricalName } from './columnName'
import type { CategoricalColumn, EmbeddingColumn } from './experiment'
import { embeddingColumn } from './featureColumn'

/**
 * TensorFlow's `shared_embedding_columns`: one table for several columns, such as the film seen now and the film seen before. Throws a
 * RangeError for columns that do not number the same things: of different kinds or numbers of buckets.
 */
export function sharedEmbeddingColumns(
  categoricalColumns: readonly CategoricalColumn[],
  dimension: number,
  {
    combiner = 'mean',
    maxNorm = null,
    sharedEmbeddingCollectionName,
  }: {
    combiner?: EmbeddingColumn['combiner']
    maxNorm?: number | null
    sharedEmbeddingCollectionName?: string
  } = {},
): EmbeddingColumn[] {
  const [first, ...others] = categoricalColumns
  if (!first) throw new RangeError('Shared embeddings need at least one column')
  for (const other of others) {
    const why = sharingFault(first, other)
    if (why !== null) throw new RangeError(why)
  }
  const names = categoricalColumns.map(categoricalName).sort()
  const name = sharedEmbeddingCollectionName ?? `${names.join('_')}_shared_embedding`
  return categoricalColumns.map((categorical) => ({
    ...embeddingColumn(categorical, dimension, { combiner, maxNorm }),
    sharedEmbeddingCollectionName: name,
  }))
}

/** Why two columns cannot share a table, as far as their definitions tell; null: they can. */
export function sharingFault(first: CategoricalColumn, other: CategoricalColumn): string | null {
  const disagree = (what: string) =>
    `'${categoricalName(first)}' and '${categoricalName(other)}' cannot share a table: they have different ${what}`
  if (other.type !== first.type) return disagree(`kinds (${first.type} and ${other.type})`)
  const [size, otherSize] = [sizeOf(first), sizeOf(other)]
  return size === otherSize ? null : disagree(`numbers of buckets (${size} and ${otherSize})`)
}

/** Buckets, as far as the definition tells; a vocabulary of the data's own has as many as the data. */
function sizeOf(column: CategoricalColumn): number | 'data' {
  switch (column.type) {
    case 'vocabularyList':
      return column.vocabulary === 'data' ? 'data' : column.vocabulary.length + column.numOovBuckets
    case 'identity':
      return column.numBuckets
    case 'bucketized':
      return column.boundaries.length + 1
    default:
      return column.hashBucketSize
  }
}
