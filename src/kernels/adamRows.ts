import type { Tensor2D } from '@tensorflow/tfjs-core'
import { ADAM, adamRate } from './adamRate'
import code from './adamRows.wgsl?raw'
import { decayRows } from './decayRows'
import { defineRowUpdate } from './defineRowUpdate'
import type { IndexedSlices } from './indexedSlices'

const update = defineRowUpdate<'m' | 'v', { rate: number; epsilon: number }>({
  kernelName: 'AdamRows',
  slots: ['m', 'v'],
  onArrays({ table, m, v, rows, gradient }, { rate, epsilon }, U, D) {
    const { beta1, beta2 } = ADAM
    for (let u = 0; u < U; u++) {
      const from = u * D
      const to = rows[u]! * D
      for (let d = 0; d < D; d++) {
        const g = gradient[from + d]!
        const at = to + d
        m[at] = beta1 * m[at]! + (1 - beta1) * g
        v[at] = beta2 * v[at]! + (1 - beta2) * g * g
        table[at]! -= (rate * m[at]!) / (Math.sqrt(v[at]!) + epsilon)
      }
    }
  },
  onDevice({ table, m, v, rows, gradient }, { rate, epsilon }, each) {
    const { beta1, beta2 } = ADAM
    return [
      { target: m, ...decayRows({ rows, gradient }, each, { decay: beta1, share: 1 - beta1, power: 1 }) },
      { target: v, ...decayRows({ rows, gradient }, each, { decay: beta2, share: 1 - beta2, power: 2 }) },
      { ...each, target: table, name: 'adamRows', code, buffers: { m, v, rows }, floats: { rate, epsilon } },
    ]
  },
})
export const registerAdamRows = update.register

/**
 * Adam on the touched rows, in place, with `epsilon` outside the bias correction, where TensorFlow 1 (1e-8) and Keras (1e-7) have it:
 * table −= learningRate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε), t = `step`, counted from 1.
 *
 * Lazy: m and v of untouched rows stay as they are (TensorFlow's LazyAdam). TensorFlow 1's own Adam (`adamAllRows`) decays them,
 * and moves every row that was ever touched, in every step. With all rows touched the two are one.
 */
export function adamRows(
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
