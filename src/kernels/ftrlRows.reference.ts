/**
 * FTRL-Proximal on the touched rows with TensorFlow 1's defaults (power −½, no l1 and l2):
 * n = accumulator + g², linear += g − (√n − √accumulator) / learningRate · table, accumulator = n, table = −linear · learningRate / √n.
 */
export function ftrlRowsReference(
  table: Float32Array,
  accumulator: Float32Array,
  linear: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  learningRate: number,
): void {
  for (const [u, row] of rows.entries()) {
    for (let d = 0; d < dim; d++) {
      const g = gradient[u * dim + d]!
      const at = row * dim + d
      const n = accumulator[at]! + g * g
      linear[at]! += g - ((Math.sqrt(n) - Math.sqrt(accumulator[at]!)) / learningRate) * table[at]!
      accumulator[at] = n
      table[at] = (-linear[at]! * learningRate) / Math.sqrt(n)
    }
  }
}
