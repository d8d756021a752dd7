import type { Tensor2D } from '@tensorflow/tfjs-core'
import { defineRowUpdate } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'
import code from './sgdRows.wgsl?raw'

const update = defineRowUpdate<never, { learningRate: number }>({
  kernelName: 'SgdRows',
  slots: [],
  onArrays({ table, rows, gradient }, { learningRate }, U, D) {
    for (let u = 0; u < U; u++) {
      const to = rows[u]! * D
      for (let d = 0; d < D; d++) table[to + d]! -= learningRate * gradient[u * D + d]!
    }
  },
  onDevice: ({ table, rows, gradient }, { learningRate }, each) => [
    { ...each, target: table, name: 'sgdRows', code, buffers: { rows, gradient }, floats: { learningRate } },
  ],
})
export const registerSgdRows = update.register

/** Gradient descent on the touched rows, in place. */
export function sgdRows(table: Tensor2D, slices: IndexedSlices, learningRate: number): void {
  update.run(table, {}, slices, { learningRate })
}
