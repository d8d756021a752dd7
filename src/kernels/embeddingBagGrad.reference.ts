import type { Combiner } from './embeddingBag'

/**
 * The dense gradient [V, D] that TensorFlow would sum its IndexedSlices to: each lookup i of bag b adds
 * w(b) · dOut[b] + l2 · table[ids[i]] to the row ids[i].
 */
export function embeddingBagGradReference(
  dOut: Float32Array,
  table: Float32Array,
  dim: number,
  ids: Int32Array,
  offsets: Int32Array,
  combiner: Combiner,
  l2: number,
): Float32Array {
  const dTable = new Float64Array(table.length)
  for (let b = 0; b < offsets.length - 1; b++) {
    const count = offsets[b + 1]! - offsets[b]!
    const weight = combiner === 'mean' ? 1 / count : combiner === 'sqrtn' ? 1 / Math.sqrt(count) : 1
    for (let i = offsets[b]!; i < offsets[b + 1]!; i++) {
      for (let d = 0; d < dim; d++) {
        const at = ids[i]! * dim + d
        dTable[at]! += weight * dOut[b * dim + d]! + l2 * table[at]!
      }
    }
  }
  return Float32Array.from(dTable)
}
