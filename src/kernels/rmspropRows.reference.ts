import { RMSPROP } from './rmspropRows'

/**
 * rms = decay · rms + (1 − decay) · g², momentum = μ · momentum + learningRate · g / √(rms + ε), table −= momentum, on the touched rows.
 * Rows not touched keep all three, as in TensorFlow.
 */
export function rmspropRowsReference(
  table: Float32Array,
  rms: Float32Array,
  momentum: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  learningRate: number,
  epsilon: number,
): void {
  for (const [u, row] of rows.entries()) {
    for (let d = 0; d < dim; d++) {
      const g = gradient[u * dim + d]!
      const at = row * dim + d
      rms[at] = RMSPROP.decay * rms[at]! + (1 - RMSPROP.decay) * g * g
      momentum[at] = RMSPROP.momentum * momentum[at]! + (learningRate * g) / Math.sqrt(rms[at]! + epsilon)
      table[at]! -= momentum[at]!
    }
  }
}
