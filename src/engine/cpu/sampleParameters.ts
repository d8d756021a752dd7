import { type OptimizerSlot, optimizerRule } from '../../experiment/optimizerRules'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { SampleOptimizer } from '../../model/rowDrawer'
import { type HeapParameter, resetSlots, writeRows } from './heapParameter'
import { sampleRowBytes, weightBytes } from './sampleRows'

/**
 * A table and its biases as rows of assembly/samples.ts, where every number of a row lies beside the others; to all else they are two parameters like any.
 * `values` [rows × dimension] are copied, biases begin at 0.
 */
export function createSampleParameters(
  heap: SimdHeap,
  values: Float32Array,
  dimension: number,
  optimizer: SampleOptimizer,
): { table: HeapParameter; bias: HeapParameter } {
  const rows = values.length / dimension
  const [rowBytes, bytes] = [weightBytes(dimension), sampleRowBytes(dimension, optimizer)]
  const { pointer } = heap.allocate((rows * bytes) / 4)
  const shared = { rows, trainable: true, stride: bytes / 4 }
  const slotAt = (slot: OptimizerSlot, at: number, numbers: number, width: number) => ({
    ...slot,
    pointer: at,
    dimension: slot.perRow ? 1 : numbers,
    width: slot.perRow ? 1 : width,
  })
  // These begin alike in both flavors.
  const { slots } = optimizerRule({ type: optimizer, learningRate: 0 })
  const table = {
    ...shared,
    dimension,
    width: rowBytes / 4,
    table: pointer + 16,
    slots: slots.map((slot) => slotAt(slot, slot.perRow ? pointer : pointer + 16 + rowBytes, dimension, rowBytes / 4)),
  }
  const bias = {
    ...shared,
    dimension: 1,
    width: 1,
    table: pointer + 8,
    slots: slots.map((slot) => slotAt(slot, pointer + 4, 1, 1)),
  }
  writeRows(heap, table, null, values)
  for (const parameter of [table, bias]) resetSlots(heap, parameter)
  return { table, bias }
}
