import { procrustes, shuffledResidual } from '../geometry/procrustes'

/** Vectors by name, of one run. */
export interface NamedVectors {
  keys: readonly string[]
  dimension: number
  /** [keys × dimension] */
  vectors: Float32Array
  /** Training rows of each key; those without any have never moved. null: not known. */
  counts: Uint32Array | null
}

/** One run laid over another, over the points that both have. */
export interface Overlay {
  /** Of the first run, ascending. */
  rows: Uint32Array
  /** Of both: the larger of the two; the smaller is filled up with zeros. */
  dimension: number
  /** [rows × dimension], of the first run, and of the second in its place. */
  vectors: Float32Array
  other: Float32Array
  /** Share of the spread that is not in both, 0 … 1, and the same with the second run's names shuffled. */
  residual: number
  shuffled: number
}

/** Fewer points than this can always be laid over one another. */
const FEWEST = 3

/** Matched by key; null where too few points have the same name in both, or all of them are in one place. */
export function overlayTables(first: NamedVectors, second: NamedVectors): Overlay | null {
  const rowOf = new Map(second.keys.map((key, row) => [key, row]))
  const pairs = first.keys.flatMap((key, row): [number, number][] => {
    const other = rowOf.get(key)
    if (key === '' || other === undefined || !isLearnt(first, row) || !isLearnt(second, other)) return []
    return [[row, other]]
  })
  if (pairs.length < FEWEST) return null
  const rows = Uint32Array.from(pairs, ([row]) => row)
  const own = { vectors: pick(first, rows, first.dimension), dimension: first.dimension }
  const otherRows = Uint32Array.from(pairs, ([, row]) => row)
  const others = { vectors: pick(second, otherRows, second.dimension), dimension: second.dimension }
  const found = procrustes(own, others, rows.length)
  if (!found) return null
  const { aligned, dimension, residual } = found
  const shuffled = shuffledResidual(own, others, rows.length)
  return { rows, dimension, vectors: pick(first, rows, dimension), other: aligned, residual, shuffled }
}

function isLearnt({ vectors, dimension, counts }: NamedVectors, row: number): boolean {
  if (counts?.[row] === 0) return false
  return vectors.subarray(row * dimension, (row + 1) * dimension).every(Number.isFinite)
}

/** The rows, each filled up with zeros to `width`. */
function pick({ vectors, dimension }: NamedVectors, rows: Uint32Array, width: number): Float32Array {
  const picked = new Float32Array(rows.length * width)
  rows.forEach((row, i) => {
    picked.set(vectors.subarray(row * dimension, (row + 1) * dimension), i * width)
  })
  return picked
}
