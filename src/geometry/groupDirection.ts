/** A direction with a meaning: from one group of rows to another. */
export interface GroupDirection {
  /** [dimension], of length 1. */
  direction: Float64Array
  /** [dimension], the mean of the first group. */
  start: Float64Array
  /** [rows]: where each row lies along it; 0 = the mean of the first group, 1 = that of the second. */
  places: Float64Array
  /** Share of pairs, one of each group, that lie in this order; a tie counts half. 0.5 = the direction tells them apart no better than chance. */
  separation: number
}

/**
 * The direction from the mean vector of `from` to that of `to` (rows of `vectors` [rows × dimension]), and where every row lies along it.
 * null where a group is empty or the means coincide.
 */
export function groupDirection(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): GroupDirection | null {
  if (from.length === 0 || to.length === 0) return null
  const start = meanVector(vectors, dimension, from)
  const difference = meanVector(vectors, dimension, to).map((value, d) => value - start[d]!)
  const length = Math.sqrt(difference.reduce((sum, value) => sum + value * value, 0))
  if (!(length > 0)) return null
  const direction = difference.map((value) => value / length)
  const places = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    let along = 0
    for (let d = 0; d < dimension; d++) along += (vectors[row * dimension + d]! - start[d]!) * direction[d]!
    places[row] = along / length
  }
  return { direction, start, places, separation: separationOf(places, from, to) }
}

function meanVector(vectors: Float32Array, dimension: number, rows: ArrayLike<number>): Float64Array {
  const mean = new Float64Array(dimension)
  for (let i = 0; i < rows.length; i++)
    for (let d = 0; d < dimension; d++) mean[d]! += vectors[rows[i]! * dimension + d]! / rows.length
  return mean
}

/** All pairs at once: the second group's places are counted in the sorted places of the first. */
function separationOf(places: Float64Array, from: ArrayLike<number>, to: ArrayLike<number>): number {
  const sorted = Float64Array.from(from, (row) => places[row]!).sort()
  let ordered = 0
  for (let i = 0; i < to.length; i++) {
    const place = places[to[i]!]!
    ordered += (countBelow(sorted, place, false) + countBelow(sorted, place, true)) / 2
  }
  return ordered / (sorted.length * to.length)
}

/** How many of the sorted values are below a value, or not above it. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < value || (orEqual && sorted[middle]! === value)) low = middle + 1
    else high = middle
  }
  return low
}
