/** Eigenvalues in falling order; `vectors` [n × n], row i = unit eigenvector of `values[i]`. */
export interface Eigen {
  values: Float64Array
  vectors: Float64Array
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix [n × n, row-major] by cyclic Jacobi rotations
 * (Golub and Van Loan, Matrix Computations, 8.5). O(n³) a sweep, 6–10 sweeps: meant for n up to about 64.
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = Float64Array.from(matrix)
  const v = new Float64Array(n * n)
  for (let i = 0; i < n; i++) v[i * n + i] = 1
  for (let sweep = 0; sweep < 60; sweep++) {
    let off = 0
    let diagonal = 0
    for (let i = 0; i < n; i++) {
      diagonal += a[i * n + i]! ** 2
      for (let j = 0; j < i; j++) off += a[i * n + j]! ** 2
    }
    if (!(off > 1e-26 * diagonal)) break
    for (let p = 0; p < n - 1; p++) for (let q = p + 1; q < n; q++) rotate(a, v, n, p, q)
  }
  return sorted(a, v, n)
}

function rotate(a: Float64Array, v: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q]!
  if (apq === 0) return
  const theta = (a[q * n + q]! - a[p * n + p]!) / (2 * apq)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  const s = t * c
  for (let i = 0; i < n; i++) {
    const aip = a[i * n + p]!
    const aiq = a[i * n + q]!
    a[i * n + p] = c * aip - s * aiq
    a[i * n + q] = s * aip + c * aiq
  }
  for (let i = 0; i < n; i++) {
    const api = a[p * n + i]!
    const aqi = a[q * n + i]!
    a[p * n + i] = c * api - s * aqi
    a[q * n + i] = s * api + c * aqi
    const vpi = v[p * n + i]!
    const vqi = v[q * n + i]!
    v[p * n + i] = c * vpi - s * vqi
    v[q * n + i] = s * vpi + c * vqi
  }
}

function sorted(a: Float64Array, v: Float64Array, n: number): Eigen {
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]!)
  const vectors = new Float64Array(n * n)
  order.forEach((from, to) => {
    vectors.set(v.subarray(from * n, (from + 1) * n), to * n)
  })
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors }
}
