import type { DataType } from '@tensorflow/tfjs-core'
import { categoricalName } from '../../experiment/columnName'
import type { CategoricalColumn, CrossedColumn } from '../../experiment/experiment'
import { fitsTable, hashedByTable, idCount, type KnownRange } from './crossTable'
import type { GraphBuilder, Value } from './graphBuilder'
import type { GraphInputs } from './graphInputs'
import { cast, hashBuckets } from './lowerings/elementwise'
import { reduce } from './lowerings/reductions'
import type { PaddedIds } from './paddedIds'
import { areTellable, eitherOf, orNothing, wordIds } from './vocabularyIds'

/** A feature that a column reads. */
export interface ColumnInput {
  /** [B], [B, 1], or [B, most] where `isSparse`. Asked for, it is an input of the graph. */
  value(): Value
  isSparse: boolean
  dtype: DataType
  /** Whole numbers of it lie below, and above −2: the model refuses others. null: any. */
  below: number | null
}

type Inputs = Readonly<Record<string, ColumnInput>>

/**
 * The bucket numbers of a column, as operations where TensorFlow.js has them. For the fingerprints of numbers and of crosses it has none: there they are looked up, where the
 * keys can hold few numbers, or the graph is given the bucket numbers themselves, by the column's name. Answers with −1 where a row holds nothing.
 */
export function columnIds(g: GraphBuilder, inputs: GraphInputs, column: CategoricalColumn, read: Inputs): PaddedIds {
  const { weightKey, ...plain } = column
  const ids = isComputable(plain, read) ? computedIds(g, plain, read) : encodedIds(g, inputs, plain, read)
  const weights = weightKey === undefined ? null : cast(g, inRows(g, read[weightKey]!), 'float32')
  return { ids, weights, isPadded: true }
}

/** [B, L] */
function inRows(g: GraphBuilder, { value, isSparse }: ColumnInput): Value {
  return isSparse ? value() : g.node('Reshape', [value(), g.ints([-1, 1])])
}

function encodedIds(g: GraphBuilder, inputs: GraphInputs, column: CategoricalColumn, read: Inputs): Value {
  const isSparse = Object.values(read).some((input) => input.isSparse)
  const ids = inputs.encoded(`${categoricalName(column)}_ids`, column, Object.keys(read), isSparse)
  return isSparse ? ids : g.node('Reshape', [ids, g.ints([-1, 1])])
}

/** Whether TensorFlow.js has operations for it. */
function isComputable(column: CategoricalColumn, read: Inputs): boolean {
  if (column.type === 'crossed') {
    const sizes = column.keys.map((key) => rangeSize(key, read))
    return !column.exact && sizes.every((size) => size !== null) && fitsTable(sizes)
  }
  const { dtype, isSparse, below } = read[column.key]!
  const isText = dtype === 'string'
  switch (column.type) {
    case 'identity':
      return true
    case 'bucketized':
      return !isSparse
    case 'hashBucket':
      return isText || (below !== null && !isSparse && fitsTable([below]))
    case 'vocabularyList':
      if (column.vocabulary === 'data' || dtype === 'float32') return false
      // What is hashed is the number as a text.
      return isText ? areTellable(column.vocabulary) : column.numOovBuckets === 0
  }
}

/** [B, L] of a column that is computable. */
function computedIds(g: GraphBuilder, column: CategoricalColumn, read: Inputs): Value {
  if (column.type === 'crossed') {
    return hashedByTable(
      g,
      column,
      column.keys.map((key) => rangeOf(g, key, read)),
    )
  }
  const input = read[column.key]!
  const isText = input.dtype === 'string'
  const values = isText
    ? inRows(g, input)
    : cast(g, inRows(g, input), column.type === 'bucketized' ? 'float32' : 'int32')
  switch (column.type) {
    case 'identity':
      return identityIds(g, values, column.numBuckets, column.defaultValue)
    case 'bucketized':
      return bucketizedIds(g, values, column.boundaries)
    case 'hashBucket':
      if (!isText) return hashedByTable(g, column, [{ value: values, size: input.below!, isMinusOneHashed: false }])
      return orNothing(g, values, hashed(g, values, column.hashBucketSize))
    case 'vocabularyList': {
      const { vocabulary, numOovBuckets, defaultValue } = column
      const oov = numOovBuckets > 0 ? hashed(g, values, numOovBuckets, vocabulary.length) : g.operand(defaultValue)
      return orNothing(g, values, wordIds(g, values, vocabulary as readonly string[], oov))
    }
  }
}

/** How many numbers a key of a cross can be; null: any. */
function rangeSize(key: CrossedColumn['keys'][number], read: Inputs): number | null {
  const input = read[typeof key === 'string' ? key : key.key]!
  if (input.isSparse) return null
  if (typeof key === 'string') return input.below
  return isComputable(key, read) ? idCount(key) : null
}

function rangeOf(g: GraphBuilder, key: CrossedColumn['keys'][number], read: Inputs): KnownRange {
  const size = rangeSize(key, read)!
  if (typeof key !== 'string') return { value: computedIds(g, key, read), size, isMinusOneHashed: false }
  return { value: cast(g, inRows(g, read[key]!), 'int32'), size, isMinusOneHashed: true }
}

function identityIds(g: GraphBuilder, values: Value, buckets: number, defaultValue: number | null): Value {
  // A value out of range is an error there, and a row that no table has here.
  if (defaultValue === null) return values
  const isLow = g.node('Less', [values, g.operand(-1)], { dtype: 'bool' })
  const isHigh = g.node('GreaterEqual', [values, g.operand(buckets)], { dtype: 'bool' })
  const isOutside = g.node('LogicalOr', [isLow, isHigh], { dtype: 'bool' })
  return eitherOf(g, isOutside, g.operand(defaultValue), values)
}

/** How many boundaries a number is not below: NaN is below none. */
function bucketizedIds(g: GraphBuilder, values: Value, boundaries: readonly number[]): Value {
  const isBelow = g.node('Less', [g.node('ExpandDims', [values, g.ints(-1)]), g.operand(boundaries, 'float32')], {
    dtype: 'bool',
  })
  // Not the sum of what it is not below: TensorFlow would make a comparison of that, and NaN one of the first bucket.
  return g.node('Sub', [g.operand(boundaries.length), reduce(g, 'Sum', cast(g, isBelow, 'int32'), [-1], false)])
}

/** Fingerprint64 of a text modulo `buckets`, from `first` on. */
function hashed(g: GraphBuilder, texts: Value, buckets: number, first = 0): Value {
  const ids = hashBuckets(g, texts, buckets)
  return first === 0 ? ids : g.node('AddV2', [ids, g.operand(first)])
}
