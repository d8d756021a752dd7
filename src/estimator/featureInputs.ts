import { add, concat, matMul, type Rank, type Tensor, type Tensor2D, zeros } from '@tensorflow/tfjs-core'
import { categoricalName, columnName } from '../experiment/columnName'
import type { DenseColumn } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import { bucketNames } from './bucketNames'
import { type Categorical, type ColumnReader, createColumnReader, multiHot } from './columnReader'
import { embeddingLookupSparse } from './embeddingLookups'
import { type Features, rowsOf } from './features'
import { initializers } from './initializers'
import { getVariable, variableScope, watchEmbedding } from './variables'

/** Of a linear model: a numeric, embedding or indicator column, or a categorical one as it is. */
export type FeatureColumn = DenseColumn | Categorical

/**
 * `tf.compat.v1.feature_column.input_layer`: the dense columns side by side, sorted by name [B, Σ widths]. Tables of embedding columns are the variables
 * `input_layer/<column>/embedding_weights`, truncated normal at first, and trained by the rows that a batch looks up.
 */
export function inputLayer(features: Features, columns: readonly DenseColumn[]): Tensor2D {
  if (columns.length === 0) throw new Error('inputLayer was given no columns.')
  const sorted = [...columns].sort((a, b) => (columnName(a) < columnName(b) ? -1 : 1))
  const reader = createColumnReader(features)
  return variableScope('input_layer', () =>
    concat(
      sorted.map((column) => denseColumn(column, reader)),
      1,
    ),
  )
}

/**
 * `tf.compat.v1.feature_column.linear_model`: Σ weights of the buckets that a row holds, plus weight · number of each dense column, plus a bias [B, units]. One-hot vectors
 * are never made: a bucket's weights are a row of `linear_model/<column>/weights`, looked up. All zeros at first.
 */
export function linearModel(features: Features, columns: readonly FeatureColumn[], units = 1): Tensor2D {
  if (columns.length === 0) throw new Error('linearModel was given no columns.')
  const reader = createColumnReader(features)
  return variableScope('linear_model', () => {
    let sum = zeros<Rank.R2>([rowsOf(features), units])
    for (const column of columns) sum = add(sum, weighted(column, units, reader))
    return add(sum, getVariable('bias_weights', [units], initializers.zeros()))
  })
}

function denseColumn(column: DenseColumn, reader: ColumnReader): Tensor2D {
  if (column.type === 'numeric') return reader.numbers(column)
  const ids = reader.ids(column.categorical)
  if (column.type === 'indicator') return multiHot(ids)
  const { dimension, combiner, initializerStddev, trainable, maxNorm } = column
  const initializer = initializers.truncatedNormal(0, initializerStddev ?? 1 / Math.sqrt(dimension))
  const name = `${columnName(column)}/embedding_weights`
  const table = getVariable(name, [ids.buckets, dimension], initializer, { trainable })
  watchEmbedding(table, { name: columnName(column), keys: bucketNames(column.categorical, ids.buckets) })
  return embeddingLookupSparse(table, ids, { combiner, ...(maxNorm !== undefined && { maxNorm }) })
}

function weighted(column: FeatureColumn, units: number, reader: ColumnReader): Tensor2D {
  const weights = (name: string, rows: number) => getVariable(`${name}/weights`, [rows, units], initializers.zeros())
  switch (column.type) {
    case 'numeric':
    case 'embedding': {
      const values = denseColumn(column, reader)
      return matMul(values, weights(columnName(column), values.shape[1]) as Tensor as Tensor2D)
    }
    case 'indicator': {
      const ids = reader.ids(column.categorical)
      return embeddingLookupSparse(weights(columnName(column), ids.buckets), ids, { combiner: 'sum' })
    }
    case 'vocabularyList':
    case 'identity':
    case 'hashBucket':
    case 'bucketized':
    case 'crossed': {
      const ids = reader.ids(column)
      return embeddingLookupSparse(weights(categoricalName(column), ids.buckets), ids, { combiner: 'sum' })
    }
    default:
      return assertNever(column)
  }
}
