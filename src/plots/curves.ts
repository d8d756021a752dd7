import { nearestPoint } from './curveScales'
import { type CurvesProps, curvesFrame, leadingCurve } from './curvesFrame'
import { type CurvesState, createLayers, drawCurves } from './drawCurves'
import type { Plot } from './plot'
import { createSvgPlot } from './svgPlot'

export type { Curve, CurvesProps } from './curvesFrame'

/** Loss or a metric over time; small (from about 240 × 120 pixels). Pointer, touch and left/right keys read values off. */
export function createCurves(container: HTMLElement): Plot<CurvesProps> {
  return createSvgPlot<CurvesProps, { at: number | null }>(container, { at: null }, (svg, state, ask) => {
    const layers = createLayers(svg)
    return {
      draw: (props) => drawCurves(svg, layers, state, props),
      listeners: listen(svg.node()!, state, ask),
    }
  })
}

function listen(node: SVGSVGElement, state: CurvesState, ask: () => void): AbortController {
  const listeners = new AbortController()
  const options = { signal: listeners.signal }
  const move = (at: number | null) => {
    state.at = at
    ask()
  }
  const point = (event: PointerEvent) => {
    if (!state.props) return
    const pixel = event.clientX - node.getBoundingClientRect().left
    move(snap(state.props, curvesFrame(state, state.props).toX(pixel)))
  }
  node.addEventListener('pointermove', point, options)
  node.addEventListener('pointerdown', point, options)
  node.addEventListener('pointerleave', () => move(null), options)
  node.addEventListener('blur', () => move(null), options)
  node.addEventListener(
    'keydown',
    (event) => {
      const next = state.props ? steppedTo(state.props, state.at, event.key) : undefined
      if (next === undefined) return
      move(next)
      event.preventDefault()
    },
    options,
  )
  return listeners
}

/** The x of the nearest point of the leading curve. */
function snap(props: CurvesProps, at: number): number | null {
  const curve = leadingCurve(props)
  const i = curve ? nearestPoint(curve, at) : -1
  return i < 0 ? null : curve!.x[i]!
}

/** Left, Right, Home, End move along the leading curve, Escape leaves it; undefined: another key. */
function steppedTo(props: CurvesProps, at: number | null, key: string): number | null | undefined {
  const curve = leadingCurve(props)
  if (!curve || curve.x.length === 0) return undefined
  const last = curve.x.length - 1
  const here = at === null ? last : nearestPoint(curve, at)
  const to = { ArrowLeft: at === null ? last : here - 1, ArrowRight: here + 1, Home: 0, End: last }[key]
  if (key === 'Escape') return null
  return to === undefined ? undefined : curve.x[Math.min(last, Math.max(0, to))]!
}
