import type { Tensor2D, TensorInfo } from '@tensorflow/tfjs-core'
import accumulateCode from './adagradAccumulate.wgsl?raw'
import code from './adagradRows.wgsl?raw'
import { defineRowUpdate, type Each } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'
import type { Dispatch } from './webgpuProgram'

const update = defineRowUpdate<'accumulator', { learningRate: number; epsilon: number }>({
  kernelName: 'AdagradRows',
  slots: ['accumulator'],
  onArrays({ table, accumulator, rows, gradient }, { learningRate, epsilon }, U, D) {
    for (let u = 0; u < U; u++) {
      const to = rows[u]! * D
      for (let d = 0; d < D; d++) {
        const g = gradient[u * D + d]!
        accumulator[to + d]! += g * g
        table[to + d]! -= (learningRate * g) / Math.sqrt(accumulator[to + d]! + epsilon)
      }
    }
  },
  onDevice: ({ table, accumulator, rows, gradient }, numbers, each) => [
    { target: accumulator, ...accumulateSquares({ rows, gradient }, each) },
    { target: table, ...scaledStep({ accumulator, rows, gradient }, each, numbers) },
  ],
})
export const registerAdagradRows = update.register

/**
 * Adagrad on the touched rows, in place: accumulator += g², table −= learningRate · g / √(accumulator + epsilon).
 * TensorFlow 1 has no epsilon (0), Keras 1e-7; the accumulator of both starts at 0.1.
 */
export function adagradRows(
  table: Tensor2D,
  accumulator: Tensor2D,
  slices: IndexedSlices,
  learningRate: number,
  epsilon: number,
): void {
  update.run(table, { accumulator }, slices, { learningRate, epsilon })
}

/** The dispatch that adds g² to the touched rows of a slot: also of `ftrlRows`. */
export function accumulateSquares(buffers: { rows: TensorInfo; gradient: TensorInfo }, each: Each): Dispatch {
  return { ...each, name: 'adagradAccumulate', code: accumulateCode, buffers }
}

/** The dispatch that moves the touched rows of a table by the gradient over the root of a slot: also of `velocityRows`. */
export function scaledStep(
  buffers: { accumulator: TensorInfo; rows: TensorInfo; gradient: TensorInfo },
  each: Each,
  { learningRate, epsilon }: { learningRate: number; epsilon: number },
): Dispatch {
  return { ...each, name: 'adagradRows', code, buffers, floats: { learningRate, epsilon } }
}
