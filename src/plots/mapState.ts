import { buildMapScene, planeOf } from './buildMapScene'
import type { MapCaches } from './mapCaches'
import { type Extent, extentOf, fitFrame, type MapTransform, nextFrame, zoomAfterResize, zoomed } from './mapFrame'
import type { PointStyle } from './mapPoints'
import { computePositions, type MapPositions, positionsOfOther } from './mapPositions'
import { type EmbeddingMapProps, isLine, type MapView } from './mapProps'
import type { PickGrid } from './pickGrid'
import type { PlacedLabel } from './placeLabels'
import { type PlotTheme, prefersReducedMotion } from './plotTheme'

/** Memory of a map: what the last frame left for the next. */
export interface MapState {
  props: EmbeddingMapProps | null
  theme: PlotTheme
  width: number
  height: number
  positions: MapPositions | null
  /** Of the run that is laid over. */
  other: Pick<MapPositions, 'x' | 'y'> | null
  positionsOf: { step: number; source: string; view: string; rows: number } | null
  frame: Extent | null
  zoom: { k: number; x: number; y: number }
  screenX: Float32Array
  screenY: Float32Array
  transform: MapTransform | null
  picks: PickGrid | null
  pointer: { x: number; y: number } | null
  pointed: number | null
  placed: Map<number, PlacedLabel>
}

export function createMapState(theme: PlotTheme): MapState {
  return {
    props: null,
    theme,
    width: 0,
    height: 0,
    positions: null,
    other: null,
    positionsOf: null,
    frame: null,
    zoom: { k: 1, x: 0, y: 0 },
    screenX: new Float32Array(0),
    screenY: new Float32Array(0),
    transform: null,
    picks: null,
    pointer: null,
    pointed: null,
    placed: new Map(),
  }
}

/** Takes a new size. Returns the zoom that keeps the middle where it was, where a person has zoomed. */
export function resizeState(state: MapState, width: number, height: number): MapState['zoom'] | null {
  const { zoom, frame, props } = state
  const [before, after] = [planeOf(state.width, state.height), planeOf(width, height)]
  const had = state.width > 0 && state.height > 0
  state.width = width
  state.height = height
  state.picks = null
  if (!had || !frame || !props || !isTouched(zoom) || width === 0 || height === 0) return null
  const baseOf = (plane: { width: number; height: number }) =>
    fitFrame(frame, plane.width, plane.height, !isLine(props.view))
  return zoomAfterResize(zoom, baseOf(before), baseOf(after), before, after)
}

function isTouched({ k, x, y }: MapState['zoom']): boolean {
  return k !== 1 || x !== 0 || y !== 0
}

function nameOf(view: MapView): string {
  return view.kind === 'axes' ? view.name : JSON.stringify(view)
}

/** Forgets all when table, run or view changed. */
export function syncSource(state: MapState, props: EmbeddingMapProps): boolean {
  const of = state.positionsOf
  if (!of || (of.source === props.source && of.view === nameOf(props.view) && of.rows === props.rows)) return false
  if (of.source !== props.source || of.rows !== props.rows) state.placed = new Map()
  state.positions = null
  state.positionsOf = null
  state.frame = null
  state.pointed = null
  state.pointer = null
  return true
}

/** Computes positions of a new snapshot. An array that was given away (length 0) is not one: the last positions stay. */
export function syncPositions(state: MapState, props: EmbeddingMapProps): boolean {
  const { vectors, rows, dimension, step, source, view } = props
  if (!vectors || vectors.length < rows * dimension) return false
  if (state.positionsOf?.step === step && state.positions) return false
  state.positions = computePositions(vectors, rows, dimension, view, state.positions)
  state.positionsOf = { step, source, view: nameOf(view), rows }
  state.other = props.other ? positionsOfOther(props.other, rows, dimension, view, state.positions) : null
  return true
}

/** Moves the frame on and computes screen positions. Returns whether the frame has come to rest. */
export function placeOnScreen(state: MapState, props: EmbeddingMapProps): boolean {
  const { positions, zoom } = state
  const { x, y, rows } = positions!
  const line = isLine(props.view)
  const plane = planeOf(state.width, state.height)
  // Once a person has zoomed the frame is theirs: it doesn't move under their hands.
  const untouched = !isTouched(zoom)
  let settled = true
  if (untouched || !state.frame) {
    const own = extentOf(x, y, rows, null)
    const points = own && state.other ? around(own, extentOf(state.other.x, state.other.y, rows, null)) : own
    if (points) {
      const next = nextFrame(state.frame, line ? { ...points, y0: -1, y1: 1 } : points, !prefersReducedMotion())
      state.frame = next.frame
      settled = next.settled
    }
  }
  const frame = state.frame ?? { x0: -1, x1: 1, y0: -1, y1: 1 }
  const transform = zoomed(fitFrame(frame, plane.width, plane.height, !line), zoom, line)
  state.transform = transform
  if (state.screenX.length !== rows) {
    state.screenX = new Float32Array(rows)
    state.screenY = new Float32Array(rows)
  }
  for (let row = 0; row < rows; row++) {
    state.screenX[row] = transform.xScale * x[row]! + transform.xOffset
    state.screenY[row] = transform.yScale * y[row]! + transform.yOffset
  }
  state.picks = null
  return settled
}

function around(a: Extent, b: Extent | null): Extent {
  if (!b) return a
  return {
    x0: Math.min(a.x0, b.x0),
    x1: Math.max(a.x1, b.x1),
    y0: Math.min(a.y0, b.y0),
    y1: Math.max(a.y1, b.y1),
  }
}

export function buildScene(
  state: MapState,
  props: EmbeddingMapProps,
  colors: Uint32Array,
  style: PointStyle,
  caches: MapCaches,
) {
  return buildMapScene({
    width: state.width,
    height: state.height,
    props,
    x: state.screenX,
    y: state.screenY,
    colors,
    radiusOf: (row) => style.radii[style.size[row]!]!,
    transform: state.transform!,
    titles: state.positions!.titles,
    hovered: state.pointed ?? props.hovered,
    popular: caches.popular(props),
    previous: state.placed,
    measure: (text, strong) => caches.measure(text, strong, state.theme.fontFamily),
  })
}

/** From the selected point (or the middle) to the visible one that lies nearest in a direction. */
export function nextTowards(state: MapState, direction: { x: number; y: number }): number | null {
  const { props, screenX, screenY } = state
  if (!props) return null
  const plane = planeOf(state.width, state.height)
  const from = props.selected ?? -1
  const fx = screenX[from] ?? plane.width / 2
  const fy = screenY[from] ?? plane.height / 2
  let best: number | null = null
  let bestCost = Number.POSITIVE_INFINITY
  for (let row = 0; row < screenX.length; row++) {
    if (row === from || props.visible?.[row] === 0 || props.hits?.[row] === 0) continue
    const along = (screenX[row]! - fx) * direction.x + (screenY[row]! - fy) * direction.y
    const aside = Math.abs((screenX[row]! - fx) * direction.y) + Math.abs((screenY[row]! - fy) * direction.x)
    const cost = along + 2 * aside
    if (along > 0.5 && cost < bestCost) {
      best = row
      bestCost = cost
    }
  }
  return best
}
