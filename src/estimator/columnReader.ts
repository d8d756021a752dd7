import type { Tensor2D } from '@tensorflow/tfjs-core'
import { encodeFeature } from '../columns/encodeFeature'
import type { Feature } from '../columns/feature'
import type { CategoricalColumn, NumericColumn } from '../experiment/experiment'
import type { SparseIds } from './embeddingLookups'
import { asFeature, type Features, tensorOf } from './features'
import { originOf, withOrigin } from './graph/origins'

export type Categorical = CategoricalColumn

export interface CategoricalIds extends SparseIds {
  buckets: number
}

/** The features of a batch as feature columns read them; each column is encoded once. */
export interface ColumnReader {
  ids(column: Categorical): CategoricalIds
  /** [B, 1] */
  numbers(column: NumericColumn): Tensor2D
}

/** Throws for columns that need to see more than a batch: a vocabulary of all values, an exact cross of bare keys, a standardized number. */
export function createColumnReader(features: Features): ColumnReader {
  const asFeatures = new Map<string, Feature>()
  const encoded = new Map<Categorical, CategoricalIds>()
  const featureOf = (key: string): Feature => {
    const known = asFeatures.get(key)
    if (known) return known
    if (!Object.hasOwn(features, key)) {
      throw new Error(`There is no feature '${key}'. There are: ${Object.keys(features).join(', ')}.`)
    }
    const feature = asFeature(features[key]!)
    asFeatures.set(key, feature)
    return feature
  }
  return {
    ids(column) {
      const known = encoded.get(column)
      if (known) return known
      const keys = keysOf(column)
      const ids = encodeFeature(column, Object.fromEntries(keys.map((key) => [key, featureOf(key)])))
      noteOrigin(ids, column, Object.fromEntries(keys.map((key) => [key, features[key]!])))
      encoded.set(column, ids)
      return ids
    },
    numbers(column) {
      const { key, normalizer } = column
      if (normalizer === 'standardize') {
        throw new Error(
          `'${key}' cannot be standardized here: an Estimator sees one batch at a time. Do it in the input function.`,
        )
      }
      const { values, type, offsets } = featureOf(key)
      if (type === 'string' || offsets) throw new Error(`'${key}' must be one number in every row.`)
      const numbers = Float32Array.from(values, Number)
      const made = tensorOf(normalizer === 'log1p' ? numbers.map(Math.log1p) : numbers, [numbers.length, 1]) as Tensor2D
      return withOrigin(made, { from: 'numbers', column, features: { [key]: features[key]! } })
    },
  }
}

/** For an export. */
function noteOrigin(encoded: CategoricalIds, column: Categorical, features: Features): void {
  const { buckets } = encoded
  for (const part of ['ids', 'offsets', 'weights'] as const) {
    const array = encoded[part]
    if (array) withOrigin(array, { from: 'ids', column, buckets, features, part })
  }
}

/** Features that a column reads. */
function keysOf(column: Categorical): string[] {
  const { weightKey, ...plain } = column
  if (weightKey !== undefined) return [...keysOf(plain), weightKey]
  if (column.type === 'crossed') {
    const bare = column.keys.find((key) => typeof key === 'string')
    if (column.exact && bare !== undefined) {
      throw new Error(
        `An exact cross must know all values of '${bare}', and an Estimator sees one batch at a time: cross a column that says how many there are, like categoricalColumnWithIdentity('${bare}', …).`,
      )
    }
    return column.keys.flatMap((key) => (typeof key === 'string' ? [key] : keysOf(key)))
  }
  if (column.type === 'vocabularyList' && column.vocabulary === 'data') {
    throw new Error(
      `The vocabulary of '${column.key}' is 'data': an Estimator sees one batch at a time, so name its words.`,
    )
  }
  return [column.key]
}

/** The ids of a categorical column for `embeddingLookupSparse`. */
export function categoricalIds(features: Features, column: Categorical): CategoricalIds {
  return createColumnReader(features).ids(column)
}

/** Counts, or sums of weights, by bucket [B, buckets]. */
export function multiHot({ ids, offsets, weights, buckets }: CategoricalIds): Tensor2D {
  const origin = originOf(ids)
  const rows = offsets.length - 1
  const values = new Float32Array(rows * buckets)
  for (let row = 0; row < rows; row++) {
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
      if (ids[i]! >= 0) values[row * buckets + ids[i]!]! += weights ? weights[i]! : 1
    }
  }
  const counts = tensorOf(values, [rows, buckets]) as Tensor2D
  return origin?.from === 'ids' ? withOrigin(counts, { ...origin, from: 'counts' }) : counts
}
