/** A rectangle in the units of the embedding. */
export interface Extent {
  x0: number
  x1: number
  y0: number
  y1: number
}

/** pixel = scale · value + offset, for each axis; the scale of y is negative (up is more). */
export interface MapTransform {
  xScale: number
  xOffset: number
  yScale: number
  yOffset: number
}

/** Smallest rectangle around the visible points; null when there is none. */
export function extentOf(x: Float32Array, y: Float32Array, rows: number, visible: Uint8Array | null): Extent | null {
  let x0 = Number.POSITIVE_INFINITY
  let x1 = Number.NEGATIVE_INFINITY
  let y0 = Number.POSITIVE_INFINITY
  let y1 = Number.NEGATIVE_INFINITY
  for (let row = 0; row < rows; row++) {
    const px = x[row]!
    const py = y[row]!
    if (visible?.[row] === 0 || !(Math.abs(px) < 1e30 && Math.abs(py) < 1e30)) continue
    if (px < x0) x0 = px
    if (px > x1) x1 = px
    if (py < y0) y0 = py
    if (py > y1) y1 = py
  }
  return x1 >= x0 ? { x0, x1, y0, y1 } : null
}

const PADDING = 0.07
/** Share of the way that a frame moves at once: outwards quickly, inwards slowly, so that the axes don't breathe with every step. */
const EXPAND = 0.35
const SHRINK = 0.03
/** Inwards only when the points fill less than this share of the frame. */
const LOOSE = 0.8

/**
 * The frame to show next, given the last one and where the points are: never cuts a point off, doesn't jump.
 * `settled`: calling again would not change it by more than a pixel of a thousand.
 */
export function nextFrame(
  previous: Extent | null,
  points: Extent,
  smooth: boolean,
): { frame: Extent; settled: boolean } {
  const target = padded(points)
  if (!previous || !smooth) return { frame: target, settled: true }
  const [x0, x1] = nextRange(previous.x0, previous.x1, target.x0, target.x1, points.x0, points.x1)
  const [y0, y1] = nextRange(previous.y0, previous.y1, target.y0, target.y1, points.y0, points.y1)
  const moved = Math.max(
    Math.abs(x0 - previous.x0) + Math.abs(x1 - previous.x1),
    Math.abs(y0 - previous.y0) + Math.abs(y1 - previous.y1),
  )
  return { frame: { x0, x1, y0, y1 }, settled: moved < 1e-3 * Math.max(x1 - x0, y1 - y0) }
}

function nextRange(
  low: number,
  high: number,
  targetLow: number,
  targetHigh: number,
  pointLow: number,
  pointHigh: number,
) {
  const shrink = targetHigh - targetLow < LOOSE * (high - low) ? SHRINK : 0
  const step = (from: number, to: number, outwards: boolean) => from + (outwards ? EXPAND : shrink) * (to - from)
  const slack = 0.02 * (pointHigh - pointLow)
  return [
    Math.min(step(low, targetLow, targetLow < low && pointLow - slack < low), pointLow - slack),
    Math.max(step(high, targetHigh, targetHigh > high && pointHigh + slack > high), pointHigh + slack),
  ] as const
}

function padded({ x0, x1, y0, y1 }: Extent): Extent {
  const span = Math.max(x1 - x0, y1 - y0) || Math.abs(x0) || 1
  const dx = PADDING * Math.max(x1 - x0, 0.1 * span)
  const dy = PADDING * Math.max(y1 - y0, 0.1 * span)
  return { x0: x0 - dx, x1: x1 + dx, y0: y0 - dy, y1: y1 + dy }
}

/** Fits a frame into width × height pixels. `equal`: one unit is as long in y as in x, as distances on a map must be. */
export function fitFrame(frame: Extent, width: number, height: number, equal: boolean): MapTransform {
  const cx = (frame.x0 + frame.x1) / 2
  const cy = (frame.y0 + frame.y1) / 2
  let xScale = width / (frame.x1 - frame.x0)
  let yScale = height / (frame.y1 - frame.y0)
  if (equal) xScale = yScale = Math.min(xScale, yScale)
  return { xScale, xOffset: width / 2 - xScale * cx, yScale: -yScale, yOffset: height / 2 + yScale * cy }
}

/** A zoom (k, tx, ty of d3-zoom) after a transform. On a line only x zooms. */
export function zoomed(base: MapTransform, zoom: { k: number; x: number; y: number }, line: boolean): MapTransform {
  return {
    xScale: base.xScale * zoom.k,
    xOffset: base.xOffset * zoom.k + zoom.x,
    yScale: line ? base.yScale : base.yScale * zoom.k,
    yOffset: line ? base.yOffset : base.yOffset * zoom.k + zoom.y,
  }
}

/** The zoom that keeps the middle of the picture in the middle when its size, and with it the base transform, changes. */
export function zoomAfterResize(
  zoom: { k: number; x: number; y: number },
  before: MapTransform,
  after: MapTransform,
  sizeBefore: { width: number; height: number },
  sizeAfter: { width: number; height: number },
): { k: number; x: number; y: number } {
  const { k } = zoom
  const shift = (middle: number, moved: number, from: [number, number], to: [number, number], nextMiddle: number) => {
    const value = ((middle - moved) / k - from[1]) / from[0]
    return nextMiddle - k * (to[0] * value + to[1])
  }
  return {
    k,
    x: shift(
      sizeBefore.width / 2,
      zoom.x,
      [before.xScale, before.xOffset],
      [after.xScale, after.xOffset],
      sizeAfter.width / 2,
    ),
    y: shift(
      sizeBefore.height / 2,
      zoom.y,
      [before.yScale, before.yOffset],
      [after.yScale, after.yOffset],
      sizeAfter.height / 2,
    ),
  }
}
