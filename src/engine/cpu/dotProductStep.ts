import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { type DotProductSide, TILE } from './dotProductSide'
import type { HeapBatch } from './heapBatch'
import type { HeapOptimizer } from './heapOptimizer'

/** Examples between two updates of rows in ascending order: their rows stay in the cache. A multiple of 4. */
const PIECE = 512

/**
 * Forward, backward and update of a dot product on the batch in the heap, as `HeapNetwork.step`. `globalBias`: address; `everyRow`: as `OptimizerRule` has it.
 */
export function createDotProductStep(
  heap: SimdHeap,
  batch: HeapBatch,
  sides: readonly [user: DotProductSide, item: DotProductSide],
  optimizer: HeapOptimizer,
  settings: { l2: number; isLogLoss: boolean; globalBias: number; everyRow: boolean },
): () => number {
  const [user, item] = sides
  const [outputs, dOutputs] = [heap.allocate(TILE).pointer, heap.allocate(TILE).pointer]

  /** Of examples `from` … `to` − 1. Returns Σ of their loss. */
  function gradients(from: number, to: number): number {
    return heap.kernels.dotProductGradients(
      user.pointer,
      item.pointer,
      batch.labels,
      batch.size,
      from,
      to,
      user.width,
      settings.isLogLoss ? 1 : 0,
      settings.globalBias,
      outputs,
      dOutputs,
    )
  }

  /** The rows of a side whose ids ascend take their step as soon as their last example has been: nothing else reads them, and they are still in the cache. */
  function gradientsAndUpdates(side: DotProductSide, l2: number): number {
    let loss = 0
    let [begun, updated] = [0, 0]
    for (let from = 0; from < batch.size; from += PIECE) {
      const to = Math.min(batch.size, from + PIECE)
      const last = side.touchedBy(to - 1)
      side.startGradient(l2, begun, last + 1)
      begun = last + 1
      loss += gradients(from, to)
      // The last row may go on in the next piece.
      const complete = to < batch.size ? last : begun
      side.update(updated, complete)
      updated = complete
    }
    return loss
  }

  return () => {
    const l2 = (2 * settings.l2) / batch.size
    for (const side of sides) side.lookUp()
    if (l2 > 0) for (const side of sides) side.count(batch.size)
    optimizer.beginStep()
    const ascending = settings.everyRow ? undefined : sides.find(({ lookups }) => lookups.ascending)
    const others = sides.filter((side) => side !== ascending)
    for (const side of others) side.startGradient(l2, 0, side.touched)
    const loss = ascending ? gradientsAndUpdates(ascending, l2) : gradients(0, batch.size)
    for (const side of others) side.update(0, side.touched)
    return loss
  }
}
