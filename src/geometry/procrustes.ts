import { createRandom, shuffle } from '../lib/random'
import { symmetricEigen } from './symmetricEigen'

/** A cloud of points laid over another: only turned, mirrored, moved and scaled, so that no distance within it changes but by one factor. */
export interface Alignment {
  /** [rows × dimension] the second table in the place of the first; `dimension` is the larger of the two. */
  aligned: Float32Array
  dimension: number
  /**
   * Share of the second's spread that the first does not explain, 0 (the same shape) … 1: Gower's statistic, which is the same
   * whichever of the two is laid over the other.
   */
  residual: number
  /** What the second's lengths are multiplied by. */
  scale: number
}

/** Vectors [rows × dimension], all finite. */
export interface Points {
  vectors: Float32Array
  dimension: number
}

/**
 * Lays `second` over `first`, row by row, by the least squares of rotation, reflection, shift and scale (Procrustes analysis: Schönemann and
 * Carroll 1970; residual: Gower 1971). The smaller dimension is filled up with zeros. null with fewer than two rows, or where all points of a table
 * are in one place.
 */
export function procrustes(first: Points, second: Points, rows: number): Alignment | null {
  const dimension = Math.max(first.dimension, second.dimension)
  const a = centred(first, rows, dimension)
  const b = centred(second, rows, dimension)
  if (!(a.size > 0 && b.size > 0)) return null
  const rotation = nearestRotation(crossProduct(b.values, a.values, rows, dimension), dimension)
  const turned = multiply(b.values, rotation, rows, dimension)
  let overlap = 0
  for (let i = 0; i < turned.length; i++) overlap += turned[i]! * a.values[i]!
  const scale = overlap / b.size
  const aligned = Float32Array.from(turned, (value, i) => scale * value + a.mean[i % dimension]!)
  return { aligned, dimension, residual: Math.max(0, 1 - overlap ** 2 / (a.size * b.size)), scale }
}

/** The residual when the second's rows are dealt to other names: what two clouds without anything in common would give. */
export function shuffledResidual(first: Points, second: Points, rows: number, seed = 0): number {
  const { vectors, dimension } = second
  const order = shuffle(
    Uint32Array.from({ length: rows }, (_, row) => row),
    createRandom(seed, 'shuffled rows'),
  )
  const dealt = new Float32Array(rows * dimension)
  order.forEach((from, row) => {
    dealt.set(vectors.subarray(from * dimension, (from + 1) * dimension), row * dimension)
  })
  return procrustes(first, { vectors: dealt, dimension }, rows)?.residual ?? Number.NaN
}

/** `size`: the sum of squares around the mean. */
function centred(points: Points, rows: number, dimension: number) {
  const values = new Float64Array(rows * dimension)
  const mean = new Float64Array(dimension)
  for (let row = 0; row < rows; row++) {
    for (let d = 0; d < points.dimension; d++) {
      const value = points.vectors[row * points.dimension + d]!
      values[row * dimension + d] = value
      mean[d]! += value / rows
    }
  }
  let size = 0
  for (let i = 0; i < values.length; i++) {
    values[i]! -= mean[i % dimension]!
    size += values[i]! ** 2
  }
  return { values, mean, size }
}

/** leftᵀ · right, both [rows × n]. */
function crossProduct(left: Float64Array, right: Float64Array, rows: number, n: number): Float64Array {
  const product = new Float64Array(n * n)
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < n; i++) {
      const value = left[row * n + i]!
      for (let j = 0; j < n; j++) product[i * n + j]! += value * right[row * n + j]!
    }
  }
  return product
}

/** [rows × n] · [n × n] */
function multiply(left: Float64Array, right: Float64Array, rows: number, n: number): Float64Array {
  const product = new Float64Array(rows * n)
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < n; k++) {
      const value = left[row * n + k]!
      for (let j = 0; j < n; j++) product[row * n + j]! += value * right[k * n + j]!
    }
  }
  return product
}

/** Directions of less than this share of the largest singular value have no place of their own: any that is free will do. */
const VANISHING = 1e-7

/**
 * The orthogonal matrix R with the largest trace of Rᵀ · matrix: U · Vᵀ of its singular value decomposition U Σ Vᵀ. V and Σ² are eigenvectors and
 * -values of matrixᵀ · matrix.
 */
function nearestRotation(matrix: Float64Array, n: number): Float64Array {
  const { values, vectors: right } = symmetricEigen(crossProduct(matrix, matrix, n, n), n)
  const left = new Float64Array(n * n)
  const most = Math.sqrt(Math.max(0, values[0]!))
  for (let k = 0; k < n; k++) {
    const image = left.subarray(k * n, (k + 1) * n)
    if (Math.sqrt(Math.max(0, values[k]!)) > VANISHING * most) {
      for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) image[i]! += matrix[i * n + j]! * right[k * n + j]!
    }
    makeOrthonormal(left, k, n)
  }
  // Rows of `left` and `right` are the columns of U and V.
  return crossProduct(left, right, n, n)
}

/** Turns row `k` into a unit vector at right angles to the rows above it; one without length becomes the first axis that is free. */
function makeOrthonormal(rows: Float64Array, k: number, n: number): void {
  const row = rows.subarray(k * n, (k + 1) * n)
  const before = Math.hypot(...row)
  let length = before > 0 ? withoutRowsAbove(rows, k, n) / before : 0
  for (let axis = 0; length < 0.1 / n && axis < n; axis++) {
    row.fill(0)
    row[axis] = 1
    length = withoutRowsAbove(rows, k, n)
  }
  const norm = Math.hypot(...row)
  for (let i = 0; i < n; i++) row[i]! /= norm
}

/** Gram–Schmidt, twice; returns the length that is left. */
function withoutRowsAbove(rows: Float64Array, k: number, n: number): number {
  const row = rows.subarray(k * n, (k + 1) * n)
  for (let pass = 0; pass < 2; pass++) {
    for (let above = 0; above < k; above++) {
      let overlap = 0
      for (let i = 0; i < n; i++) overlap += row[i]! * rows[above * n + i]!
      for (let i = 0; i < n; i++) row[i]! -= overlap * rows[above * n + i]!
    }
  }
  return Math.hypot(...row)
}
