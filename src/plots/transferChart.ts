import { drawTransfer } from './drawTransfer'
import type { Plot } from './plot'
import { createSvgPlot, type SvgPlotState } from './svgPlot'
import { nearestSize, type TransferChartProps, transferFrame } from './transferFrame'

export type { TransferChartProps, TransferSeries } from './transferFrame'

export interface TransferChartState extends SvgPlotState<TransferChartProps> {
  /** Size that is read off; null = the one that was chosen. */
  at: number | null
}

/**
 * Validation R² against the number of labels: a line with its spread for each kind of student, a dot for each run. The pointer reads a size off, a click
 * or Enter chooses it; left and right go from size to size.
 */
export function createTransferChart(container: HTMLElement): Plot<TransferChartProps> {
  return createSvgPlot<TransferChartProps, { at: number | null }>(container, { at: null }, (svg, state, ask) => ({
    draw: drawTransfer(svg, state),
    listeners: listen(svg.node()!, state, ask),
  }))
}

function listen(node: SVGSVGElement, state: TransferChartState, ask: () => void): AbortController {
  const listeners = new AbortController()
  const options = { signal: listeners.signal }
  const read = (at: number | null) => {
    state.at = at
    ask()
  }
  const under = (event: MouseEvent) => {
    if (!state.props) return null
    const { x } = transferFrame(state, state.props)
    return nearestSize(state.props.sizes, x, event.clientX - node.getBoundingClientRect().left)
  }
  const choose = (size: number | null) => {
    if (size !== null) state.props?.onChoose(size)
  }
  node.addEventListener('pointermove', (event) => read(under(event)), options)
  node.addEventListener('pointerleave', () => read(null), options)
  node.addEventListener('blur', () => read(null), options)
  node.addEventListener('click', (event) => choose(under(event)), options)
  node.addEventListener(
    'keydown',
    (event) => {
      if (event.key === 'Enter') return choose(state.at)
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
function steppedTo({ props, at }: TransferChartState, key: string): number | undefined {
  const sizes = props?.sizes ?? []
  const last = sizes.length - 1
  const here = sizes.indexOf(at ?? props?.chosen ?? Number.NaN)
  const to = { ArrowLeft: here < 0 ? last : here - 1, ArrowRight: here + 1, Home: 0, End: last }[key]
  return to === undefined || last < 0 ? undefined : sizes[Math.min(last, Math.max(0, to))]
}
