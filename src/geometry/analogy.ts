import { type Neighbours, nearestToVector, type Similarity } from './nearest'

/** `a` is to `b` as what is to `c`? Rows of a table. */
export interface Analogy {
  a: number
  b: number
  c: number
}

/**
 * The `k` rows nearest to a − b + c, the three themselves left out (Mikolov, Yih and Zweig 2013, whose offset of unit vectors is taken
 * where the cosine or the dot product counts; with `euclidean`, where length has a meaning, of the vectors as they are).
 * `allowed` [rows], when given, leaves out the rows where it is 0. No row where one of the three is zero in length and units are taken.
 */
export function analogyRows(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  { a, b, c }: Analogy,
  k: number,
  similarity: Similarity,
  allowed: Uint8Array | null = null,
): Neighbours {
  const [from, to, start] = [a, b, c].map((row) => {
    const vector = vectors.subarray(row * dimension, (row + 1) * dimension)
    return similarity === 'euclidean' ? vector : unit(vector)
  }) as [Float32Array, Float32Array, Float32Array]
  const query = Float32Array.from(from, (value, d) => value - to[d]! + start[d]!)
  const others = allowed ? allowed.slice() : new Uint8Array(rows).fill(1)
  for (const row of [a, b, c]) others[row] = 0
  return nearestToVector(vectors, rows, dimension, query, k, similarity, others)
}

/** NaN in every place for a vector without length. */
function unit(vector: Float32Array): Float32Array {
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return vector.map((value) => value / length)
}
