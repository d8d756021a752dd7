/** accumulator += g², table −= learningRate · g / √(accumulator + epsilon), on the touched rows. */
export function adagradRowsReference(
  table: Float32Array,
  accumulator: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  learningRate: number,
  epsilon: number,
): void {
  for (const [u, row] of rows.entries()) {
    for (let d = 0; d < dim; d++) {
      const g = gradient[u * dim + d]!
      accumulator[row * dim + d]! += g * g
      table[row * dim + d]! -= (learningRate * g) / Math.sqrt(accumulator[row * dim + d]! + epsilon)
    }
  }
}
