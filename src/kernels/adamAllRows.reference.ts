import { ADAM } from './adamRate'

/** m, v and table of ALL rows after Adam step number `step` (from 1); the gradient of rows not touched is 0. */
export function adamAllRowsReference(
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
  const dense = new Float32Array(table.length)
  for (const [u, row] of rows.entries()) dense.set(gradient.subarray(u * dim, (u + 1) * dim), row * dim)
  for (const [at, g] of dense.entries()) {
    m[at] = ADAM.beta1 * m[at]! + (1 - ADAM.beta1) * g
    v[at] = ADAM.beta2 * v[at]! + (1 - ADAM.beta2) * g * g
    table[at]! -= (rate * m[at]!) / (Math.sqrt(v[at]!) + epsilon)
  }
}
