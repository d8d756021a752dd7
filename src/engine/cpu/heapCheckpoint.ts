import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { Checkpoint } from '../../model/trainable'
import { type Part, prepareRestore, readVariables, type Variable } from '../../model/variable'
import type { HeapOptimizer } from './heapOptimizer'
import { type HeapParameter, type HeapSlot, readRows, resetSlots, writeRows } from './heapParameter'

/** All weights and optimizer state; the same names and shapes as the TensorFlow.js execution's. */
export async function saveHeap(
  heap: SimdHeap,
  variables: readonly Variable<HeapParameter>[],
  { steps, slots }: HeapOptimizer,
): Promise<Checkpoint> {
  const read = async (parameter: HeapParameter, part: Part) => {
    const rows = new Float32Array(parameter.rows * (part?.perRow ? 1 : parameter.dimension))
    readRows(heap, parameter, slotOf(parameter, part), rows)
    return rows
  }
  return { ...(await readVariables(variables, slots, read)), steps }
}

/** All or nothing. Without optimizer state, that starts afresh. Throws when an array is missing or of another shape. */
export function restoreHeap(
  heap: SimdHeap,
  variables: readonly Variable<HeapParameter>[],
  optimizer: HeapOptimizer,
  checkpoint: Checkpoint,
): void {
  const restore = prepareRestore(variables, optimizer.slots, checkpoint, {
    write: (parameter, part, rows) => writeRows(heap, parameter, slotOf(parameter, part), rows),
    resetSlots: (parameter) => resetSlots(heap, parameter),
  })
  optimizer.steps = restore()
}

function slotOf({ slots }: HeapParameter, part: Part): HeapSlot | null {
  return part && slots.find(({ name }) => name === part.name)!
}
