import type { Tensor2D } from '@tensorflow/tfjs-core'
import { scaledStep } from './adagradRows'
import { decayRows } from './decayRows'
import { defineRowUpdate } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'
import { meanSquares, RMSPROP } from './rmspropRows'

const update = defineRowUpdate<'velocity', { learningRate: number; epsilon: number }>({
  kernelName: 'VelocityRows',
  slots: ['velocity'],
  onArrays({ table, velocity, rows, gradient }, { learningRate, epsilon }, U, D) {
    const { decay } = RMSPROP
    for (let u = 0; u < U; u++) {
      for (let d = 0; d < D; d++) {
        const g = gradient[u * D + d]!
        const at = rows[u]! * D + d
        velocity[at] = decay * velocity[at]! + (1 - decay) * g * g
        table[at]! -= (learningRate * g) / Math.sqrt(velocity[at]! + epsilon)
      }
    }
  },
  onDevice: ({ table, velocity, rows, gradient }, numbers, each) => [
    { target: velocity, ...decayRows({ rows, gradient }, each, meanSquares) },
    { target: table, ...scaledStep({ accumulator: velocity, rows, gradient }, each, numbers) },
  ],
})
export const registerVelocityRows = update.register

/**
 * Keras's RMSprop on the touched rows, in place: velocity = 0.9 · velocity + 0.1 · g², table −= learningRate · g / √(velocity + epsilon). Keras
 * starts `velocity` at 0, with an epsilon of 1e-7, and has no momentum unless asked; in its rows without a gradient the velocity decays too, so it is given all rows.
 */
export function velocityRows(
  table: Tensor2D,
  velocity: Tensor2D,
  slices: IndexedSlices,
  learningRate: number,
  epsilon: number,
): void {
  update.run(table, { velocity }, slices, { learningRate, epsilon })
}
