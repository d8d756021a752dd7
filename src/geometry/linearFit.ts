import { createRandom, shuffle } from '../lib/random'
import { choleskySolve } from './choleskySolve'

export interface FitQuality {
  /** Held-out R² of the linear fit: 1 = perfect, 0 = no better than the mean, below 0 = worse. NaN when it cannot be told. */
  r2: number
  /** The same with the target's rows shuffled: what chance gives. */
  shuffledR2: number
  /** Rows with a target. */
  rows: number
}

export interface FitOptions {
  folds?: number
  /** Of the folds and of the shuffle. */
  seed?: number
  /** Added to the diagonal, as a share of the mean variance of the columns: keeps the fit solvable, not more. */
  ridge?: number
}

/**
 * How well a linear function of `vectors` [rows × dimension] predicts `target` [rows; NaN = leave this row out]:
 * R² over the held-out predictions of all folds, 1 − Σ(y − ŷ)² / Σ(y − ȳ)². Least squares with intercept by normal equations in float64;
 * the Gram matrix is summed once per fold and combined, so k folds cost one pass. NaN with fewer rows than two a fold or a constant target.
 */
export function crossValidatedR2(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  target: Float32Array,
  { folds = 5, seed = 0, ridge = 1e-6 }: FitOptions = {},
): FitQuality {
  const used = usableRows(vectors, rows, dimension, target)
  if (used.length < 2 * folds) return { r2: Number.NaN, shuffledR2: Number.NaN, rows: used.length }
  const order = shuffle(Uint32Array.from(used), createRandom(seed, 'folds'))
  const x = standardizedDesign(vectors, dimension, order)
  const y = Float64Array.from(order, (row) => target[row]!)
  const mixed = shuffle(
    Uint32Array.from(y, (_, i) => i),
    createRandom(seed, 'shuffled target'),
  )
  const width = dimension + 1
  const grams = Array.from({ length: folds }, (_, fold) => gramOf(x, width, fold, folds, order.length))
  return {
    r2: heldOutR2(x, width, y, grams, ridge),
    shuffledR2: heldOutR2(
      x,
      width,
      Float64Array.from(mixed, (i) => y[i]!),
      grams,
      ridge,
    ),
    rows: order.length,
  }
}

function usableRows(vectors: Float32Array, rows: number, dimension: number, target: Float32Array): number[] {
  const used: number[] = []
  for (let row = 0; row < rows; row++) {
    let check = target[row]!
    for (let d = 0; d < dimension; d++) check += vectors[row * dimension + d]!
    if (Number.isFinite(check)) used.push(row)
  }
  return used
}

/** [n × (dimension + 1)]: columns with mean 0 and mean square 1 (left 0 where constant), and a column of ones. */
function standardizedDesign(vectors: Float32Array, dimension: number, order: Uint32Array): Float64Array {
  const n = order.length
  const width = dimension + 1
  const x = new Float64Array(n * width)
  for (let d = 0; d < dimension; d++) {
    let mean = 0
    for (const row of order) mean += vectors[row * dimension + d]!
    mean /= n
    let square = 0
    for (let i = 0; i < n; i++) {
      const value = vectors[order[i]! * dimension + d]! - mean
      x[i * width + d] = value
      square += value * value
    }
    const scale = square > 0 ? 1 / Math.sqrt(square / n) : 0
    for (let i = 0; i < n; i++) x[i * width + d]! *= scale
  }
  for (let i = 0; i < n; i++) x[i * width + dimension] = 1
  return x
}

/** XᵀX over the rows of one fold: i with i mod folds = fold. */
function gramOf(x: Float64Array, width: number, fold: number, folds: number, n: number): Float64Array {
  const gram = new Float64Array(width * width)
  for (let i = fold; i < n; i += folds) {
    for (let a = 0; a < width; a++) {
      const value = x[i * width + a]!
      for (let b = 0; b <= a; b++) gram[a * width + b]! += value * x[i * width + b]!
    }
  }
  return gram
}

function heldOutR2(x: Float64Array, width: number, y: Float64Array, grams: Float64Array[], ridge: number): number {
  const n = y.length
  const folds = grams.length
  const mean = y.reduce((sum, value) => sum + value, 0) / n
  const moments = grams.map((_, fold) => momentOf(x, width, y, fold, folds))
  let residual = 0
  let total = 0
  for (let fold = 0; fold < folds; fold++) {
    const gram = sumOfOthers(grams, fold)
    const trainRows = gram[width * width - 1]!
    for (let a = 0; a < width - 1; a++) gram[a * width + a]! += ridge * trainRows
    const weights = choleskySolve(gram, sumOfOthers(moments, fold))
    for (let i = fold; i < n; i += folds) {
      let predicted = 0
      for (let a = 0; a < width; a++) predicted += weights[a]! * x[i * width + a]!
      residual += (y[i]! - predicted) ** 2
      total += (y[i]! - mean) ** 2
    }
  }
  return total > 0 ? 1 - residual / total : Number.NaN
}

function momentOf(x: Float64Array, width: number, y: Float64Array, fold: number, folds: number): Float64Array {
  const moment = new Float64Array(width)
  for (let i = fold; i < y.length; i += folds) {
    for (let a = 0; a < width; a++) moment[a]! += x[i * width + a]! * y[i]!
  }
  return moment
}

function sumOfOthers(parts: Float64Array[], left: number): Float64Array {
  const sum = new Float64Array(parts[0]!.length)
  parts.forEach((part, index) => {
    if (index !== left) for (let i = 0; i < sum.length; i++) sum[i]! += part[i]!
  })
  return sum
}
