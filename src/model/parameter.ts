import { type Tensor2D, tensor2d } from '@tensorflow/tfjs-core'
import { readTensor } from '../kernels/readTensor'
import type { Part } from './variable'

/** A trained (or frozen) array on the backend in use, with its optimizer slots: of the same shape, or one number a row. Updated in place by kernels. */
export interface Parameter {
  readonly rows: number
  readonly dimension: number
  readonly trainable: boolean
  tensor: Tensor2D
  /** By slot name (experiment/optimizerRules.ts), [rows, dimension] or [rows, 1]. Empty when not trainable. */
  readonly slots: Map<string, Tensor2D>
}

/** `values` [rows × dimension] is copied: the tensor changes under training. */
export function createParameter(values: Float32Array, dimension: number, trainable = true): Parameter {
  const rows = values.length / dimension
  return { rows, dimension, trainable, tensor: ownTensor(values, rows, dimension), slots: new Map() }
}

/** A tensor whose memory is shared with nobody. The CPU backend would train inside the caller's array otherwise. */
export function ownTensor(values: Float32Array, rows: number, dimension: number): Tensor2D {
  return tensor2d(values.slice(), [rows, dimension], 'float32')
}

export function disposeParameter(parameter: Parameter): void {
  parameter.tensor.dispose()
  for (const slot of parameter.slots.values()) slot.dispose()
}

/** [rows × dimension], or [rows] of a slot with one number a row. A fresh array. */
export function readRows({ tensor, slots }: Parameter, part: Part): Promise<Float32Array> {
  return readTensor(part === null ? tensor : slots.get(part.name)!)
}

/** Into a new tensor: TensorFlow.js uploads into no tensor that is there. */
export function writeRows(parameter: Parameter, part: Part, values: Float32Array): void {
  const tensor = ownTensor(values, parameter.rows, part?.perRow ? 1 : parameter.dimension)
  if (part === null) {
    parameter.tensor.dispose()
    parameter.tensor = tensor
  } else {
    parameter.slots.get(part.name)?.dispose()
    parameter.slots.set(part.name, tensor)
  }
}
