import { directionAxes } from '../../geometry/directionAxes'
import { groupDirection, heldOutSeparation } from '../../geometry/groupDirection'
import type { Projection } from '../../geometry/pca'
import type { MapData } from '../../store/selectors'
import { type GroupPart, rowsOfGroup } from './pointGroup'

export interface Along {
  axes: Projection
  /** Share of pairs, one of each group, that lie in this order along the direction without them: 0.5 is chance. null: a group is one point. */
  separation: number | null
  sizes: [number, number]
  /** Evenly through the order of all trained points, both ends among them; `place`: 0 = the mean of the first group, 1 of the second. */
  names: { key: string; label: string; place: number }[]
}

const NAMES = 9

/** The direction from one group to the other, and who lies where along it; null where there is none. */
export function alongDirection(
  data: MapData | null,
  from: readonly GroupPart[],
  to: readonly GroupPart[],
  previous: Projection | null,
): Along | null {
  if (!data) return null
  const { points, snapshot } = data
  const { vectors, rows, dimension } = snapshot
  const [start, end] = [rowsOfGroup(points, from), rowsOfGroup(points, to)]
  const found = groupDirection(vectors, rows, dimension, start, end)
  const axes = directionAxes(vectors, rows, dimension, start, end, previous)
  if (!found || !axes) return null
  const order = Array.from({ length: rows }, (_, row) => row)
    .filter((row) => points.counts[row]! > 0 && Number.isFinite(found.places[row]!))
    .sort((a, b) => found.places[a]! - found.places[b]!)
  const count = Math.min(NAMES, order.length)
  const names = Array.from({ length: count }, (_, i) => {
    const row = order[Math.round((i * (order.length - 1)) / Math.max(1, count - 1))]!
    return { key: points.keys[row]!, label: points.labels[row]!, place: found.places[row]! }
  })
  return {
    axes,
    separation: heldOutSeparation(vectors, dimension, start, end),
    sizes: [start.length, end.length],
    names,
  }
}
