import { groupDirection } from './groupDirection'
import { alignTo, type Projection, principalComponents } from './pca'

/**
 * Axes to look at a table [rows × dimension] along a direction of one's own: from the mean of one group of rows to that of the other, and at
 * right angles to it the direction in which the rows spread most (turned as in `previous`, so that the picture does not flip). Lengths are those
 * of the table, 0 = the mean of the first group. A single axis in one dimension. null where there is no direction.
 */
export function directionAxes(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
  previous: Projection | null,
): Projection | null {
  const found = groupDirection(vectors, rows, dimension, from, to)
  if (!found) return null
  const { direction, start } = found
  const along = Float64Array.from(direction)
  if (dimension === 1) return { k: 1, dimension, mean: start, axes: along, explained: Float64Array.of(1) }
  const across = widestAcross(vectors, rows, dimension, direction)
  const before = previous?.dimension === dimension && previous.k === 2 ? previous.axes.subarray(dimension) : null
  const turned = before ? alignTo(across, { ...across, axes: Float64Array.from(before) }) : across
  const axes = new Float64Array(2 * dimension)
  axes.set(along)
  axes.set(turned.axes.subarray(0, dimension), dimension)
  return { k: 2, dimension, mean: start, axes, explained: Float64Array.of(Number.NaN, Number.NaN) }
}

/** The first principal component of what is left of the rows without their part along `direction`. */
function widestAcross(vectors: Float32Array, rows: number, dimension: number, direction: Float64Array): Projection {
  const rest = new Float32Array(rows * dimension)
  for (let row = 0; row < rows; row++) {
    let along = 0
    for (let d = 0; d < dimension; d++) along += vectors[row * dimension + d]! * direction[d]!
    for (let d = 0; d < dimension; d++)
      rest[row * dimension + d] = vectors[row * dimension + d]! - along * direction[d]!
  }
  return principalComponents(rest, rows, dimension, { k: 1 })
}
