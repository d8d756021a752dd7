/** How close two vectors are. `cosine` and `dot`: more is nearer; `euclidean`: less is nearer. */
export type Similarity = 'cosine' | 'euclidean' | 'dot'

/** Best first. `scores[i]` is the cosine, the distance or the dot product of `rows[i]`. */
export interface Neighbours {
  rows: Int32Array
  scores: Float32Array
}

/**
 * The `k` rows of `vectors` [rows × dimension] nearest to row `row`, itself left out; fewer when there are fewer.
 * `allowed` [rows], when given, leaves out the rows where it is 0. Rows with NaN or infinity are left out.
 * Ties go to the lower row. Brute force: one pass, one partial selection.
 */
export function nearestRows(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  row: number,
  k: number,
  similarity: Similarity,
  allowed: Uint8Array | null = null,
): Neighbours {
  const query = vectors.subarray(row * dimension, (row + 1) * dimension)
  return select(scoreAll(vectors, rows, dimension, query, similarity), rows, k, similarity, row, allowed)
}

/** The `k` rows nearest to a vector [dimension] that is no row: like `nearestRows`, none left out but by `allowed`. */
export function nearestToVector(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  query: Float32Array,
  k: number,
  similarity: Similarity,
  allowed: Uint8Array | null = null,
): Neighbours {
  return select(scoreAll(vectors, rows, dimension, query, similarity), rows, k, similarity, -1, allowed)
}

/** Scores where more is nearer (for `euclidean` the negative squared distance). The cosine with a zero vector is 0. */
function scoreAll(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  query: Float32Array,
  similarity: Similarity,
): Float64Array {
  const scores = new Float64Array(rows)
  const q = Float64Array.from(query)
  let queryNorm = 0
  for (let d = 0; d < dimension; d++) queryNorm += q[d]! * q[d]!
  for (let row = 0, at = 0; row < rows; row++) {
    let dot = 0
    let norm = 0
    for (let d = 0; d < dimension; d++, at++) {
      const value = vectors[at]!
      dot += value * q[d]!
      norm += value * value
    }
    if (similarity === 'dot') scores[row] = dot
    else if (similarity === 'cosine')
      scores[row] = norm * queryNorm > 0 ? dot / Math.sqrt(norm * queryNorm) : dot * norm
    else scores[row] = Math.min(0, 2 * dot - norm - queryNorm)
  }
  if (similarity === 'euclidean') refineSmallDistances(scores, vectors, rows, dimension, q, queryNorm)
  return scores
}

/** |a|² + |b|² − 2ab cancels when a ≈ b: distances that lost digits are computed again from the differences. */
function refineSmallDistances(
  scores: Float64Array,
  vectors: Float32Array,
  rows: number,
  dimension: number,
  query: Float64Array,
  queryNorm: number,
): void {
  const small = queryNorm * 1e-6
  for (let row = 0; row < rows; row++) {
    if (!(-scores[row]! <= small)) continue
    let sum = 0
    for (let d = 0; d < dimension; d++) {
      const difference = vectors[row * dimension + d]! - query[d]!
      sum += difference * difference
    }
    scores[row] = -sum
  }
}

function select(
  scores: Float64Array,
  rows: number,
  k: number,
  similarity: Similarity,
  exclude: number,
  allowed: Uint8Array | null,
): Neighbours {
  const size = Math.max(0, Math.min(k, rows))
  const best = new Int32Array(size)
  let filled = 0
  for (let row = 0; row < rows && size > 0; row++) {
    const score = scores[row]!
    if (filled === size && !(score > scores[best[size - 1]!]!)) continue
    if (row === exclude || !Number.isFinite(score) || allowed?.[row] === 0) continue
    let at = filled === size ? size - 1 : filled++
    while (at > 0 && score > scores[best[at - 1]!]!) {
      best[at] = best[at - 1]!
      at--
    }
    best[at] = row
  }
  const found = best.slice(0, filled)
  return { rows: found, scores: Float32Array.from(found, (row) => present(scores[row]!, similarity)) }
}

function present(score: number, similarity: Similarity): number {
  return similarity === 'euclidean' ? Math.sqrt(-score) : score
}
