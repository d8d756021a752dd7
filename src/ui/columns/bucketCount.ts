import type { ColumnSummary } from '../../experiment/dataSummary'
import type { CategoricalColumn } from '../../experiment/experiment'

/** Buckets a categorical column will have, before a run has encoded it. NaN when a key is not in the data. */
export function bucketCount(column: CategoricalColumn, columns: ColumnSummary[]): number {
  switch (column.type) {
    case 'vocabularyList': {
      const size = column.vocabulary === 'data' ? distinctOf(column.key, columns) : column.vocabulary.length
      return size + column.numOovBuckets
    }
    case 'identity':
      return column.numBuckets
    case 'hashBucket':
      return column.hashBucketSize
    case 'bucketized':
      return column.boundaries.length + 1
    case 'crossed':
      return column.exact
        ? column.keys.reduce(
            (product, key) =>
              product * (typeof key === 'string' ? distinctOf(key, columns) : bucketCount(key, columns)),
            1,
          )
        : column.hashBucketSize
  }
}

function distinctOf(key: string, columns: ColumnSummary[]): number {
  return columns.find(({ name }) => name === key)?.distinct ?? Number.NaN
}

/** The rule of thumb of TensorFlow's guide for the dimension of an embedding: the fourth root of the number of buckets. */
export function fourthRoot(buckets: number): number {
  return buckets ** 0.25
}
