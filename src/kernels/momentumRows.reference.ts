import { MOMENTUM } from './momentumRows'

/** momentum = 0.9 · momentum + g, table −= learningRate · momentum, on the touched rows. Rows not touched keep both, as in TensorFlow. */
export function momentumRowsReference(
  table: Float32Array,
  momentum: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  learningRate: number,
): void {
  for (const [u, row] of rows.entries()) {
    for (let d = 0; d < dim; d++) {
      const at = row * dim + d
      momentum[at] = MOMENTUM * momentum[at]! + gradient[u * dim + d]!
      table[at]! -= learningRate * momentum[at]!
    }
  }
}
