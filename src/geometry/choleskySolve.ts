/**
 * Solves A x = b for a symmetric positive definite A [n × n, row-major; only the lower triangle is read] by Cholesky.
 * Neither argument is changed. Throws a RangeError when A is not positive definite (a ridge term prevents it).
 */
export function choleskySolve(a: Float64Array, b: Float64Array): Float64Array {
  const n = b.length
  const lower = cholesky(a, n)
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    let sum = x[i]!
    for (let j = 0; j < i; j++) sum -= lower[i * n + j]! * x[j]!
    x[i] = sum / lower[i * n + i]!
  }
  for (let i = n - 1; i >= 0; i--) {
    let sum = x[i]!
    for (let j = i + 1; j < n; j++) sum -= lower[j * n + i]! * x[j]!
    x[i] = sum / lower[i * n + i]!
  }
  return x
}

function cholesky(a: Float64Array, n: number): Float64Array {
  const lower = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]!
      for (let k = 0; k < j; k++) sum -= lower[i * n + k]! * lower[j * n + k]!
      if (i !== j) lower[i * n + j] = sum / lower[j * n + j]!
      else if (sum > 0) lower[i * n + i] = Math.sqrt(sum)
      else throw new RangeError(`The matrix is not positive definite (pivot ${i} is ${sum}).`)
    }
  }
  return lower
}
