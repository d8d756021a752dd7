/** result[i, j] = Σ a[i, k] · b[k, j]. Defines the kernel's answer; transposed operands come already turned. */
export function matrixProductReference(a: number[][], b: number[][]): number[][] {
  return a.map((row) => (b[0] ?? []).map((_, j) => row.reduce((sum, value, k) => sum + value * b[k]![j]!, 0)))
}
