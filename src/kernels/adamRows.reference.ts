import { ADAM } from './adamRate'

/** m, v and table of the touched rows after Adam step number `step` (from 1). Rows not touched keep all three. */
export function adamRowsReference(
  table: Float32Array,
  m: Float32Array,
  v: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  learningRate: number,
  step: number,
  epsilon: number,
): void {
  const rate = (learningRate * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step)
  for (const [u, row] of rows.entries()) {
    for (let d = 0; d < dim; d++) {
      const g = gradient[u * dim + d]!
      const at = row * dim + d
      m[at] = ADAM.beta1 * m[at]! + (1 - ADAM.beta1) * g
      v[at] = ADAM.beta2 * v[at]! + (1 - ADAM.beta2) * g * g
      table[at]! -= (rate * m[at]!) / (Math.sqrt(v[at]!) + epsilon)
    }
  }
}
