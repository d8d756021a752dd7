import { drawSpreads } from './drawSpreads'
import type { Plot } from './plot'
import { nearestRun, nearestValue, readValues, type SpreadChartProps, spreadFrame } from './spreadFrame'
import { createSvgPlot, type SvgPlotState } from './svgPlot'

export type { SpreadChartProps, SpreadSeries, ValueRule } from './spreadFrame'

export interface SpreadChartState extends SvgPlotState<SpreadChartProps> {
  /** Value that is read off; null = the one that was chosen. */
  at: number | null
}

/** Pixels from a dot that still mean it. */
const REACH = 14

/**
 * A measure against the values of a setting: a line of means with its spread over the seeds for each series, a dot for each run. The pointer reads a
 * value off, a click or Enter chooses it; left and right go from value to value.
 */
export function createSpreadChart(container: HTMLElement): Plot<SpreadChartProps> {
  return createSvgPlot<SpreadChartProps, { at: number | null }>(container, { at: null }, (svg, state, ask) => ({
    draw: drawSpreads(svg, state),
    listeners: listen(svg.node()!, state, ask),
  }))
}

function listen(node: SVGSVGElement, state: SpreadChartState, ask: () => void): AbortController {
  const listeners = new AbortController()
  const options = { signal: listeners.signal }
  const read = (at: number | null) => {
    state.at = at
    ask()
  }
  const under = ({ clientX, clientY }: MouseEvent) => {
    const { props } = state
    if (!props) return null
    const { left, top } = node.getBoundingClientRect()
    const frame = spreadFrame(state, props)
    const run = nearestRun(frame, props.series, [clientX - left, clientY - top], REACH)
    const value = run?.value ?? nearestValue(frame, props.series, clientX - left)
    return value === null ? null : { value, seed: run?.seed ?? null }
  }
  node.addEventListener(
    'pointermove',
    (event) => {
      const found = under(event)
      node.style.cursor = found ? 'pointer' : ''
      read(found?.value ?? null)
    },
    options,
  )
  node.addEventListener('pointerleave', () => read(null), options)
  node.addEventListener('blur', () => read(null), options)
  node.addEventListener(
    'click',
    (event) => {
      const found = under(event)
      if (found) state.props?.onChoose(found.value, found.seed)
    },
    options,
  )
  node.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter' && state.at !== null) return state.props?.onChoose(state.at, null)
      const next = steppedTo(state, event.key)
      if (next === undefined) return
      read(next)
      event.preventDefault()
    },
    options,
  )
  return listeners
}

/** undefined: a key that means nothing here. */
function steppedTo({ props, at }: SpreadChartState, key: string): number | undefined {
  const values = props ? readValues(props.series) : []
  const last = values.length - 1
  const here = values.indexOf(at ?? props?.chosen ?? Number.NaN)
  const to = { ArrowLeft: here < 0 ? last : here - 1, ArrowRight: here + 1, Home: 0, End: last }[key]
  return to === undefined || last < 0 ? undefined : values[Math.min(last, Math.max(0, to))]
}
