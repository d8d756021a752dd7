import type { ZoomTransform } from 'd3-zoom'
import { buildMapScene, fromPixel, planeOf, rowsByPopularity } from './buildMapScene'
import { pixelsOf } from './colorScale'
import { type Extent, extentOf, fitFrame, type MapTransform, nextFrame, zoomed } from './mapFrame'
import { createMapInput } from './mapInput'
import { createMapOverlay } from './mapOverlay'
import { baseRadius, createPointStyle, drawGrid, drawPoints, drawTrails, type PointStyle } from './mapPoints'
import { computePositions, type MapPositions } from './mapPositions'
import type { EmbeddingMapProps } from './mapProps'
import type { MapScene, SceneDot } from './mapScene'
import { createMapTrails } from './mapTrails'
import { fromCss, toCss, toPixel } from './oklch'
import { createPickGrid, type PickGrid } from './pickGrid'
import type { PlacedLabel } from './placeLabels'
import type { Plot } from './plot'
import { type PlotTheme, prefersReducedMotion, readTheme, watchTheme } from './plotTheme'

/** The map of an embedding: points on canvas, axes and labels in SVG above. */
export interface EmbeddingMap extends Plot<EmbeddingMapProps> {
  /** Shows all points again. */
  resetZoom(): void
  /** Above 1: closer. */
  zoomBy(factor: number): void
  /** The current view as shapes, for an export; null before the first snapshot. */
  picture(): { scene: MapScene; dots: SceneDot[]; theme: PlotTheme } | null
}

/** Reach of a pointer and of a finger, CSS pixels. */
const REACH = { fine: 12, coarse: 24 }
/** More device pixels than this per CSS pixel cannot be told apart in a dot, and cost. */
const MAX_PIXEL_RATIO = 2

