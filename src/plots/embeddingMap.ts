import type { ZoomTransform } from 'd3-zoom'
import { planeOf } from './buildMapScene'
import type { MapPicture } from './exportMap'
import { createMapCaches } from './mapCaches'
import { createMapInput } from './mapInput'
import { createMapOverlay } from './mapOverlay'
import { createMapPainter } from './mapPainter'
import type { EmbeddingMapProps } from './mapProps'
import { dotsOf, trailsOf } from './mapShapes'
import {
  buildScene,
  createMapState,
  nextTowards,
  placeOnScreen,
  resizeState,
  syncPositions,
  syncSource,
} from './mapState'
import { createMapTrails } from './mapTrails'
import { createPickGrid } from './pickGrid'
import type { Plot } from './plot'
import { readTheme, watchTheme } from './plotTheme'

/** The map of an embedding: points and their names on canvas, axes in SVG around it. */
export interface EmbeddingMap extends Plot<EmbeddingMapProps> {
  /** Shows all points again. */
  resetZoom(): void
  /** Above 1: closer. */
  zoomBy(factor: number): void
  /** The current view as shapes, for an export; null before the first snapshot. */
  picture(): MapPicture | null
}

/** Reach of a pointer and of a finger, CSS pixels. */
const REACH = { fine: 12, coarse: 24 }

/** Draws in `container` until destroyed. The container's `position` becomes relative; its size is the page's. */
export function createEmbeddingMap(container: HTMLElement): EmbeddingMap {
  const root = document.createElement('div')
  root.tabIndex = 0
  root.setAttribute('role', 'img')
  // What scrolls around it would cut off a ring outside of it.
  const style = { position: 'absolute', inset: '0', overflow: 'hidden', outlineOffset: '-2px', userSelect: 'none' }
  Object.assign(root.style, style)
  if (getComputedStyle(container).position === 'static') container.style.position = 'relative'
  const canvas = document.createElement('canvas')
  Object.assign(canvas.style, { position: 'absolute', display: 'block', outline: 'none' })
  root.append(canvas)
  container.append(root)
  const overlay = createMapOverlay(root)
  const state = createMapState(readTheme(container))
  const painter = createMapPainter(canvas)
  const trails = createMapTrails()
  const caches = createMapCaches()
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
    if (!state.positions) {
      painter.clear(state.theme)
      overlay.clear()
      return
    }
    if (!placeOnScreen(state, props)) ask()
    if (state.pointer) pointAt(state.pointer)
    const colors = caches.colors(props, state.theme)
    const style = caches.style(props, state, painter.pixelRatio)
    const { scene, placed } = buildScene(state, props, colors, style, caches)
    state.placed = new Map(placed.map((label) => [label.row, label]))
    if (!painter.paint(state, props, scene, style, colors, comingFrom())) ask()
    overlay.show(scene, state.theme)
  }

  /** Where the lines to the points begin. */
  const comingFrom = () => (state.other ? [state.other] : trails.past)

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
  // Widths measured before the page's font has come are those of another font.
  const fontsLoaded = () => {
    caches.clear()
    painter.forgetLabels()
    ask()
  }
  document.fonts.addEventListener('loadingdone', fontsLoaded)
  const observer = new ResizeObserver(([entry]) => {
    const zoom = resizeState(state, Math.round(entry!.contentRect.width), Math.round(entry!.contentRect.height))
    const plane = planeOf(state.width, state.height)
    input.resize(plane.width, plane.height)
    if (zoom) input.setZoom(zoom)
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
      const dots = dotsOf(state, props, colors, style)
      return { scene, dots, trails: trailsOf(state, props, colors, comingFrom()), theme: state.theme }
    },
    destroy() {
      cancelAnimationFrame(request)
      observer.disconnect()
      stopTheme()
      document.fonts.removeEventListener('loadingdone', fontsLoaded)
      input.remove()
      overlay.remove()
      root.remove()
    },
  }
}
