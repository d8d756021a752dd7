import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { Checkpoint } from '../../model/trainable'
import type { HeapOptimizer } from './heapOptimizer'
import { resetSlots } from './heapParameter'
import { type HeapVariable, heapParametersOf, prepareHeapWrite, readHeapVariables } from './heapVariable'

/** All weights and optimizer state; the same names and shapes as the TensorFlow.js execution's. */
export function saveHeap(
  heap: SimdHeap,
  variables: readonly HeapVariable[],
  { steps, slots }: HeapOptimizer,
): Checkpoint {
  const state = slots.map(({ name }) => readHeapVariables(heap, variables, name))
  return { weights: readHeapVariables(heap, variables, null), optimizer: Object.assign({}, ...state), steps }
}

/** All or nothing. Without optimizer state, that starts afresh. Throws when an array is missing or of another shape. */
export function restoreHeap(
  heap: SimdHeap,
  variables: readonly HeapVariable[],
  optimizer: HeapOptimizer,
  checkpoint: Checkpoint,
): void {
  const hasState = Object.keys(checkpoint.optimizer).length > 0
  const slots = hasState ? optimizer.slots : []
  const writes = [
    prepareHeapWrite(heap, variables, null, checkpoint.weights),
    ...slots.map(({ name }) => prepareHeapWrite(heap, variables, name, checkpoint.optimizer)),
  ]
  for (const write of writes) write()
  if (!hasState) for (const parameter of heapParametersOf(variables)) resetSlots(heap, parameter)
  // Plain gradient descent has no state but its steps; Adam must not count steps that its moments do not hold.
  optimizer.steps = hasState || optimizer.slots.length === 0 ? checkpoint.steps : 0
}