/** Memory of one `createX`: what the last frame left for the next. */
interface MapState {
  props: EmbeddingMapProps | null
  theme: PlotTheme
  width: number
  height: number
  positions: MapPositions | null
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

/** Draws in `container` until destroyed. The container's `position` becomes relative; its size is the page's. */
export function createEmbeddingMap(container: HTMLElement): EmbeddingMap {
  const root = document.createElement('div')
  root.tabIndex = 0
  root.setAttribute('role', 'img')
  Object.assign(root.style, { position: 'absolute', inset: '0', overflow: 'hidden', userSelect: 'none' })
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative'
  const canvas = document.createElement('canvas')
  Object.assign(canvas.style, { position: 'absolute', display: 'block', outline: 'none' })
  root.append(canvas)
  container.append(root)
  const overlay = createMapOverlay(root)
  const state: MapState = {
    props: null,
    theme: readTheme(container),
    width: 0,
    height: 0,
    positions: null,
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
  const painter = createPainter(canvas)
  const trails = createMapTrails()
  const caches = createCaches()
  let request = 0
  const ask = () => {
    if (request === 0) request = requestAnimationFrame(draw)
  }

  function draw(): void {
    request = 0
    const { props, width, height } = state
    if (!props || width === 0 || height === 0) return
    root.setAttribute('aria-label', props.ariaLabel)
    trails.setLength(props.trails)
    if (syncSource(state, props)) {
      trails.clear()
      input.reset(false)
    }
    if (syncPositions(state, props)) trails.push(state.positions!.x, state.positions!.y, performance.now())
    if (!state.positions) return
    if (!placeOnScreen(state, props)) ask()
    if (state.pointer) pointAt(state.pointer)
    const colors = caches.colors(props, state.theme)
    const style = caches.style(props, state, painter.pixelRatio)
    const { scene, placed } = buildScene(state, props, colors, style, caches)
    state.placed = new Map(placed.map((label) => [label.row, label]))
    painter.paint(state, props, scene, style, colors, trails.past)
    overlay.show(scene, state.theme)
  }

  function pick(at: { x: number; y: number }, reach: number): number | null {
    const { props, positions, width, height } = state
    if (!props || !positions) return null
    const plane = planeOf(width, height)
    state.picks ??= createPickGrid(
      state.screenX,
      state.screenY,
      positions.rows,
      plane.width,
      plane.height,
      props.visible,
    )
    const row = state.picks.nearest(at.x, at.y, reach)
    return row < 0 ? null : row
  }

  function pointAt(at: { x: number; y: number } | null): void {
    state.pointer = at
    const row = at ? pick(at, REACH.fine) : null
    canvas.style.cursor = row === null ? 'default' : 'pointer'
    if (row === state.pointed) return
    state.pointed = row
    state.props?.onHover(row)
    ask()
  }

  const input = createMapInput(root, canvas, {
    zoomed(transform: ZoomTransform) {
      state.zoom = { k: transform.k, x: transform.x, y: transform.y }
      state.picks = null
      ask()
    },
    pointed: pointAt,
    chosen: (at, coarse) => state.props?.onSelect(pick(at, coarse ? REACH.coarse : REACH.fine)),
    stepped(direction) {
      const row = nextTowards(state, direction)
      if (row !== null) state.props?.onSelect(row)
    },
    cleared: () => state.props?.onSelect(null),
  })
  const stopTheme = watchTheme(() => {
    state.theme = readTheme(container)
    caches.clear()
    ask()
  })
  const observer = new ResizeObserver(([entry]) => {
    state.width = Math.round(entry!.contentRect.width)
    state.height = Math.round(entry!.contentRect.height)
    const plane = planeOf(state.width, state.height)
    input.resize(plane.width, plane.height)
    state.picks = null
    ask()
  })
  observer.observe(root)

  return {
    update(props) {
      if (props.visible !== state.props?.visible) state.picks = null
      state.props = props
      ask()
    },
    resetZoom: () => input.reset(true),
    zoomBy: (factor) => input.zoomBy(factor),
    picture() {
      const { props } = state
      if (!props || !state.positions) return null
      const colors = caches.colors(props, state.theme)
      const style = caches.style(props, state, painter.pixelRatio)
      const { scene } = buildScene(state, props, colors, style, caches)
      return { scene, dots: dotsOf(state, props, colors, style), theme: state.theme }
    },
    destroy() {
      cancelAnimationFrame(request)
      observer.disconnect()
      stopTheme()
      input.remove()
      overlay.remove()
      root.remove()
    },
  }
}

/** Forgets all when table, run or view changed. */
function syncSource(state: MapState, props: EmbeddingMapProps): boolean {
  const of = state.positionsOf
  if (!of || (of.source === props.source && of.view === JSON.stringify(props.view) && of.rows === props.rows))
    return false
  if (of.source !== props.source || of.rows !== props.rows) state.placed = new Map()
  state.positions = null
  state.positionsOf = null
  state.frame = null
  state.pointed = null
  state.pointer = null
  return true
}

/** Computes positions of a new snapshot. An array that was given away (length 0) is not one: the last positions stay. */
function syncPositions(state: MapState, props: EmbeddingMapProps): boolean {
  const { vectors, rows, dimension, step, source, view } = props
  if (!vectors || vectors.length < rows * dimension) return false
  if (state.positionsOf?.step === step && state.positions) return false
  state.positions = computePositions(vectors, rows, dimension, view, state.positions)
  state.positionsOf = { step, source, view: JSON.stringify(view), rows }
  return true
}

/** Moves the frame on and computes screen positions. Returns whether the frame has come to rest. */
function placeOnScreen(state: MapState, props: EmbeddingMapProps): boolean {
  const { positions, zoom } = state
  const { x, y, rows } = positions!
  const line = props.view.kind === 'line'
  const plane = planeOf(state.width, state.height)
  // Once a person has zoomed the frame is theirs: it doesn't move under their hands.
  const untouched = zoom.k === 1 && zoom.x === 0 && zoom.y === 0
  let settled = true
  if (untouched || !state.frame) {
    const points = extentOf(x, y, rows, null)
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

type Caches = ReturnType<typeof createCaches>

/** What depends on less than a frame: colours, sizes, order of labels, widths of texts. */
function createCaches() {
  const context = document.createElement('canvas').getContext('2d')!
  let colors: { by: EmbeddingMapProps['colorBy']; rows: number; pixels: Uint32Array } | null = null
  let style: { counts: Uint32Array | null; rows: number; base: number; pixelRatio: number; value: PointStyle } | null =
    null
  let popular: { counts: Uint32Array | null; rows: Int32Array } | null = null
  const widths = new Map<string, number>()
  return {
    colors({ colorBy, rows }: EmbeddingMapProps, theme: PlotTheme): Uint32Array {
      if (!colors || colors.by !== colorBy || colors.rows !== rows) {
        const pixels = pixelsOf(colorBy, rows, theme.dark ? 'dark' : 'light', fromCss(theme.accent))
        colors = { by: colorBy, rows, pixels }
      }
      return colors.pixels
    },
    style({ counts, rows }: EmbeddingMapProps, { width, height }: MapState, pixelRatio: number): PointStyle {
      const base = Math.round(8 * baseRadius(rows, width, height)) / 8
      if (
        !style ||
        style.counts !== counts ||
        style.rows !== rows ||
        style.base !== base ||
        style.pixelRatio !== pixelRatio
      ) {
        style = { counts, rows, base, pixelRatio, value: createPointStyle(rows, counts, base, pixelRatio) }
      }
      return style.value
    },
    popular({ counts, rows }: EmbeddingMapProps): Int32Array {
      if (!popular || popular.counts !== counts || popular.rows.length !== rows) {
        popular = { counts, rows: rowsByPopularity(rows, counts) }
      }
      return popular.rows
    },
    measure(text: string, strong: boolean, fontFamily: string): number {
      const key = `${strong ? 1 : 0}${text}`
      let width = widths.get(key)
      if (width === undefined) {
        context.font = `${strong ? 650 : 450} 11px ${fontFamily}`
        width = context.measureText(text).width
        if (widths.size > 5000) widths.clear()
        widths.set(key, width)
      }
      return width
    },
    clear() {
      colors = null
      widths.clear()
    },
  }
}

function buildScene(state: MapState, props: EmbeddingMapProps, colors: Uint32Array, style: PointStyle, caches: Caches) {
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

/** The pixels of the plane. */
function createPainter(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d', { alpha: false })!
  let image = context.createImageData(1, 1)
  let pixels = new Uint32Array(image.data.buffer)
  let x = new Float32Array(0)
  let y = new Float32Array(0)
  return {
    get pixelRatio() {
      return Math.min(MAX_PIXEL_RATIO, devicePixelRatio || 1)
    },
    paint(
      state: MapState,
      props: EmbeddingMapProps,
      scene: MapScene,
      style: PointStyle,
      colors: Uint32Array,
      past: readonly { x: Float32Array; y: Float32Array }[],
    ): void {
      const ratio = this.pixelRatio
      const { left, top } = scene.plane
      const width = Math.round(scene.plane.width * ratio)
      const height = Math.round(scene.plane.height * ratio)
      if (canvas.width !== width || canvas.height !== height || image.width !== width) {
        canvas.width = width
        canvas.height = height
        Object.assign(canvas.style, { width: `${scene.plane.width}px`, height: `${scene.plane.height}px` })
        Object.assign(canvas.style, { left: `${left}px`, top: `${top}px` })
        image = context.createImageData(width, height)
        pixels = new Uint32Array(image.data.buffer)
      }
      if (x.length !== state.screenX.length) {
        x = new Float32Array(state.screenX.length)
        y = new Float32Array(state.screenX.length)
      }
      for (let row = 0; row < x.length; row++) {
        x[row] = state.screenX[row]! * ratio
        y[row] = state.screenY[row]! * ratio
      }
      const surface = toPixel(fromCss(state.theme.surface))
      const buffer = { width, height, pixels }
      pixels.fill(surface)
      const grid = toPixel(fromCss(state.theme.grid))
      const across = props.view.kind === 'line' ? [height / 2] : scene.ticksY.map((tick) => tick.at * ratio)
      drawGrid(
        buffer,
        scene.ticksX.map((tick) => tick.at * ratio),
        across,
        grid,
      )
      if (past.length > 1) drawTrails(buffer, { x, y, colors }, screenTrails(past, state.transform!, ratio), props)
      drawPoints(buffer, { x, y, colors }, style, props, surface)
      context.putImageData(image, 0, 0)
    },
  }
}

/** Positions of the past in pixels of the buffer, with the frame of today. */
function screenTrails(past: readonly { x: Float32Array; y: Float32Array }[], at: MapTransform, ratio: number) {
  return past.map(({ x, y }) => ({
    x: x.map((value) => (at.xScale * value + at.xOffset) * ratio),
    y: y.map((value) => (at.yScale * value + at.yOffset) * ratio),
  }))
}

function dotsOf(state: MapState, props: EmbeddingMapProps, colors: Uint32Array, style: PointStyle): SceneDot[] {
  const plane = planeOf(state.width, state.height)
  const dots: SceneDot[] = []
  for (const row of style.order) {
    const [x, y] = [state.screenX[row]!, state.screenY[row]!]
    const radius = style.radii[style.size[row]!]!
    if (
      props.visible?.[row] === 0 ||
      !(x > -radius && x < plane.width + radius && y > -radius && y < plane.height + radius)
    )
      continue
    dots.push({ x, y, radius, color: toCss(fromPixel(colors[row]!)), opacity: props.hits?.[row] === 0 ? 0.16 : 0.85 })
  }
  return dots
}

/** From the selected point (or the middle) to the visible one that lies nearest in a direction. */
function nextTowards(state: MapState, direction: { x: number; y: number }): number | null {
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
