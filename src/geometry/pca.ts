import { symmetricEigen } from './symmetricEigen'

/** A linear map from `dimension` numbers to `k`: x ↦ axes · (x − mean). */
export interface Projection {
  k: number
  dimension: number
  mean: Float64Array
  /** [k × dimension], rows orthonormal. */
  axes: Float64Array
  /** [k] share of the whole variance along each axis, 0 … 1. */
  explained: Float64Array
}

/** Above this dimension the leading eigenvectors come from subspace iteration instead of Jacobi. */
const JACOBI_LIMIT = 32

/**
 * The first `k` principal components of `vectors` [rows × dimension]: eigenvectors of the covariance matrix, largest variance first.
 * Covariance in float64; Jacobi up to dimension 32, above it subspace iteration with Rayleigh–Ritz (Halko, Martinsson, Tropp 2011).
 * `maxRows` bounds the work: then the axes come from that many rows, evenly spaced. Rows with NaN or infinity are left out.
 * Each axis points to where its largest coordinate is positive, so that the same data give the same picture.
 */
export function principalComponents(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  { k = 2, maxRows = Number.POSITIVE_INFINITY }: { k?: number; maxRows?: number } = {},
): Projection {
  const { mean, covariance } = covarianceOf(vectors, rows, dimension, Math.max(1, Math.ceil(rows / maxRows)))
  let total = 0
  for (let d = 0; d < dimension; d++) total += covariance[d * dimension + d]!
  const count = Math.min(k, dimension)
  const { values, vectors: leading } =
    dimension <= JACOBI_LIMIT ? symmetricEigen(covariance, dimension) : leadingEigen(covariance, dimension, count)
  const axes = leading.slice(0, count * dimension)
  for (let i = 0; i < count; i++) orient(axes.subarray(i * dimension, (i + 1) * dimension))
  const explained = Float64Array.from({ length: count }, (_, i) => (total > 0 ? Math.max(0, values[i]!) / total : 0))
  return { k: count, dimension, mean, axes, explained }
}

/**
 * The same subspace, turned (rotation or reflection, orthogonal Procrustes: Schönemann 1966) so that its axes are as near to those of `previous`
 * as can be: a picture drawn with it doesn't flip or spin from frame to frame. Explained shares are those of the turned axes.
 */
export function alignTo(projection: Projection, previous: Projection): Projection {
  const { k, dimension, axes } = projection
  if (previous.k !== k || previous.dimension !== dimension) return projection
  // overlap = previous · axesᵀ; the nearest orthogonal matrix to it is overlap · (overlapᵀ overlap)^(-1/2).
  const overlap = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      let sum = 0
      for (let d = 0; d < dimension; d++) sum += previous.axes[i * dimension + d]! * axes[j * dimension + d]!
      overlap[i * k + j] = sum
    }
  }
  const turn = nearestOrthogonal(overlap, k)
  if (!turn) return projection
  const turned = new Float64Array(k * dimension)
  const explained = new Float64Array(k)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) {
      const weight = turn[i * k + j]!
      explained[i] = explained[i]! + weight * weight * projection.explained[j]!
      for (let d = 0; d < dimension; d++) turned[i * dimension + d]! += weight * axes[j * dimension + d]!
    }
  }
  return { ...projection, axes: turned, explained }
}

/** Writes axes · (x − mean) of every row into `out` [rows × k] and returns it. */
export function project(
  projection: Projection,
  vectors: Float32Array,
  rows: number,
  out: Float32Array = new Float32Array(rows * projection.k),
): Float32Array {
  const { k, dimension, axes, mean } = projection
  for (let i = 0; i < k; i++) {
    const axis = axes.subarray(i * dimension, (i + 1) * dimension)
    let offset = 0
    for (let d = 0; d < dimension; d++) offset += axis[d]! * mean[d]!
    for (let row = 0, at = 0; row < rows; row++) {
      let sum = -offset
      for (let d = 0; d < dimension; d++, at++) sum += axis[d]! * vectors[at]!
      out[row * k + i] = sum
    }
  }
  return out
}

