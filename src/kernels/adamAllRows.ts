import { type Tensor2D, util } from '@tensorflow/tfjs-core'
import code from './adamAllRows.wgsl?raw'
import { ADAM, adamRate } from './adamRate'
import decayCode from './decayAll.wgsl?raw'
import { decayRows } from './decayRows'
import { defineRowUpdate } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'

const update = defineRowUpdate<'m' | 'v', { rate: number; epsilon: number }>({
  kernelName: 'AdamAllRows',
  slots: ['m', 'v'],
  onArrays({ table, m, v, rows, gradient }, { rate, epsilon }, U, D) {
    const { beta1, beta2 } = ADAM
    for (let i = 0; i < m.length; i++) {
      m[i]! *= beta1
      v[i]! *= beta2
    }
    for (let u = 0; u < U; u++) {
      const to = rows[u]! * D
      for (let d = 0; d < D; d++) {
        const g = gradient[u * D + d]!
        m[to + d]! += (1 - beta1) * g
        v[to + d]! += (1 - beta2) * g * g
      }
    }
    for (let i = 0; i < table.length; i++) table[i]! -= (rate * m[i]!) / (Math.sqrt(v[i]!) + epsilon)
  },
  onDevice({ table, m, v, rows, gradient }, { rate, epsilon }, each) {
    const threads = util.sizeFromShape(table.shape)
    const moments = [
      { target: m, power: 1, beta: ADAM.beta1 },
      { target: v, power: 2, beta: ADAM.beta2 },
    ] as const
    return [
      ...moments.flatMap(({ target, power, beta }) => [
        { target, name: 'decayAll', code: decayCode, threads, buffers: {}, floats: { decay: beta } },
        { target, ...decayRows({ rows, gradient }, each, { decay: 1, share: 1 - beta, power }) },
      ]),
      { target: table, name: 'adamAllRows', code, threads, buffers: { m, v }, floats: { rate, epsilon } },
    ]
  },
})
export const registerAdamAllRows = update.register

/**
 * Adam of TensorFlow 1 and of Keras, in place: as `adamRows`, but rows that are not touched have a gradient of 0. Their moments decay, and
 * they move by what is left of them. The cost of a step grows with the table.
 */
export function adamAllRows(
  table: Tensor2D,
  m: Tensor2D,
  v: Tensor2D,
  slices: IndexedSlices,
  learningRate: number,
  step: number,
  epsilon: number,
): void {
  update.run(table, { m, v }, slices, { rate: adamRate(learningRate, step), epsilon })
}
