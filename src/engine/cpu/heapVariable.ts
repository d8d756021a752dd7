import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { NamedArray } from '../../model/trainable'
import { type HeapParameter, type HeapSlot, readRows, writeRows } from './heapParameter'

/** A weight under the name that TensorFlow gives it: model/variable.ts, in a heap. */
export interface HeapVariable {
  name: string
  shape: number[]
  /** In the order of the variable's rows; together they are all of them. */
  pieces: { parameter: HeapParameter; firstRow: number; rows: number }[]
}

export function heapVariableOf(
  name: string,
  parameter: HeapParameter,
  shape = [parameter.rows, parameter.dimension],
): HeapVariable {
  return { name, shape, pieces: [{ parameter, firstRow: 0, rows: parameter.rows }] }
}

/** The parameters behind variables, each once. */
export function heapParametersOf(variables: readonly HeapVariable[]): HeapParameter[] {
  return [...new Set(variables.flatMap(({ pieces }) => pieces.map(({ parameter }) => parameter)))]
}

/** Variables, or one of their slots, as plain arrays. Variables without that slot are left out. */
export function readHeapVariables(
  heap: SimdHeap,
  variables: readonly HeapVariable[],
  slotName: string | null,
): Record<string, NamedArray> {
  const named: Record<string, NamedArray> = {}
  for (const variable of variables) {
    const parts = partsOf(variable, slotName)
    if (!parts) continue
    const { name, shape } = arrayOf(variable, slotName, parts)
    const values = new Float32Array(sizeOf(shape))
    let at = 0
    for (const { parameter, slot, dimension, firstRow, rows } of parts) {
      const all = new Float32Array(parameter.rows * dimension)
      readRows(heap, parameter, slot, all)
      values.set(all.subarray(firstRow * dimension, (firstRow + rows) * dimension), at)
      at += rows * dimension
    }
    named[name] = { shape, values }
  }
  return named
}

/**
 * Puts arrays that `readHeapVariables` made back, when the function returned is called. Throws at once, and changes nothing, when one is missing
 * or of another shape.
 */
export function prepareHeapWrite(
  heap: SimdHeap,
  variables: readonly HeapVariable[],
  slotName: string | null,
  named: Record<string, NamedArray>,
): () => void {
  const contents = new Map<HeapParameter, { slot: HeapSlot | null; values: Float32Array }>()
  for (const variable of variables) {
    const parts = partsOf(variable, slotName)
    if (!parts) continue
    const from = matching(arrayOf(variable, slotName, parts), named)
    let at = 0
    for (const { parameter, slot, dimension, firstRow, rows } of parts) {
      const values = contents.get(parameter)?.values ?? new Float32Array(parameter.rows * dimension)
      values.set(from.subarray(at, at + rows * dimension), firstRow * dimension)
      contents.set(parameter, { slot, values })
      at += rows * dimension
    }
  }
  return () => {
    for (const [parameter, { slot, values }] of contents) writeRows(heap, parameter, slot, values)
  }
}

interface Part {
  parameter: HeapParameter
  slot: HeapSlot | null
  dimension: number
  firstRow: number
  rows: number
}

/** null: a parameter of the variable has no such slot. */
function partsOf({ pieces }: HeapVariable, slotName: string | null): Part[] | null {
  const parts: Part[] = []
  for (const { parameter, firstRow, rows } of pieces) {
    const slot = slotName === null ? null : parameter.slots.find(({ name }) => name === slotName)
    if (slot === undefined) return null
    parts.push({ parameter, slot, dimension: slot ? slot.dimension : parameter.dimension, firstRow, rows })
  }
  return parts
}

/** Name and shape in a checkpoint. A slot with one number a row has shape [rows, 1]. */
function arrayOf({ name, shape }: HeapVariable, slotName: string | null, parts: Part[]) {
  if (slotName === null) return { name, shape }
  const perRow = parts.some(({ slot }) => slot?.perRow)
  return {
    name: `${name}/${slotName}`,
    shape: perRow ? [parts.reduce((sum, { rows }) => sum + rows, 0), 1] : shape,
  }
}

function matching({ name, shape }: { name: string; shape: number[] }, named: Record<string, NamedArray>): Float32Array {
  const array = named[name]
  if (!array) throw new Error(`The saved weights have no ${name}, which this model needs.`)
  if (array.shape.join() !== shape.join() || array.values.length !== sizeOf(shape)) {
    throw new Error(
      `The saved weights have ${name} of shape [${array.shape.join(', ')}]; this model needs [${shape.join(', ')}].`,
    )
  }
  return array.values
}

function sizeOf(shape: number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