function covarianceOf(vectors: Float32Array, rows: number, dimension: number, stride: number) {
  const mean = new Float64Array(dimension)
  const used: number[] = []
  for (let row = 0; row < rows; row += stride) {
    let check = 0
    for (let d = 0; d < dimension; d++) check += vectors[row * dimension + d]!
    if (!Number.isFinite(check)) continue
    used.push(row)
    for (let d = 0; d < dimension; d++) mean[d]! += vectors[row * dimension + d]!
  }
  for (let d = 0; d < dimension; d++) mean[d]! /= Math.max(1, used.length)
  const covariance = new Float64Array(dimension * dimension)
  const centred = new Float64Array(dimension)
  for (const row of used) {
    for (let d = 0; d < dimension; d++) centred[d] = vectors[row * dimension + d]! - mean[d]!
    for (let i = 0; i < dimension; i++) {
      const value = centred[i]!
      for (let j = 0, at = i * dimension; j <= i; j++, at++) covariance[at]! += value * centred[j]!
    }
  }
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j <= i; j++) {
      const value = covariance[i * dimension + j]! / Math.max(1, used.length - 1)
      covariance[i * dimension + j] = value
      covariance[j * dimension + i] = value
    }
  }
  return { mean, covariance }
}

function leadingEigen(matrix: Float64Array, n: number, k: number) {
  const width = Math.min(n, k + 6)
  let block = new Float64Array(width * n)
  // A fixed start with every direction in it: sines of incommensurate frequencies.
  for (let i = 0; i < block.length; i++) block[i] = Math.sin(1 + i * 1.6180339887 + (i % n) * (i % 7))
  orthonormalize(block, width, n)
  let values = new Float64Array(width)
  for (let iteration = 0; iteration < 300; iteration++) {
    const image = multiply(matrix, block, width, n)
    const small = new Float64Array(width * width)
    for (let i = 0; i < width; i++) for (let j = 0; j < width; j++) small[i * width + j] = dot(block, i, image, j, n)
    const ritz = symmetricEigen(small, width)
    const next = new Float64Array(width * n)
    for (let i = 0; i < width; i++) {
      for (let j = 0; j < width; j++) {
        const weight = ritz.vectors[i * width + j]!
        for (let d = 0; d < n; d++) next[i * n + d]! += weight * image[j * n + d]!
      }
    }
    orthonormalize(next, width, n)
    block = next
    let change = 0
    for (let i = 0; i < k; i++) change = Math.max(change, Math.abs(ritz.values[i]! - values[i]!))
    values = Float64Array.from(ritz.values)
    if (change <= 1e-12 * Math.abs(values[0]!)) break
  }
  return { values, vectors: block }
}

function multiply(matrix: Float64Array, block: Float64Array, width: number, n: number): Float64Array {
  const image = new Float64Array(width * n)
  for (let i = 0; i < width; i++) for (let d = 0; d < n; d++) image[i * n + d] = dot(block, i, matrix, d, n)
  return image
}

function dot(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let sum = 0
  for (let d = 0; d < n; d++) sum += a[i * n + d]! * b[j * n + d]!
  return sum
}

/** Gram–Schmidt, twice (enough: Kahan's rule), on the rows of `block`. A row that vanishes becomes a unit vector. */
function orthonormalize(block: Float64Array, width: number, n: number): void {
  for (let i = 0; i < width; i++) {
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const overlap = dot(block, i, block, j, n)
        for (let d = 0; d < n; d++) block[i * n + d]! -= overlap * block[j * n + d]!
      }
      let norm = Math.sqrt(dot(block, i, block, i, n))
      if (!(norm > 1e-150)) {
        block.fill(0, i * n, (i + 1) * n)
        block[i * n + i] = 1
        norm = 1
      }
      for (let d = 0; d < n; d++) block[i * n + d]! /= norm
    }
  }
}

function orient(axis: Float64Array): void {
  let largest = 0
  for (const value of axis) if (Math.abs(value) > Math.abs(largest) + 1e-12) largest = value
  if (largest < 0) for (let d = 0; d < axis.length; d++) axis[d] = -axis[d]!
}

/** Polar factor of a small matrix; null when it is singular (the subspaces share no direction: nothing to align to). */
function nearestOrthogonal(matrix: Float64Array, k: number): Float64Array | null {
  const gram = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) for (let m = 0; m < k; m++) gram[i * k + j]! += matrix[m * k + i]! * matrix[m * k + j]!
  }
  const { values, vectors } = symmetricEigen(gram, k)
  if (!(values[k - 1]! > 1e-12)) return null
  const root = new Float64Array(k * k)
  for (let e = 0; e < k; e++) {
    for (let i = 0; i < k; i++) {
      for (let j = 0; j < k; j++)
        root[i * k + j]! += (vectors[e * k + i]! * vectors[e * k + j]!) / Math.sqrt(values[e]!)
    }
  }
  const polar = new Float64Array(k * k)
  for (let i = 0; i < k; i++) {
    for (let j = 0; j < k; j++) for (let m = 0; m < k; m++) polar[i * k + j]! += matrix[i * k + m]! * root[m * k + j]!
  }
  return polar
}
