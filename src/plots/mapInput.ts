import { select } from 'd3-selection'
import 'd3-transition'
import { type D3ZoomEvent, type ZoomTransform, zoom, zoomIdentity } from 'd3-zoom'
import { prefersReducedMotion } from './plotTheme'

/** What a person does to the map, told in its own words. */
export interface MapGestures {
  zoomed(transform: ZoomTransform): void
  /** Pointer at (x, y) of the plane in CSS pixels; null: it left. */
  pointed(at: { x: number; y: number } | null): void
  /** Click or tap; `coarse`: with a finger. */
  chosen(at: { x: number; y: number }, coarse: boolean): void
  /** Shift + arrow: to the next point that way. */
  stepped(direction: { x: number; y: number }): void
  cleared(): void
}

export interface MapInput {
  resize(width: number, height: number): void
  zoomBy(factor: number): void
  reset(animated: boolean): void
  /** Sets the zoom without motion. */
  setZoom(zoom: { k: number; x: number; y: number }): void
  remove(): void
}

const arrows: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

const PAN_PX = 48

/**
 * Zoom by wheel, pinch, double click and + −; pan by drag and arrows; 0 shows all. While all is shown one finger scrolls the page; once zoomed
 * in it moves the map. `surface` takes the pointer, `root` the keyboard.
 */
export function createMapInput(root: HTMLElement, surface: HTMLElement, gestures: MapGestures): MapInput {
  let isZoomed = false
  const behavior = zoom<HTMLElement, unknown>()
    .scaleExtent([0.5, 200])
    .filter((event: WheelEvent | MouseEvent | TouchEvent) => {
      if ('touches' in event) return event.touches.length > 1 || isZoomed
      return (!event.ctrlKey || event.type === 'wheel') && !event.button
    })
    .on('zoom', (event: D3ZoomEvent<HTMLElement, unknown>) => {
      // Zooming in and out again leaves a rounding error.
      isZoomed = event.transform.k > 1.001
      surface.style.touchAction = isZoomed ? 'none' : 'pan-y'
      gestures.zoomed(event.transform)
    })
  const target = select(surface).call(behavior)
  surface.style.touchAction = 'pan-y'

  const durationMs = () => (prefersReducedMotion() ? 0 : 200)
  const zoomBy = (factor: number) => target.transition().duration(durationMs()).call(behavior.scaleBy, factor)
  const reset = (animated: boolean) => {
    if (animated) target.transition().duration(durationMs()).call(behavior.transform, zoomIdentity)
    else target.interrupt().call(behavior.transform, zoomIdentity)
  }
  const listeners = new AbortController()
  const { signal } = listeners
  surface.addEventListener(
    'pointermove',
    (event) => event.pointerType !== 'touch' && gestures.pointed({ x: event.offsetX, y: event.offsetY }),
    { signal },
  )
  surface.addEventListener('pointerleave', () => gestures.pointed(null), { signal })
  surface.addEventListener(
    'click',
    (event) => gestures.chosen({ x: event.offsetX, y: event.offsetY }, isCoarse(event)),
    { signal },
  )
  root.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const arrow = arrows[event.key]
      if (arrow && event.shiftKey) gestures.stepped(arrow)
      else if (arrow) target.call(behavior.translateBy, ...panOf(arrow, surface))
      else if (event.key === '+' || event.key === '=') zoomBy(1.5)
      else if (event.key === '-') zoomBy(1 / 1.5)
      else if (event.key === '0') reset(true)
      else if (event.key === 'Escape') gestures.cleared()
      else return
      event.preventDefault()
    },
    { signal },
  )

  return {
    resize(width, height) {
      behavior.extent([
        [0, 0],
        [width, height],
      ])
    },
    zoomBy,
    reset,
    setZoom: ({ k, x, y }) => {
      target.interrupt().call(behavior.transform, zoomIdentity.translate(x, y).scale(k))
    },
    remove() {
      listeners.abort()
      target.interrupt().on('.zoom', null)
    },
  }
}

/** An arrow shows what lies in its direction: the content moves the other way. In units of the zoomed plane. */
function panOf(arrow: { x: number; y: number }, surface: HTMLElement): [number, number] {
  const k = (surface as HTMLElement & { __zoom?: ZoomTransform }).__zoom?.k ?? 1
  return [(-arrow.x * PAN_PX) / k, (-arrow.y * PAN_PX) / k]
}

function isCoarse(event: MouseEvent): boolean {
  return 'pointerType' in event && event.pointerType === 'touch'
}
