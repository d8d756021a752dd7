import { RMSPROP } from './rmspropRows'

/** velocity = decay · velocity + (1 − decay) · g², table −= learningRate · g / √(velocity + epsilon), on the touched rows. */
export function velocityRowsReference(
  table: Float32Array,
  velocity: Float32Array,
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
      velocity[at] = RMSPROP.decay * velocity[at]! + (1 - RMSPROP.decay) * g * g
      table[at]! -= (learningRate * g) / Math.sqrt(velocity[at]! + epsilon)
    }
  }
}
