import type { Tensor2D } from '@tensorflow/tfjs-core'
import { defineRowUpdate } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'
import accumulateCode from './rowAdagradAccumulate.wgsl?raw'
import code from './rowAdagradRows.wgsl?raw'

const update = defineRowUpdate<'accumulator', { learningRate: number }>({
  kernelName: 'RowAdagradRows',
  slots: ['accumulator'],
  onArrays({ table, accumulator, rows, gradient }, { learningRate }, U, D) {
    for (let u = 0; u < U; u++) {
      const row = rows[u]!
      let squares = 0
      for (let d = 0; d < D; d++) squares += gradient[u * D + d]! * gradient[u * D + d]!
      accumulator[row]! += squares / D
      const rate = learningRate / Math.sqrt(accumulator[row]!)
      for (let d = 0; d < D; d++) table[row * D + d]! -= rate * gradient[u * D + d]!
    }
  },
  onDevice: ({ table, accumulator, rows, gradient }, { learningRate }, each) => [
    {
      target: accumulator,
      name: 'rowAdagradAccumulate',
      code: accumulateCode,
      threads: each.threads / each.integers.dim,
      buffers: { rows, gradient },
      integers: each.integers,
    },
    {
      ...each,
      target: table,
      name: 'rowAdagradRows',
      code,
      buffers: { accumulator, rows, gradient },
      floats: { learningRate },
    },
  ],
})
export const registerRowAdagradRows = update.register

/**
 * Adagrad with one accumulator a row, on the touched rows, in place: accumulator += mean of g² over the row,
 * table −= learningRate · g / √accumulator. `accumulator` [V, 1] must start above 0. The state is 1 / dimension of Adagrad's;
 * it is how PyTorch's fbgemm (row-wise Adagrad) and LIBMF train large tables.
 */
export function rowAdagradRows(
  table: Tensor2D,
  accumulator: Tensor2D,
  slices: IndexedSlices,
  learningRate: number,
): void {
  update.run(table, { accumulator }, slices, { learningRate })
}
