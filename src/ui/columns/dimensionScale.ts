/** Stops of the dimension slider: every small dimension, then wider steps. */
const stops = [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 16, 24, 32, 48, 64, 128] as const

export const lastStop = stops.length - 1

/** The dimension at a position of the slider, 0 … `lastStop`. */
export function dimensionAt(position: number): number {
  return stops[Math.round(Math.min(Math.max(position, 0), lastStop))] ?? 1
}

/** Where a dimension (or a root, between two) lies; beyond the last stop at the end. */
export function positionOf(dimension: number): number {
  const above = stops.findIndex((stop) => stop >= dimension)
  if (above === -1) return lastStop
  if (above === 0) return 0
  const low = stops[above - 1] ?? 1
  const high = stops[above] ?? low
  return above - 1 + (dimension - low) / (high - low)
}
