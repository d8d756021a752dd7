import type { EmbeddingColumn } from '../experiment/experiment'
import type { SparseIds } from './encodeFeature'

export interface LookupOptions {
  combiner: EmbeddingColumn['combiner']
  /** A longer row enters scaled down to it; null = none is. */
  maxNorm: number | null
  /** What an empty row looks up; without one it gives zeros, as in every feature column. */
  defaultId?: number
}

/**
 * One vector a row: its bags of ids looked up in `table` [buckets × dimension] and combined, as TensorFlow's
 * `safe_embedding_lookup_sparse` does: ids below 0 are dropped, and where the combiner divides by weights those that are not above 0;
 * a row without any gives zeros. Mean divides by the sum of the weights, sqrtn by the root of the sum of their squares.
 */
export function safeEmbeddingLookupSparse(
  table: Float32Array,
  dimension: number,
  { ids, offsets, weights }: Pick<SparseIds, 'ids' | 'offsets' | 'weights'>,
  { combiner, maxNorm, defaultId }: LookupOptions,
): Float32Array {
  const rows = offsets.length - 1
  const result = new Float32Array(rows * dimension)
  const sum = new Float64Array(dimension)
  const add = (id: number, weight: number) => {
    const vector = table.subarray(id * dimension, (id + 1) * dimension)
    const scale = weight * (maxNorm === null ? 1 : clip(vector, maxNorm))
    for (let d = 0; d < dimension; d++) sum[d]! += scale * vector[d]!
    return combiner === 'sqrtn' ? weight * weight : weight
  }
  for (let row = 0; row < rows; row++) {
    sum.fill(0)
    let total = 0
    let held = 0
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) {
      const weight = weights ? weights[i]! : 1
      if (ids[i]! < 0 || (combiner !== 'sum' && !(weight > 0))) continue
      held++
      total += add(ids[i]!, weight)
    }
    if (held === 0 && defaultId !== undefined) total = add(defaultId, 1)
    const divisor = combiner === 'sum' ? 1 : combiner === 'mean' ? total : Math.sqrt(total)
    for (let d = 0; d < dimension; d++) result[row * dimension + d] = divisor === 0 ? 0 : sum[d]! / divisor
  }
  return result
}

/** What a vector longer than `maxNorm` is multiplied by. */
function clip(vector: Float32Array, maxNorm: number): number {
  let squares = 0
  for (let d = 0; d < vector.length; d++) squares += vector[d]! * vector[d]!
  return squares > maxNorm * maxNorm ? maxNorm / Math.sqrt(squares) : 1
}
