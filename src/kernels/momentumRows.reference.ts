import { MOMENTUM } from './momentumRows'

/** momentum = 0.9 · momentum + share · g, table −= rate · momentum, on the touched rows. Rows not touched keep both. */
export function momentumRowsReference(
  table: Float32Array,
  momentum: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  rate: number,
  share: number,
): void {
  for (const [u, row] of rows.entries()) {
    for (let d = 0; d < dim; d++) {
      const at = row * dim + d
      momentum[at] = MOMENTUM * momentum[at]! + share * gradient[u * dim + d]!
      table[at]! -= rate * momentum[at]!
    }
  }
}
