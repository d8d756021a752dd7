import type { Tensor2D } from '@tensorflow/tfjs-core'
import { accumulateSquares } from './adagradRows'
import { defineRowUpdate } from './defineRowUpdate'
import linearCode from './ftrlLinear.wgsl?raw'
import code from './ftrlRows.wgsl?raw'
import type { IndexedSlices } from './indexedSlices'

const update = defineRowUpdate<'accumulator' | 'linear', { learningRate: number }>({
  kernelName: 'FtrlRows',
  slots: ['accumulator', 'linear'],
  onArrays({ table, accumulator, linear, rows, gradient }, { learningRate }, U, D) {
    for (let u = 0; u < U; u++) {
      for (let d = 0; d < D; d++) {
        const g = gradient[u * D + d]!
        const at = rows[u]! * D + d
        const n = accumulator[at]! + g * g
        const root = Math.sqrt(n)
        linear[at]! += g - ((root - Math.sqrt(accumulator[at]!)) / learningRate) * table[at]!
        accumulator[at] = n
        table[at] = (-linear[at]! * learningRate) / root
      }
    }
  },
  onDevice({ table, accumulator, linear, rows, gradient }, { learningRate }, each) {
    const floats = { learningRate }
    const linearBuffers = { table, accumulator, rows, gradient }
    return [
      { ...each, target: linear, name: 'ftrlLinear', code: linearCode, buffers: linearBuffers, floats },
      { target: accumulator, ...accumulateSquares({ rows, gradient }, each) },
      { ...each, target: table, name: 'ftrlRows', code, buffers: { accumulator, linear, rows }, floats },
    ]
  },
})
export const registerFtrlRows = update.register

/**
 * FTRL-Proximal (McMahan et al. 2013) on the touched rows, in place, with TensorFlow 1's defaults: learning rate power −½, no l1
 * and l2. n = accumulator + g², linear += g − (√n − √accumulator) / learningRate · table, accumulator = n,
 * table = −linear · learningRate / √n. The accumulator must start above 0 (TensorFlow: 0.1), `linear` at 0: the first step of a
 * row forgets most of its initial weights.
 */
export function ftrlRows(
  table: Tensor2D,
  accumulator: Tensor2D,
  linear: Tensor2D,
  slices: IndexedSlices,
  learningRate: number,
): void {
  update.run(table, { accumulator, linear }, slices, { learningRate })
}
