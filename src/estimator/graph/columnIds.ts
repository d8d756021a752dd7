import type { DataType } from '@tensorflow/tfjs-core'
import { categoricalName } from '../../experiment/columnName'
import type { CategoricalColumn, CrossedColumn, SimpleCategoricalColumn } from '../../experiment/experiment'
import { hashedByTable, idCount, type KnownRange } from './crossTable'
import type { GraphBuilder, Value } from './graphBuilder'
import { attr } from './graphDef'
import type { GraphInputs } from './graphInputs'
import { cast, hashBuckets } from './lowerings/elementwise'
import { reduce } from './lowerings/reductions'
import type { PaddedIds } from './paddedIds'

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
  const ids = computedIds(g, plain, read) ?? encodedIds(g, inputs, plain, read)
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

/** [B, L]; null: no graph can. */
function computedIds(g: GraphBuilder, column: CategoricalColumn, read: Inputs): Value | null {
  if (column.type === 'crossed') return crossedIds(g, column, read)
  const input = read[column.key]!
  const isText = input.dtype === 'string'
  const values = () => (isText ? inRows(g, input) : cast(g, inRows(g, input), 'int32'))
  switch (column.type) {
    case 'identity':
      return identityIds(g, values(), column.numBuckets, column.defaultValue)
    case 'bucketized':
      return input.isSparse ? null : bucketizedIds(g, cast(g, inRows(g, input), 'float32'), column.boundaries)
    case 'hashBucket': {
      if (!isText) {
        const range = rangeOf(g, input, false)
        return range && hashedByTable(g, column, [range])
      }
      const texts = values()
      return orNothing(g, texts, hashed(g, texts, column.hashBucketSize))
    }
    case 'vocabularyList': {
      const { vocabulary, numOovBuckets, defaultValue } = column
      // What is hashed is the number as a text.
      if (vocabulary === 'data' || input.dtype === 'float32' || (!isText && numOovBuckets > 0)) return null
      const found = values()
      const oov = numOovBuckets > 0 ? hashed(g, found, numOovBuckets, vocabulary.length) : g.ints(defaultValue)
      return orNothing(g, found, wordIds(g, found, vocabulary, oov))
    }
  }
}

function crossedIds(g: GraphBuilder, column: CrossedColumn, read: Inputs): Value | null {
  const ranges: KnownRange[] = []
  // Asked for at last, when it is known that the graph can compute all of them.
  if (column.keys.some((key) => !isCountable(key, read))) return null
  for (const key of column.keys) {
    const range = typeof key === 'string' ? rangeOf(g, read[key]!, true) : columnRange(g, key, read)
    if (!range) return null
    ranges.push(range)
  }
  return hashedByTable(g, column, ranges)
}

function isCountable(key: CrossedColumn['keys'][number], read: Inputs): boolean {
  if (typeof key === 'string') return read[key]!.below !== null && !read[key]!.isSparse
  return idCount(key) !== null && !read[key.key]!.isSparse
}

function columnRange(g: GraphBuilder, column: SimpleCategoricalColumn, read: Inputs): KnownRange | null {
  const value = computedIds(g, column, read)
  const size = idCount(column)
  return value && size !== null ? { value, size, isMinusOneHashed: false } : null
}

function rangeOf(g: GraphBuilder, input: ColumnInput, isMinusOneHashed: boolean): KnownRange | null {
  if (input.below === null || input.isSparse) return null
  return { value: cast(g, inRows(g, input), 'int32'), size: input.below, isMinusOneHashed }
}

function identityIds(g: GraphBuilder, values: Value, buckets: number, defaultValue: number | null): Value {
  // A value out of range is an error there, and a row that no table has here.
  if (defaultValue === null) return values
  const isLow = g.node('Less', [values, g.ints(-1)], { dtype: 'bool' })
  const isHigh = g.node('GreaterEqual', [values, g.ints(buckets)], { dtype: 'bool' })
  const isOutside = g.node('LogicalOr', [isLow, isHigh], { dtype: 'bool' })
  return g.node('SelectV2', [isOutside, g.ints(defaultValue), values], { dtype: 'int32' })
}

/** How many boundaries a number is not below: NaN is below none. */
function bucketizedIds(g: GraphBuilder, values: Value, boundaries: readonly number[]): Value {
  const isBelow = g.node('Less', [g.node('ExpandDims', [values, g.ints(-1)]), g.floats(boundaries)], { dtype: 'bool' })
  // Not the sum of what it is not below: TensorFlow would make a comparison of that, and NaN one of the first bucket.
  return g.node('Sub', [g.ints(boundaries.length), reduce(g, 'Sum', cast(g, isBelow, 'int32'), [-1], false)])
}

/** Place of each value among the words; `oov` where it is none of them. */
function wordIds(g: GraphBuilder, values: Value, words: readonly string[], oov: Value): Value {
  const isText = values.dtype === 'string'
  const isHeld = (word: string) => isText || String(Number(word) | 0) === word
  const held = words.map((_, place) => place).filter((place) => isHeld(words[place]!))
  const list = isText ? g.constant(words, [words.length], 'string') : g.ints(held.map((place) => Number(words[place])))
  const isWord = g.node('Equal', [g.node('ExpandDims', [values, g.ints(-1)]), list], { dtype: 'bool' })
  const hits = cast(g, isWord, 'int32')
  const place = reduce(g, 'Sum', g.node('Mul', [hits, g.ints(held)]), [-1], false)
  const isAny = g.node('Greater', [reduce(g, 'Sum', hits, [-1], false), g.ints(0)], { dtype: 'bool' })
  return g.node('SelectV2', [isAny, place, oov], { dtype: 'int32' })
}

/** Fingerprint64 of a text modulo `buckets`, from `first` on. */
function hashed(g: GraphBuilder, texts: Value, buckets: number, first = 0): Value {
  const ids = hashBuckets(g, texts, { num_buckets: attr.int(buckets) })
  return first === 0 ? ids : g.node('AddV2', [ids, g.ints(first)])
}

/** −1 where '' or −1 is given. */
function orNothing(g: GraphBuilder, values: Value, ids: Value): Value {
  const nothing = values.dtype === 'string' ? g.constant([''], [], 'string') : g.ints(-1)
  const isThere = g.node('NotEqual', [values, nothing], { dtype: 'bool' })
  return g.node('SelectV2', [isThere, ids, g.ints(-1)], { dtype: 'int32' })
}
