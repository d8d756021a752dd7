import type { OptimizerSlot } from '../../experiment/optimizerRules'
import type { SimdHeap } from '../../kernels/simd/simdHeap'

/** A trained (or frozen) array [rows × dimension] in a heap, with its optimizer slots. Pointers. */
export interface HeapParameter {
  readonly rows: number
  readonly dimension: number
  readonly trainable: boolean
  /** Numbers of a row as the kernels see it: the dimension padded with zeros to a multiple of 4, or 1. */
  readonly width: number
  /** Floats from a row to the next, of the weights and of every slot. */
  readonly stride: number
  readonly table: number
  /** In the optimizer's order; none when not trainable. */
  readonly slots: readonly HeapSlot[]
}

export interface HeapSlot extends OptimizerSlot {
  readonly pointer: number
  /** Numbers of a row: the parameter's dimension, or 1. */
  readonly dimension: number
  /** With their padding. */
  readonly width: number
}

/** Bytes of a cache line. */
const LINE = 64

/**
 * `values` [rows × dimension] are copied. `slotsApart`: contiguous rows, for a matrix that is multiplied with; otherwise the slots of a row follow
 * its weights, so that a row looked up and updated comes from memory in one piece. `lanes`: rows of one number are padded too.
 */
export function createHeapParameter(
  heap: SimdHeap,
  values: Float32Array,
  dimension: number,
  slotSpecs: readonly OptimizerSlot[],
  { trainable = true, slotsApart = false, lanes = false } = {},
): HeapParameter {
  const rows = values.length / dimension
  const width = lanes ? Math.max(4, paddedWidth(dimension)) : paddedWidth(dimension)
  const specs = trainable ? slotSpecs : []
  const stride = slotsApart ? width : width * (1 + specs.length)
  const pieces = slotsApart ? 1 + specs.length : 1
  const blocks = Array.from({ length: pieces }, () => allocateLines(heap, rows * stride))
  const slots = specs.map((spec, i): HeapSlot => {
    const pointer = slotsApart ? blocks[i + 1]! : blocks[0]! + 4 * (i + 1) * width
    return { ...spec, pointer, dimension: spec.perRow ? 1 : dimension, width }
  })
  const parameter = { rows, dimension, trainable, width, stride, table: blocks[0]!, slots }
  writeRows(heap, parameter, null, values)
  resetSlots(heap, parameter)
  return parameter
}

/** Floats that a row of `dimension` numbers takes. */
export function paddedWidth(dimension: number): number {
  return dimension === 1 ? 1 : 4 * Math.ceil(dimension / 4)
}

/** Gives slots the values they begin with; the padding too, so that nothing divides by zero there. */
export function resetSlots(heap: SimdHeap, { rows, stride, slots }: HeapParameter): void {
  for (const { pointer, initial, width } of slots) {
    const all = heap.floats({ pointer, length: (rows - 1) * stride + width })
    for (let row = 0; row < rows; row++) all.fill(initial, row * stride, row * stride + width)
  }
}

/** Puts [rows × dimension] into the weights (`slot` null) or a slot. Padding starts anew: an overflow that is undone has reached it too. */
export function writeRows(heap: SimdHeap, parameter: HeapParameter, slot: HeapSlot | null, values: Float32Array): void {
  const { rows, stride } = parameter
  const { pointer, dimension, width } = placeOf(parameter, slot)
  const padding = slot?.initial ?? 0
  const all = heap.floats({ pointer, length: (rows - 1) * stride + width })
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < dimension; d++) all[row * stride + d] = values[row * dimension + d]!
    all.fill(padding, row * stride + dimension, row * stride + width)
  }
}

/** Takes them out, into `target` [rows × dimension]. */
export function readRows(heap: SimdHeap, parameter: HeapParameter, slot: HeapSlot | null, target: Float32Array): void {
  const { rows, stride } = parameter
  const { pointer, dimension } = placeOf(parameter, slot)
  const all = heap.floats({ pointer, length: (rows - 1) * stride + dimension })
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < dimension; d++) target[row * dimension + d] = all[row * stride + d]!
  }
}

function placeOf(
  parameter: HeapParameter,
  slot: HeapSlot | null,
): { pointer: number; dimension: number; width: number } {
  return slot ?? { pointer: parameter.table, dimension: parameter.dimension, width: parameter.width }
}

/** Pointer to `length` zeros that begin a cache line: rows of 64 bytes must not lie across two. */
function allocateLines(heap: SimdHeap, length: number): number {
  const { pointer } = heap.allocate(length + LINE / 4)
  return Math.ceil(pointer / LINE) * LINE
}
