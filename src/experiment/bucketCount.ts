import type { ColumnSummary } from './dataSummary'
import type { CategoricalColumn } from './experiment'

/** Buckets a categorical column will have, before a run has encoded it: at least, for distinct numbers are counted up to a bound. NaN when a key is not in the data. */
export function bucketCount(column: CategoricalColumn, columns: readonly ColumnSummary[]): number {
  switch (column.type) {
    case 'vocabularyList': {
      // How many words the texts have is known when they have been split.
      if (column.split && column.vocabulary === 'data')
        return distinctOf(column.key, columns) && 1 + column.numOovBuckets
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

function distinctOf(key: string, columns: readonly ColumnSummary[]): number {
  return columns.find(({ name }) => name === key)?.distinct ?? Number.NaN
}
