import { choleskySolve } from './choleskySolve'

export interface FoldedIn {
  /** [dimension] */
  vector: Float32Array
  /** 0 when `biasLambda` is null. */
  bias: number
}

/**
 * The vector of someone new, from what they said about a few known rows: solves (VᵀV + λI) u = Vᵀ r, ridge regression
 * (the user step of alternating least squares, Zhou et al. 2008). V = the rows `rated` of `vectors` [· × dimension]; `residuals[i]` = rating of
 * `rated[i]` minus what the model says without this person's vector and bias. With a `biasLambda` a bias is solved along with it under that λ.
 * With nothing rated the answer is zero. λ > 0; both λ are sums over ratings, not means.
 */
export function ridgeFoldIn(
  vectors: Float32Array,
  dimension: number,
  rated: ArrayLike<number>,
  residuals: ArrayLike<number>,
  lambda: number,
  biasLambda: number | null = null,
): FoldedIn {
  if (!(lambda > 0)) throw new RangeError(`The ridge λ must be above 0, but it is ${lambda}.`)
  const width = dimension + (biasLambda === null ? 0 : 1)
  const gram = new Float64Array(width * width)
  const moment = new Float64Array(width)
  const row = new Float64Array(width)
  for (let i = 0; i < rated.length; i++) {
    for (let d = 0; d < dimension; d++) row[d] = vectors[rated[i]! * dimension + d]!
    if (biasLambda !== null) row[dimension] = 1
    for (let a = 0; a < width; a++) {
      moment[a]! += row[a]! * residuals[i]!
      for (let b = 0; b <= a; b++) gram[a * width + b]! += row[a]! * row[b]!
    }
  }
  for (let d = 0; d < dimension; d++) gram[d * width + d]! += lambda
  if (biasLambda !== null) gram[width * width - 1]! += biasLambda
  const solution = choleskySolve(gram, moment)
  return {
    vector: Float32Array.from(solution.subarray(0, dimension)),
    bias: biasLambda === null ? 0 : solution[dimension]!,
  }
}
