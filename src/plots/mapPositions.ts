import { alignTo, type Projection, principalComponents, project } from '../geometry/pca'
import type { MapView } from './mapProps'

/** Where the points are, in the units of the embedding. */
export interface MapPositions {
  rows: number
  x: Float32Array
  y: Float32Array
  /** Titles of the axes. */
  titles: { x: string; y: string }
  /** How to place the next snapshot so that a PCA picture doesn't flip; null unless PCA. */
  projection: Projection | null
  /** `performance.now()` when the PCA axes were computed. */
  projectedAtMs: number
  /** How long that took. */
  projectionMs: number
}

/** Rows that PCA axes are computed from while the picture moves; all rows are projected. */
const PCA_ROWS = 4096
/** PCA axes are computed again after this many times the duration of the last time: at most 5 % of the main thread. */
const PCA_REST = 20

/** Positions of `vectors` [rows × dimension]. Arrays of `previous` are used again when they fit. */
export function computePositions(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  view: MapView,
  previous: MapPositions | null,
): MapPositions {
  const reuse = previous?.rows === rows ? previous : null
  const x = reuse?.x ?? new Float32Array(rows)
  const y = reuse?.y ?? new Float32Array(rows)
  const plain = { rows, x, y, projection: null, projectedAtMs: 0, projectionMs: 0 }
  if (view.kind === 'pca') return pcaPositions(vectors, rows, dimension, { x, y }, previous)
  if (view.kind === 'axes') {
    placeAlong(view.axes, vectors, rows, { x, y })
    if (view.axes.k === 1) spreadByDensity(x, y)
    return { ...plain, projection: view.axes, titles: view.titles }
  }
  if (view.kind === 'line') {
    copyDimension(vectors, rows, dimension, view.axis, x)
    spreadByDensity(x, y)
    return { ...plain, titles: { x: `dimension ${view.axis + 1}`, y: 'height only spreads the points' } }
  }
  copyDimension(vectors, rows, dimension, view.x, x)
  copyDimension(vectors, rows, dimension, view.y, y)
  return { ...plain, titles: { x: `dimension ${view.x + 1}`, y: `dimension ${view.y + 1}` } }
}

/** Where the same points lie in another run that was laid over this one; sideways of a line they stay at their height. */
export function positionsOfOther(
  other: Float32Array,
  rows: number,
  dimension: number,
  view: MapView,
  { y, projection }: MapPositions,
): Pick<MapPositions, 'x' | 'y'> {
  const places = { x: new Float32Array(rows), y: y.slice() }
  if (projection) placeAlong(projection, other, rows, places)
  else {
    copyDimension(
      other,
      rows,
      dimension,
      view.kind === 'plane' ? view.x : view.kind === 'line' ? view.axis : 0,
      places.x,
    )
    if (view.kind === 'plane') copyDimension(other, rows, dimension, view.y, places.y)
  }
  return places
}

function placeAlong(
  axes: Projection,
  vectors: Float32Array,
  rows: number,
  { x, y }: { x: Float32Array; y: Float32Array },
): void {
  const pairs = project(axes, vectors, rows)
  for (let row = 0; row < rows; row++) {
    x[row] = pairs[row * axes.k]!
    if (axes.k > 1) y[row] = pairs[row * axes.k + 1]!
  }
}

function copyDimension(vectors: Float32Array, rows: number, dimension: number, d: number, out: Float32Array): void {
  for (let row = 0, at = d; row < rows; row++, at += dimension) out[row] = vectors[at]!
}

function pcaPositions(
  vectors: Float32Array,
  rows: number,
  dimension: number,
  { x, y }: { x: Float32Array; y: Float32Array },
  previous: MapPositions | null,
): MapPositions {
  const startMs = performance.now()
  let projection = previous?.projection?.dimension === dimension ? previous.projection : null
  let { projectedAtMs, projectionMs } = previous ?? { projectedAtMs: 0, projectionMs: 0 }
  if (!projection || startMs - projectedAtMs > PCA_REST * projectionMs) {
    const fresh = principalComponents(vectors, rows, dimension, { maxRows: PCA_ROWS })
    projection = projection ? alignTo(fresh, projection) : fresh
    projectedAtMs = performance.now()
    projectionMs = projectedAtMs - startMs
  }
  placeAlong(projection, vectors, rows, { x, y })
  const share = (i: number) =>
    `principal axis ${i + 1} · ${Math.round(100 * (projection.explained[i] ?? 0))} % of variance`
  return { rows, x, y, titles: { x: share(0), y: share(1) }, projection, projectedAtMs, projectionMs }
}

const BINS = 128

/**
 * Spreads points on a line sideways, −1 … 1, by the density at their place (a sina plot: Sidiropoulos et al. 2018). Each row keeps its own share of
 * the width, so that points move smoothly while they train. Where few points are, they stay near the line.
 */
export function spreadByDensity(x: Float32Array, y: Float32Array): void {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of x) {
    if (value < low) low = value
    if (value > high) high = value
  }
  const scale = high > low ? (BINS - 1) / (high - low) : 0
  let density = new Float64Array(BINS)
  for (const value of x) if (Number.isFinite(value)) density[Math.round((value - low) * scale)]! += 1
  for (let pass = 0; pass < 6; pass++) {
    density = density.map(
      (_, i) => (density[Math.max(0, i - 1)]! + 2 * density[i]! + density[Math.min(BINS - 1, i + 1)]!) / 4,
    )
  }
  const most = density.reduce((a, b) => Math.max(a, b), 1e-9)
  for (let row = 0; row < x.length; row++) {
    const at = (x[row]! - low) * scale
    const bin = Math.min(BINS - 2, Math.floor(at))
    const here = scale > 0 ? density[bin]! + (at - bin) * (density[bin + 1]! - density[bin]!) : most
    y[row] = (2 * goldenShare(row + 1) - 1) * Math.sqrt(here / most)
  }
}

/** Multiples of the golden ratio, without their whole part: fill [0, 1) evenly from the first on, also for every 7th or 24th row. */
function goldenShare(n: number): number {
  return (Math.imul(n, 0x9e3779b1) >>> 0) / 4294967296
}
