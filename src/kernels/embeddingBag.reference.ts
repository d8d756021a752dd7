import type { Combiner } from './combiner'

/** What a lookup may have beside its id, on plain arrays. */
export interface BagOptionsReference {
  /** [N] of each lookup; null = 1. */
  weights?: Float32Array | null
  /** Rows longer than this are looked up scaled down to it; null = as they are. */
  maxNorm?: number | null
}

/**
 * TensorFlow's embedding_lookup_sparse: out[b] = combiner of weights[i] · clip(table[ids[i]]) over the lookups i of bag b; zeros for an
 * empty bag, and for one whose weights sum to 0. Defines the kernel's answer.
 */
export function embeddingBagReference(
  table: Float32Array,
  dim: number,
  ids: Int32Array,
  offsets: Int32Array,
  combiner: Combiner,
  { weights = null, maxNorm = null }: BagOptionsReference = {},
): Float32Array {
  const bags = offsets.length - 1
  const out = new Float32Array(bags * dim)
  for (let b = 0; b < bags; b++) {
    const norm = bagNormReference(combiner, offsets[b]!, offsets[b + 1]!, weights)
    for (let d = 0; d < dim; d++) {
      let sum = 0
      for (let i = offsets[b]!; i < offsets[b + 1]!; i++) {
        const row = table.subarray(ids[i]! * dim, (ids[i]! + 1) * dim)
        sum += (weights?.[i] ?? 1) * clipScaleReference(row, maxNorm) * row[d]!
      }
      out[b * dim + d] = norm * sum
    }
  }
  return out
}

/** What the sum of a bag is multiplied by: 1, 1 / Σ weights (mean) or 1 / √Σ weights² (sqrtn); 0 where that is 1 / 0. */
export function bagNormReference(combiner: Combiner, first: number, end: number, weights: Float32Array | null): number {
  if (combiner === 'sum') return 1
  let total = 0
  for (let i = first; i < end; i++) {
    const weight = weights?.[i] ?? 1
    total += combiner === 'mean' ? weight : weight ** 2
  }
  if (total === 0) return 0
  return combiner === 'mean' ? 1 / total : 1 / Math.sqrt(total)
}

/** TensorFlow's clip_by_norm as a factor: maxNorm / max(‖row‖, maxNorm). */
export function clipScaleReference(row: Float32Array, maxNorm: number | null): number {
  return maxNorm === null ? 1 : maxNorm / Math.max(Math.hypot(...row), maxNorm)
}
