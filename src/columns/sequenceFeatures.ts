import { DataError } from '../data/table'
import type { EmbeddingColumn } from '../experiment/experiment'
import type { SequenceCategoricalColumn, SequenceNumericColumn } from '../experiment/sequenceColumn'
import { encodeFeature } from './encodeFeature'
import { type Feature, type Features, findFeature, rowCount } from './feature'
import { safeEmbeddingLookupSparse } from './safeEmbeddingLookupSparse'

/** Rows of steps, as TensorFlow's `SequenceFeatures` gives them to a recurrent layer. */
export interface Sequences {
  /** Steps of the longest row; shorter ones are filled up. */
  steps: number
  width: number
  /** [rows × steps × width] */
  values: Float32Array
  /** By row: its own steps, those out of the vocabulary included. */
  lengths: Int32Array
}

/** A vector for every step; zeros for a step out of the vocabulary and after the end of a row. `table` [buckets × dimension]. */
export function sequenceEmbedding(
  column: SequenceCategoricalColumn,
  { dimension, maxNorm }: Pick<EmbeddingColumn, 'dimension' | 'maxNorm'>,
  table: Float32Array,
  features: Features,
): Sequences {
  const { ids, offsets, weights } = encodeSteps(column, features)
  // Each step is a bag of its own.
  const bags = Int32Array.from({ length: ids.length + 1 }, (_, step) => step)
  const vectors = safeEmbeddingLookupSparse(
    table,
    dimension,
    { ids, offsets: bags, weights },
    { combiner: 'mean', maxNorm: maxNorm ?? null },
  )
  return pad(vectors, dimension, offsets, 0)
}

/** One-hot steps. */
export function sequenceIndicator(column: SequenceCategoricalColumn, features: Features): Sequences {
  const { ids, offsets, buckets } = encodeSteps(column, features)
  const hot = new Float32Array(ids.length * buckets)
  ids.forEach((id, step) => {
    if (id >= 0) hot[step * buckets + id] = 1
  })
  return pad(hot, buckets, offsets, 0)
}

export function sequenceNumeric({ key, defaultValue }: SequenceNumericColumn, features: Features): Sequences {
  const feature = sparse(features, key)
  if (feature.type === 'string') {
    throw new DataError(`'${key}' holds text: a sequence of numbers cannot be made of it.`, { column: key })
  }
  return pad(Float32Array.from(feature.values, Number), 1, feature.offsets, defaultValue)
}

function encodeSteps({ categorical }: SequenceCategoricalColumn, features: Features) {
  sparse(features, categorical.key)
  return encodeFeature(categorical, features)
}

function sparse(features: Features, key: string): Feature & { offsets: Int32Array } {
  const feature = findFeature(features, key)
  const { offsets } = feature
  if (offsets) return { ...feature, offsets }
  const message = `'${key}' holds one value in each of its ${rowCount(feature)} rows: a sequence needs rows of several.`
  throw new DataError(message, { column: key })
}

function pad(steps: Float32Array, width: number, offsets: Int32Array, filler: number): Sequences {
  const rows = offsets.length - 1
  const lengths = Int32Array.from({ length: rows }, (_, row) => offsets[row + 1]! - offsets[row]!)
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0)
  const values = new Float32Array(rows * longest * width).fill(filler)
  for (let row = 0; row < rows; row++) {
    values.set(steps.subarray(offsets[row]! * width, offsets[row + 1]! * width), row * longest * width)
  }
  return { steps: longest, width, values, lengths }
}
