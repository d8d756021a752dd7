import { columnName } from '../experiment/columnName'
import type { CategoricalColumn, CrossedColumn, DenseColumn, SimpleCategoricalColumn } from '../experiment/experiment'
import { categoricalColumnWithVocabularyList } from '../experiment/featureColumn'
import { assertNever } from '../lib/assertNever'
import {
  type DataColumns,
  holdsIntegers,
  identifier,
  inLine,
  pythonString,
  variableOf,
  vocabularyComments,
  vocabularyOf,
} from './pythonText'

/** A dense column as `tf.feature_column` makes it, a statement a line; `fc` is that module. */
export function tensorflowCode(column: DenseColumn, columns: DataColumns, beside: readonly DenseColumn[]): string[] {
  const variable = identifier(columnName(column))
  if (column.type === 'numeric') return numericCode(column)
  const lines = [...vocabularyComments(column.categorical), ...categoricalCode(column.categorical, columns)]
  const source = variableOf(column.categorical)
  if (column.type === 'indicator') return [...lines, `${variable} = fc.indicator_column(${source})`]
  const { dimension, combiner, initializerStddev, trainable, maxNorm } = column
  const options = [
    `dimension=${dimension}`,
    ...(combiner === 'mean' ? [] : [`combiner='${combiner}'`]),
    ...(initializerStddev === null
      ? []
      : [`initializer=tf.compat.v1.truncated_normal_initializer(stddev=${initializerStddev})`]),
    ...(maxNorm === undefined ? [] : [`max_norm=${maxNorm}`]),
    ...(trainable ? [] : ['trainable=False']),
  ]
  const collection = column.sharedEmbeddingCollectionName
  if (collection === undefined) {
    return [...lines, `${variable} = fc.embedding_column(${[source, ...options].join(', ')})`]
  }
  const sharing = beside.filter((one) => one.type === 'embedding' && one.sharedEmbeddingCollectionName === collection)
  return sharedCode(column, sharing.length > 0 ? sharing : [column], collection, options, columns)
}

/** All columns of a collection are made at once. */
function sharedCode(
  column: DenseColumn,
  sharing: readonly DenseColumn[],
  collection: string,
  options: string[],
  columns: DataColumns,
): string[] {
  const categorical = sharing.flatMap((one) => (one.type === 'numeric' ? [] : [one.categorical]))
  const made = `${identifier(collection)}_columns`
  const sources = `[${categorical.map(variableOf).join(', ')}]`
  const name = `shared_embedding_collection_name=${pythonString(collection)}`
  const place = sharing.findIndex((one) => columnName(one) === columnName(column))
  return [
    ...categorical.flatMap((one) => [...vocabularyComments(one), ...categoricalCode(one, columns)]),
    `${made} = tf.compat.v1.feature_column.shared_embedding_columns(${[sources, ...options, name].join(', ')})`,
    `${identifier(columnName(column))} = ${made}[${place}]`,
  ]
}

function numericCode({ key, normalizer }: Extract<DenseColumn, { type: 'numeric' }>): string[] {
  const name = identifier(key)
  if (normalizer === 'none') return [`${name} = fc.numeric_column(${pythonString(key)})`]
  if (normalizer === 'log1p') return [`${name} = fc.numeric_column(${pythonString(key)}, normalizer_fn=tf.math.log1p)`]
  return [
    `# ${name}_mean, ${name}_deviation: of the training rows; the weights file has them.`,
    `${name} = fc.numeric_column(${pythonString(key)}, normalizer_fn=lambda x: (x - ${name}_mean) / ${name}_deviation)`,
  ]
}

function categoricalCode(column: CategoricalColumn, columns: DataColumns): string[] {
  const variable = variableOf(column)
  const { weightKey, ...plain } = column
  if (weightKey !== undefined) {
    const weighted = `fc.weighted_categorical_column(${variableOf(plain)}, ${pythonString(weightKey)})`
    return [...categoricalCode(plain, columns), `${variable} = ${weighted}`]
  }
  if (column.type !== 'crossed') return [`${variable} = ${simpleCode(column, columns)}`]
  if (column.exact) return exactCode(column, columns)
  const inner = column.keys.flatMap((key) => (typeof key === 'string' ? [] : categoricalCode(key, columns)))
  const keys = column.keys.map((key) => (typeof key === 'string' ? pythonString(key) : variableOf(key)))
  const hashKey = column.hashKey ? `, hash_key=${column.hashKey}` : ''
  return [...inner, `${variable} = fc.crossed_column([${keys.join(', ')}], ${column.hashBucketSize}${hashKey})`]
}

function simpleCode(column: SimpleCategoricalColumn, columns: DataColumns): string {
  const key = pythonString(column.key)
  switch (column.type) {
    case 'vocabularyList': {
      const oov = column.numOovBuckets > 0 ? `, num_oov_buckets=${column.numOovBuckets}` : ''
      const fallback = column.defaultValue >= 0 ? `, default_value=${column.defaultValue}` : ''
      return `fc.categorical_column_with_vocabulary_list(${key}, ${vocabularyOf(column, columns)}${oov}${fallback})`
    }
    case 'identity': {
      const fallback = column.defaultValue === null ? '' : `, default_value=${column.defaultValue}`
      return `fc.categorical_column_with_identity(${key}, num_buckets=${column.numBuckets}${fallback})`
    }
    case 'hashBucket': {
      const dtype = holdsIntegers(column.key, columns) ? ', dtype=tf.int64' : ''
      return `fc.categorical_column_with_hash_bucket(${key}, ${column.hashBucketSize}${dtype})`
    }
    case 'bucketized':
      return `fc.bucketized_column(fc.numeric_column(${key}), [${column.boundaries.join(', ')}])`
    default:
      return assertNever(column)
  }
}

/** TensorFlow has no exact cross: its id is worked out beforehand, the last key varying fastest. */
function exactCode(column: CrossedColumn, columns: DataColumns): string[] {
  const variable = variableOf(column)
  const keys = column.keys.map((key) =>
    typeof key === 'string' ? categoricalColumnWithVocabularyList(key, 'data') : key,
  )
  const sizes = keys.map((key) => sizeCode(key, columns))
  return [
    `# The id of a row, from the ids of its keys (${keys.map(({ key }) => inLine(key)).join(', ')}) in ${sizes.join(' × ')} places; -1 where one is unknown.`,
    `${variable} = fc.categorical_column_with_identity(${pythonString(variable)}, num_buckets=${sizes.join(' * ')})`,
  ]
}

/** Number of buckets, as code. */
export function sizeCode(column: SimpleCategoricalColumn, columns: DataColumns): string {
  switch (column.type) {
    case 'vocabularyList': {
      if (column.vocabulary !== 'data') return String(column.vocabulary.length + column.numOovBuckets)
      const size = `len(${vocabularyOf(column, columns)})`
      return column.numOovBuckets > 0 ? `(${size} + ${column.numOovBuckets})` : size
    }
    case 'identity':
      return String(column.numBuckets)
    case 'hashBucket':
      return String(column.hashBucketSize)
    case 'bucketized':
      return String(column.boundaries.length + 1)
    default:
      return assertNever(column)
  }
}
