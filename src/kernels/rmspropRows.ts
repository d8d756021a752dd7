import type { Tensor2D } from '@tensorflow/tfjs-core'
import { type Decay, decayRows } from './decayRows'
import { defineRowUpdate } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'
import { moveRows } from './momentumRows'
import code from './rmspropRows.wgsl?raw'

/** TensorFlow 1's defaults; Keras has the same decay. */
export const RMSPROP = { decay: 0.9, momentum: 0 } as const

/** How `rms` of TensorFlow 1 and `velocity` of Keras follow the gradient. */
export const meanSquares: Decay = { decay: RMSPROP.decay, share: 1 - RMSPROP.decay, power: 2 }

const update = defineRowUpdate<'rms' | 'momentum', { learningRate: number; epsilon: number }>({
  kernelName: 'RmspropRows',
  slots: ['rms', 'momentum'],
  onArrays({ table, rms, momentum, rows, gradient }, { learningRate, epsilon }, U, D) {
    const { decay, momentum: kept } = RMSPROP
    for (let u = 0; u < U; u++) {
      for (let d = 0; d < D; d++) {
        const g = gradient[u * D + d]!
        const at = rows[u]! * D + d
        rms[at] = decay * rms[at]! + (1 - decay) * g * g
        momentum[at] = kept * momentum[at]! + (learningRate * g) / Math.sqrt(rms[at]! + epsilon)
        table[at]! -= momentum[at]!
      }
    }
  },
  onDevice: ({ table, rms, momentum, rows, gradient }, { learningRate, epsilon }, each) => [
    { target: rms, ...decayRows({ rows, gradient }, each, meanSquares) },
    {
      ...each,
      target: momentum,
      name: 'rmspropRows',
      code,
      buffers: { rms, rows, gradient },
      floats: { learningRate, decay: RMSPROP.momentum, epsilon },
    },
    { target: table, ...moveRows({ momentum, rows }, each, 1) },
  ],
})
export const registerRmspropRows = update.register

/**
 * TensorFlow 1's RMSProp on the touched rows, in place, with ε inside the root: rms = 0.9 · rms + 0.1 · g²,
 * momentum = 0 · momentum + learningRate · g / √(rms + ε), table −= momentum. TensorFlow starts `rms` at 1, with an ε of 1e-10.
 * Rows that are not touched keep all three, as in TensorFlow.
 */
export function rmspropRows(
  table: Tensor2D,
  rms: Tensor2D,
  momentum: Tensor2D,
  slices: IndexedSlices,
  learningRate: number,
  epsilon: number,
): void {
  update.run(table, { rms, momentum }, slices, { learningRate, epsilon })
}
