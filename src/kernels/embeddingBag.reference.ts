import type { Combiner } from './embeddingBag'

/** out[b] = combiner of table[ids[i]] over the lookups i of bag b; zeros for an empty bag. Defines the kernel's answer. */
export function embeddingBagReference(
  table: Float32Array,
  dim: number,
  ids: Int32Array,
  offsets: Int32Array,
  combiner: Combiner,
): Float32Array {
  const bags = offsets.length - 1
  const out = new Float32Array(bags * dim)
  for (let b = 0; b < bags; b++) {
    const count = offsets[b + 1]! - offsets[b]!
    const weight = combiner === 'mean' ? 1 / count : combiner === 'sqrtn' ? 1 / Math.sqrt(count) : 1
    for (let d = 0; d < dim; d++) {
      let sum = 0
      for (let i = offsets[b]!; i < offsets[b + 1]!; i++) sum += table[ids[i]! * dim + d]!
      out[b * dim + d] = count === 0 ? 0 : weight * sum
    }
  }
  return out
}
