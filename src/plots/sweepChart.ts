import { drawSweep } from './drawSweep'
import type { Plot } from './plot'
import { createSvgPlot, type SvgPlotState } from './svgPlot'
import { nearestRun, type SweepChartProps, sweepFrame } from './sweepFrame'

export type { SweepChartProps, SweepPoint } from './sweepFrame'

export interface SweepChartState extends SvgPlotState<SweepChartProps> {
  /** Value that is read off; null = none. */
  at: number | null
}

/** Pixels from a dot that still mean it. */
const REACH = 14

/**
 * A metric against the values of a setting: mean and spread over the seeds for training and validation, a dot for each run. A click opens a dot's
 * run; left and right read the values off, Enter opens the first run of the one read.
 */
export function createSweepChart(container: HTMLElement): Plot<SweepChartProps> {
  return createSvgPlot<SweepChartProps, { at: number | null }>(container, { at: null }, (svg, state, ask) => {
    const paint = drawSweep(svg, state)
    return { draw: paint, listeners: listen(svg.node()!, state, ask) }
  })
}

function listen(node: SVGSVGElement, state: SweepChartState, ask: () => void): AbortController {
  const listeners = new AbortController()
  const options = { signal: listeners.signal }
  const read = (at: number | null) => {
    state.at = at
    ask()
  }
  const under = (event: MouseEvent) => {
    if (!state.props) return null
    const { left, top } = node.getBoundingClientRect()
    const place = [event.clientX - left, event.clientY - top] as const
    return nearestRun(sweepFrame(state, state.props), state.props.points, place, REACH)
  }
  node.addEventListener(
    'pointermove',
    (event) => {
      node.style.cursor = under(event) ? 'pointer' : ''
      if (state.props) read(nearestValue(state, event.clientX - node.getBoundingClientRect().left))
    },
    options,
  )
  node.addEventListener('pointerleave', () => read(null), options)
  node.addEventListener('blur', () => read(null), options)
  node.addEventListener(
    'click',
    (event) => {
      const run = under(event)
      if (run) state.props?.onOpen(run.value, run.seed)
    },
    options,
  )
  node.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter') return openRead(state)
      const next = steppedTo(state, event.key)
      if (next === undefined) return
      read(next)
      event.preventDefault()
    },
    options,
  )
  return listeners
}

function nearestValue(state: SweepChartState, pixel: number): number | null {
  if (!state.props) return null
  const { x } = sweepFrame(state, state.props)
  const values = state.props.points.map(({ value }) => value)
  return values.toSorted((a, b) => Math.abs(x(a) - pixel) - Math.abs(x(b) - pixel))[0] ?? null
}

function openRead({ props, at }: SweepChartState): void {
  const point = props?.points.find(({ value }) => value === at)
  const [run] = point?.runs ?? []
  if (point && run) props?.onOpen(point.value, run.seed)
}

/** undefined: a key that means nothing here. */
function steppedTo({ props, at }: SweepChartState, key: string): number | null | undefined {
  const values = props?.points.map(({ value }) => value) ?? []
  const last = values.length - 1
  const here = at === null ? -1 : values.indexOf(at)
  const to = { ArrowLeft: here < 0 ? last : here - 1, ArrowRight: here + 1, Home: 0, End: last }[key]
  return to === undefined || last < 0 ? undefined : values[Math.min(last, Math.max(0, to))]
}
