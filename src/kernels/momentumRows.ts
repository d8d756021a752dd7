import type { Tensor2D, TensorInfo } from '@tensorflow/tfjs-core'
import { decayRows } from './decayRows'
import { defineRowUpdate, type Each } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'
import code from './momentumRows.wgsl?raw'
import type { Dispatch } from './webgpuProgram'

/** Share of the last step that goes on, as in TensorFlow's examples; neither TensorFlow 1 nor Keras has it for a default. */
export const MOMENTUM = 0.9

const update = defineRowUpdate<'momentum', { rate: number; share: number }>({
  kernelName: 'MomentumRows',
  slots: ['momentum'],
  onArrays({ table, momentum, rows, gradient }, { rate, share }, U, D) {
    for (let u = 0; u < U; u++) {
      const to = rows[u]! * D
      for (let d = 0; d < D; d++) {
        momentum[to + d] = MOMENTUM * momentum[to + d]! + share * gradient[u * D + d]!
        table[to + d]! -= rate * momentum[to + d]!
      }
    }
  },
  onDevice: ({ table, momentum, rows, gradient }, { rate, share }, each) => [
    { target: momentum, ...decayRows({ rows, gradient }, each, { decay: MOMENTUM, share, power: 1 }) },
    { target: table, ...moveRows({ momentum, rows }, each, rate) },
  ],
})
export const registerMomentumRows = update.register

/**
 * Momentum on the touched rows, in place: momentum = 0.9 · momentum + share · g, table −= rate · momentum. TensorFlow 1 has a share of 1 and
 * the learning rate for `rate`; Keras, whose momentum is the step itself, −learning rate and −1. Rows that are not touched keep their momentum
 * and do not move by it, as in TensorFlow 1; Keras moves them, so it is given all rows.
 */
export function momentumRows(
  table: Tensor2D,
  momentum: Tensor2D,
  slices: IndexedSlices,
  rate: number,
  share: number,
): void {
  update.run(table, { momentum }, slices, { rate, share })
}

/** The dispatch that moves the touched rows of a table by a slot, times a rate. */
export function moveRows(
  buffers: { momentum: TensorInfo; rows: TensorInfo },
  each: Each,
  learningRate: number,
): Dispatch {
  return { ...each, name: 'momentumRows', code, buffers, floats: { learningRate } }
}
