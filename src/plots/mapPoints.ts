import type { MapTransform } from './mapFrame'
import type { EmbeddingMapProps } from './mapProps'
import { createDisc, type Disc, drawLine, drawRule, type PixelBuffer, splat } from './splat'

/** How the rows are drawn, as long as counts, colours and size of the map stay the same. */
export interface PointStyle {
  /** Rows, largest dots first, so that small ones are never hidden. */
  order: Int32Array
  /** [rows] index into `radii`. */
  size: Uint8Array
  /** CSS pixels. */
  radii: Float32Array
  discs: Disc[]
  faintDiscs: Disc[]
}

const SIZES = 8

/** Radius of dots of middling count: smaller the more there are, larger on a large map. CSS pixels. */
export function baseRadius(rows: number, width: number, height: number): number {
  const room = Math.sqrt((width * height) / Math.max(1, rows))
  return Math.min(4, Math.max(1.2, 0.9 + 0.1 * room))
}

/** Area follows the count (square root of it), between 0.7 and 1.6 of the base radius. */
export function createPointStyle(
  rows: number,
  counts: Uint32Array | null,
  base: number,
  pixelRatio: number,
): PointStyle {
  const size = new Uint8Array(rows)
  const radii = Float32Array.from({ length: SIZES }, (_, i) => base * (counts ? 0.7 + (0.9 * i) / (SIZES - 1) : 1))
  if (counts && rows > 0) {
    const high = Float64Array.from(counts).sort()[Math.floor(0.98 * (rows - 1))]! || 1
    for (let row = 0; row < rows; row++) {
      size[row] = Math.round((SIZES - 1) * Math.min(1, Math.sqrt(counts[row]! / high)))
    }
  }
  const ring = rows <= 4000 ? 0.75 : 0
  const opacity = rows <= 4000 ? 0.9 : rows <= 20_000 ? 0.8 : 0.65
  return {
    order: largestFirst(size),
    size,
    radii,
    discs: Array.from(radii, (radius) => createDisc(radius * pixelRatio, opacity, ring * pixelRatio)),
    faintDiscs: Array.from(radii, (radius) => createDisc(radius * pixelRatio, 0.16)),
  }
}

function largestFirst(size: Uint8Array): Int32Array {
  const order = new Int32Array(size.length)
  let at = 0
  for (let wanted = SIZES - 1; wanted >= 0; wanted--) {
    for (let row = 0; row < size.length; row++) if (size[row] === wanted) order[at++] = row
  }
  return order
}

/** Draws grid lines at the given pixels of the buffer. */
export function drawGrid(buffer: PixelBuffer, xs: readonly number[], ys: readonly number[], color: number): void {
  for (const x of xs) drawRule(buffer, 'down', x, color)
  for (const y of ys) drawRule(buffer, 'across', y, color)
}

/** Positions and colours of this frame, in pixels of the buffer. */
export interface ScreenPoints {
  x: Float32Array
  y: Float32Array
  colors: Uint32Array
}

/** Draws the dots: what a search left out first and faint, then the rest, large ones below. */
export function drawPoints(
  buffer: PixelBuffer,
  points: ScreenPoints,
  style: PointStyle,
  { visible, hits }: Pick<EmbeddingMapProps, 'visible' | 'hits'>,
  surface: number,
): void {
  const { order, size, discs, faintDiscs } = style
  if (hits) {
    for (const row of order) {
      if (hits[row] === 1 || visible?.[row] === 0) continue
      splat(buffer, points.x[row]!, points.y[row]!, faintDiscs[size[row]!]!, points.colors[row]!, surface)
    }
  }
  for (const row of order) {
    if (visible?.[row] === 0 || hits?.[row] === 0) continue
    splat(buffer, points.x[row]!, points.y[row]!, discs[size[row]!]!, points.colors[row]!, surface)
  }
}

/** Most segments of trails drawn in a frame: about 3 ms. */
const TRAIL_BUDGET = 30_000
/** Segments shorter than this (squared, in pixels of the buffer) are hidden by their dot. */
const UNSEEN = 0.25

/** As many of the last snapshots as trails of so many points can show. */
export function youngest<Snapshot>(past: readonly Snapshot[], rows: number): readonly Snapshot[] {
  return past.slice(-Math.max(1, Math.floor(TRAIL_BUDGET / Math.max(1, rows))))
}

/**
 * Draws where the points came from, fading: `past` = positions of earlier snapshots, oldest first, in the units of the embedding; `transform` leads
 * from there to pixels of the buffer. With very many points only the youngest snapshots are drawn.
 */
export function drawTrails(
  buffer: PixelBuffer,
  points: ScreenPoints,
  past: readonly { x: Float32Array; y: Float32Array }[],
  { xScale, xOffset, yScale, yOffset }: MapTransform,
  { visible, hits }: Pick<EmbeddingMapProps, 'visible' | 'hits'>,
): void {
  const rows = points.x.length
  const shown = youngest(past, rows)
  shown.forEach((from, age) => {
    const to = shown[age + 1]
    const weight = Math.round(170 * ((age + 1) / shown.length) ** 1.5)
    for (let row = 0; row < rows; row++) {
      if (visible?.[row] === 0 || hits?.[row] === 0) continue
      const x0 = xScale * from.x[row]! + xOffset
      const y0 = yScale * from.y[row]! + yOffset
      const x1 = to ? xScale * to.x[row]! + xOffset : points.x[row]!
      const y1 = to ? yScale * to.y[row]! + yOffset : points.y[row]!
      if ((x1 - x0) ** 2 + (y1 - y0) ** 2 < UNSEEN) continue
      drawLine(buffer, x0, y0, x1, y1, points.colors[row]!, weight)
    }
  })
}
