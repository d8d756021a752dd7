import { type Selection, select } from 'd3-selection'
import type { Plot } from './plot'
import { type PlotTheme, readTheme, watchTheme } from './plotTheme'

export type Svg = Selection<SVGSVGElement, unknown, null, undefined>

export interface SvgPlotState<Props> {
  props: Props | null
  theme: PlotTheme
  width: number
  height: number
}

/** What is particular to a plot. */
interface Drawing<Props> {
  draw(props: Props): void
  /** Its listeners; aborted when the plot is destroyed. */
  listeners: AbortController
}

/**
 * An SVG that fills `container` and is drawn at most once a frame: after new props, another size or theme, and when asked. `begin` gets the
 * state that is drawn from: `initial`, and what is known of the page.
 */
export function createSvgPlot<Props, Own extends object>(
  container: HTMLElement,
  initial: Own,
  begin: (svg: Svg, state: SvgPlotState<Props> & Own, ask: () => void) => Drawing<Props>,
): Plot<Props> {
  const svg = select(container)
    .append('svg')
    .attr('tabindex', 0)
    .attr('role', 'img')
    .attr('font-size', 11)
    .style('display', 'block')
    .style('width', '100%')
    .style('height', '100%')
    .style('font-variant-numeric', 'tabular-nums')
    .style('touch-action', 'pan-y')
  const page: SvgPlotState<Props> = { props: null, theme: readTheme(container), width: 0, height: 0 }
  const state = { ...initial, ...page }
  let request = 0
  const ask = () => {
    if (request === 0) request = requestAnimationFrame(draw)
  }
  const { draw: paint, listeners } = begin(svg, state, ask)
  function draw(): void {
    request = 0
    if (state.props && state.width > 0 && state.height > 0) paint(state.props)
  }
  const stopTheme = watchTheme(() => {
    state.theme = readTheme(container)
    ask()
  })
  const observer = new ResizeObserver(([entry]) => {
    state.width = Math.round(entry!.contentRect.width)
    state.height = Math.round(entry!.contentRect.height)
    ask()
  })
  observer.observe(container)
  return {
    update(props) {
      state.props = props
      ask()
    },
    destroy() {
      cancelAnimationFrame(request)
      listeners.abort()
      observer.disconnect()
      stopTheme()
      svg.remove()
    },
  }
}
