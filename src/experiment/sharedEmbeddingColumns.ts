import { categoricalName } from './columnName'
import type { CategoricalColumn, EmbeddingColumn } from './experiment'

/** One of several embedding columns that look their rows up in one table. */
export interface SharedEmbeddingColumn {
  type: 'sharedEmbedding'
  categorical: CategoricalColumn
  dimension: number
  combiner: EmbeddingColumn['combiner']
  maxNorm: number | null
  /** Of the table. */
  sharedEmbeddingCollectionName: string
}

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
): SharedEmbeddingColumn[] {
  const [first, ...others] = categoricalColumns
  if (!first) throw new RangeError('Shared embeddings need at least one column')
  if (!(Number.isInteger(dimension) && dimension >= 1)) {
    throw new RangeError(`The dimension of an embedding is ${dimension}; it must be a whole number from 1`)
  }
  for (const other of others) {
    if (other.type !== first.type) throw disagree(first, other, `kinds (${first.type} and ${other.type})`)
    const [size, otherSize] = [sizeOf(first), sizeOf(other)]
    if (size !== otherSize) throw disagree(first, other, `numbers of buckets (${size} and ${otherSize})`)
  }
  const names = categoricalColumns.map(categoricalName).sort()
  const name = sharedEmbeddingCollectionName ?? `${names.join('_')}_shared_embedding`
  return categoricalColumns.map((categorical) => ({
    type: 'sharedEmbedding',
    categorical,
    dimension,
    combiner,
    maxNorm,
    sharedEmbeddingCollectionName: name,
  }))
}

function disagree(first: CategoricalColumn, other: CategoricalColumn, what: string): RangeError {
  return new RangeError(
    `'${categoricalName(first)}' and '${categoricalName(other)}' cannot share a table: they have different ${what}`,
  )
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
