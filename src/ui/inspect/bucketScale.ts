/** Positions of the bucket slider: evenly spaced on a logarithmic scale. */
export const lastPosition = 400

/** Whole numbers from 1 to `most`, at positions 0 … `lastPosition`. */
export function bucketsAt(position: number, most: number): number {
  return Math.max(1, Math.min(most, Math.round(most ** (position / lastPosition))))
}

export function positionOf(buckets: number, most: number): number {
  return Math.round((lastPosition * Math.log(Math.max(1, buckets))) / Math.log(Math.max(2, most)))
}

/** Far enough to see collisions end: with values² / 4 buckets two pairs collide on average, and some size close by has none. Within what the page can hold. */
export function mostBuckets(values: number, limit: number): number {
  return Math.min(limit, Math.max(1024, Math.round(values ** 2 / 4)))
}
