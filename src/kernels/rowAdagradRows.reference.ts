/** accumulator[row] += mean of g² over the row, table −= learningRate · g / √accumulator[row]: Adagrad with one number a row [V, 1]. */
export function rowAdagradRowsReference(
  table: Float32Array,
  accumulator: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  learningRate: number,
): void {
  for (const [u, row] of rows.entries()) {
    let squares = 0
    for (let d = 0; d < dim; d++) squares += gradient[u * dim + d]! ** 2
    accumulator[row]! += squares / dim
    for (let d = 0; d < dim; d++)
      table[row * dim + d]! -= (learningRate * gradient[u * dim + d]!) / Math.sqrt(accumulator[row]!)
  }
}
