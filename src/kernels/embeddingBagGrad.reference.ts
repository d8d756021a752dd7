import type { Combiner } from './combiner'
import { type BagOptionsReference, bagNormReference, clipScaleReference } from './embeddingBag.reference'

/**
 * The dense gradient [V, D] that TensorFlow would sum its IndexedSlices to: each lookup i of bag b adds
 * w(b, i) · dOut[b] + l2 · table[ids[i]] to the row ids[i], the first part taken back through the clipping of the row.
 */
export function embeddingBagGradReference(
  dOut: Float32Array,
  table: Float32Array,
  dim: number,
  ids: Int32Array,
  offsets: Int32Array,
  combiner: Combiner,
  l2: number,
  { weights = null, maxNorm = null }: BagOptionsReference = {},
): Float32Array {
  const dTable = new Float64Array(table.length)
  for (let b = 0; b < offsets.length - 1; b++) {
    const norm = bagNormReference(combiner, offsets[b]!, offsets[b + 1]!, weights)
    for (let i = offsets[b]!; i < offsets[b + 1]!; i++) {
      const row = table.subarray(ids[i]! * dim, (ids[i]! + 1) * dim)
      const dClipped = Float64Array.from({ length: dim }, (_, d) => norm * (weights?.[i] ?? 1) * dOut[b * dim + d]!)
      const dRow = clipGradientReference(row, dClipped, maxNorm)
      for (let d = 0; d < dim; d++) dTable[ids[i]! * dim + d]! += dRow[d]! + l2 * row[d]!
    }
  }
  return Float32Array.from(dTable)
}

/** Of y = row · maxNorm / ‖row‖: maxNorm / ‖row‖ · (dY − row · ⟨row, dY⟩ / ‖row‖²). Short rows are not clipped. */
function clipGradientReference(row: Float32Array, dY: Float64Array, maxNorm: number | null): Float64Array {
  const scale = clipScaleReference(row, maxNorm)
  if (scale === 1) return dY
  const squares = row.reduce((sum, value) => sum + value ** 2, 0)
  const along = dY.reduce((sum, value, d) => sum + value * row[d]!, 0) / squares
  return dY.map((value, d) => scale * (value - along * row[d]!))
}
