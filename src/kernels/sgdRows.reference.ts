/** table[rows[u]] −= learningRate · gradient[u]. Defines the kernel's answer. */
export function sgdRowsReference(
  table: Float32Array,
  dim: number,
  rows: Int32Array,
  gradient: Float32Array,
  learningRate: number,
): void {
  for (const [u, row] of rows.entries())
    for (let d = 0; d < dim; d++) table[row * dim + d]! -= learningRate * gradient[u * dim + d]!
}
