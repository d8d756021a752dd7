import { drawHeatMap, type HeatMapProps, type HeatMapState } from './drawHeatMap'
import { CELLS, HOURS, heatMapLayout } from './heatMapLayout'
import type { Plot } from './plot'
import { createSvgPlot } from './svgPlot'

export type { HeatMapProps } from './drawHeatMap'

/** The week as 7 × 24 cells: pointer, touch and arrow keys move over it, Enter or click selects. */
export function createHeatMap(container: HTMLElement): Plot<HeatMapProps> {
  return createSvgPlot<HeatMapProps, { active: number | null }>(container, { active: null }, (svg, state, ask) => {
    function activate(cell: number | null): void {
      if (cell === state.active) return
      state.active = cell
      state.props?.onHoverCell(cell)
      ask()
    }
    return {
      draw: (props) => drawHeatMap(svg, state, props),
      listeners: listenToCells(svg.node()!, state, activate),
    }
  })
}

/** Pointer, touch and keys over the cells of a week. */
export function listenToCells(
  node: SVGSVGElement,
  state: Pick<HeatMapState, 'width' | 'height' | 'active'> & {
    props: Pick<HeatMapProps, 'selected' | 'onSelectCell'> | null
  },
  activate: (cell: number | null) => void,
): AbortController {
  const listeners = new AbortController()
  const options = { signal: listeners.signal }
  const cellAt = (event: MouseEvent) => {
    const box = node.getBoundingClientRect()
    return heatMapLayout(state.width, state.height).cellAt(event.clientX - box.left, event.clientY - box.top)
  }
  const choose = (cell: number | null) => state.props?.onSelectCell(cell === state.props.selected ? null : cell)
  node.addEventListener('pointermove', (event) => activate(cellAt(event)), options)
  node.addEventListener('pointerleave', () => activate(null), options)
  node.addEventListener('blur', () => activate(null), options)
  node.addEventListener('click', (event) => choose(cellAt(event)), options)
  node.addEventListener(
    'keydown',
    (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const moved = moveCell(state.active ?? state.props?.selected ?? null, event.key)
      if (moved !== null) activate(moved)
      else if (event.key === 'Enter' && state.active !== null) choose(state.active)
      else if (event.key === 'Escape') state.props?.onSelectCell(null)
      else return
      event.preventDefault()
    },
    options,
  )
  return listeners
}

/** The cell that an arrow, Home or End leads to: hours run on into the next day, days stop at the edge. null: another key. */
export function moveCell(from: number | null, key: string): number | null {
  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -HOURS, ArrowDown: HOURS }
  const start = from ?? 0
  if (key === 'Home') return start - (start % HOURS)
  if (key === 'End') return start - (start % HOURS) + HOURS - 1
  const step = steps[key]
  if (step === undefined) return null
  if (from === null) return 0
  const to = from + step
  return to >= 0 && to < CELLS ? to : from
}
