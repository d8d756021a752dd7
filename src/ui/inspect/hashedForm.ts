import type { CategoricalColumn, DenseColumn, Experiment } from '../../experiment/experiment'

/** The column as TensorFlow would hash it into `buckets`. A column without a hash stays as it is. */
export function hashedForm(column: CategoricalColumn, buckets: number): CategoricalColumn {
  if (column.type === 'hashBucket') return { ...column, hashBucketSize: buckets }
  return column.type === 'crossed' ? { ...column, hashBucketSize: buckets, exact: false } : column
}

/** The same values, each with a bucket of its own. */
export function exactForm(column: CategoricalColumn): CategoricalColumn {
  if (column.type === 'crossed') return { ...column, exact: true }
  if (column.type !== 'hashBucket') return column
  return { type: 'vocabularyList', key: column.key, vocabulary: 'data', numOovBuckets: 0, defaultValue: -1 }
}

export function withCategorical(experiment: Experiment, index: number, categorical: CategoricalColumn): Experiment {
  const change = (column: DenseColumn): DenseColumn => (column.type === 'numeric' ? column : { ...column, categorical })
  return { ...experiment, columns: experiment.columns.map((column, i) => (i === index ? change(column) : column)) }
}
