import type { OptimizerSlot } from '../../experiment/optimizerRules'
import type { DeviceBuffers } from './deviceBuffers'
import { writeBuffer } from './deviceBuffers'

/** A trained (or frozen) array [rows × dimension] on the device, with its optimizer slots. */
export interface GpuParameter {
  readonly rows: number
  readonly dimension: number
  /** Numbers from a row to the next: the dimension, or more with zeros behind it. */
  readonly width: number
  readonly trainable: boolean
  readonly weights: GPUBuffer
  /** By name; none when not trainable. */
  readonly slots: ReadonlyMap<string, GpuSlot>
}

export interface GpuSlot extends OptimizerSlot {
  readonly buffer: GPUBuffer
}

export interface ParameterSpec {
  /** For the message when the device cannot hold it, which is about `field` of the experiment. */
  name: string
  field: string
  /** [rows × dimension] */
  values: Float32Array
  dimension: number
  width?: number
  trainable: boolean
}

export function createGpuParameter(
  device: GPUDevice,
  buffers: DeviceBuffers,
  slotSpecs: readonly OptimizerSlot[],
  { name, field, values, dimension, width = dimension, trainable }: ParameterSpec,
): GpuParameter {
  const rows = values.length / dimension
  const slots = trainable ? slotSpecs : []
  const parameter: GpuParameter = {
    rows,
    dimension,
    width,
    trainable,
    weights: buffers.allocate(`The table ${name}`, rows * width, field),
    slots: new Map(
      slots.map((slot) => {
        const buffer = buffers.allocate(`${slot.name} of the table ${name}`, rows * (slot.perRow ? 1 : width), field)
        return [slot.name, { ...slot, buffer }]
      }),
    ),
  }
  writeRows(device, parameter, null, values)
  resetSlots(device, parameter)
  return parameter
}

/** Numbers of a row of the weights (`slot` null) or of a slot, and from a row to the next. */
export function rowWidth(
  { dimension, width }: GpuParameter,
  slot: GpuSlot | null,
): { dimension: number; width: number } {
  return slot?.perRow ? { dimension: 1, width: 1 } : { dimension, width }
}

export function bufferOf(parameter: GpuParameter, slot: GpuSlot | null): GPUBuffer {
  return slot ? slot.buffer : parameter.weights
}

/** Puts [rows × dimension] into the weights (`slot` null) or a slot. */
export function writeRows(
  device: GPUDevice,
  parameter: GpuParameter,
  slot: GpuSlot | null,
  values: Float32Array,
): void {
  const { dimension, width } = rowWidth(parameter, slot)
  const buffer = bufferOf(parameter, slot)
  writeBuffer(device, buffer, 0, width === dimension ? values : padRows(parameter, values, width, slot?.initial ?? 0))
}

/** Zeros behind each row; behind that of a slot what it begins with, so that nothing divides by zero there. */
function padRows(
  { rows, dimension }: GpuParameter,
  values: Float32Array,
  width: number,
  padding: number,
): Float32Array {
  const padded = new Float32Array(rows * width).fill(padding)
  for (let row = 0; row < rows; row++) {
    padded.set(values.subarray(row * dimension, (row + 1) * dimension), row * width)
  }
  return padded
}

/** The numbers of a buffer without their padding. */
export function readRows(parameter: GpuParameter, slot: GpuSlot | null, padded: Float32Array): Float32Array {
  const { dimension, width } = rowWidth(parameter, slot)
  if (width === dimension) return padded
  const values = new Float32Array(parameter.rows * dimension)
  for (let row = 0; row < parameter.rows; row++) {
    values.set(padded.subarray(row * width, row * width + dimension), row * dimension)
  }
  return values
}

/** Gives slots the values that they begin with. */
export function resetSlots(device: GPUDevice, parameter: GpuParameter): void {
  for (const slot of parameter.slots.values()) {
    const length = parameter.rows * rowWidth(parameter, slot).width
    // In pieces: slots of large tables need not be in memory as a whole.
    const piece = new Float32Array(Math.min(length, 2 ** 20)).fill(slot.initial)
    for (let at = 0; at < length; at += piece.length) {
      writeBuffer(device, slot.buffer, at, piece.subarray(0, Math.min(piece.length, length - at)))
    }
  }
}
