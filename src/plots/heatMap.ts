import { type Selection, select } from 'd3-selection'
import { divergingColor, rampColor, type Scheme } from './colorScale'
import { type HeatMapLayout, heatMapLayout } from './heatMapLayout'
import { formatNumber, rampGradient } from './legend'
import { toCss } from './oklch'
import type { Plot } from './plot'
import { type PlotTheme, readTheme, watchTheme } from './plotTheme'

export interface HeatMapProps {
  /** [7 × 24] Monday–Sunday × 0–23 h; NaN = no data. Cell number = 24 · day + hour. */
  values: Float32Array
  /** `diverging`: an error, neutral at 0. */
  scale: 'sequential' | 'diverging'
  /** What the colours span, so that data and prediction can share it; null: from the values. */
  domain: readonly [number, number] | null
  title: string
  unit: string | null
  /** Cells outlined from elsewhere (a point on the map). */
  highlighted: readonly number[]
  selected: number | null
  ariaLabel: string
  onHoverCell(cell: number | null): void
  onSelectCell(cell: number | null): void
}

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const HOURS = 24
const CELLS = DAYS.length * HOURS

type Svg = Selection<SVGSVGElement, unknown, null, undefined>

interface HeatMapState {
  props: HeatMapProps | null
  theme: PlotTheme
  width: number
  height: number
  /** Under the pointer or the keyboard. */
  active: number | null
}

/** The week as 7 × 24 cells: pointer, touch and arrow keys move over it, Enter or click selects. */
export function createHeatMap(container: HTMLElement): Plot<HeatMapProps> {
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
  const state: HeatMapState = { props: null, theme: readTheme(container), width: 0, height: 0, active: null }
  let request = 0
  const ask = () => {
    if (request === 0) request = requestAnimationFrame(draw)
  }
  function draw(): void {
    request = 0
    if (state.props && state.width > 0 && state.height > 0) drawHeatMap(svg, state, state.props)
  }
  function activate(cell: number | null): void {
    if (cell === state.active) return
    state.active = cell
    state.props?.onHoverCell(cell)
    ask()
  }
  const listeners = listen(svg.node()!, state, activate)
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

function listen(node: SVGSVGElement, state: HeatMapState, activate: (cell: number | null) => void): AbortController {
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

/** `Fri 17 h` */
export function cellName(cell: number): string {
  return `${DAYS[Math.floor(cell / HOURS)]} ${cell % HOURS} h`
}

/** What the colours span. Diverging: the same either side of 0. An empty or constant table has a span of 1. */
export function heatMapDomain({
  values,
  scale,
  domain,
}: Pick<HeatMapProps, 'values' | 'scale' | 'domain'>): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of values) {
    if (!Number.isFinite(value)) continue
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (domain) [low, high] = domain
  if (!(high >= low)) return [0, 1]
  if (scale === 'sequential') return high > low ? [low, high] : [low, low + 1]
  const reach = Math.max(Math.abs(low), Math.abs(high)) || 1
  return [-reach, reach]
}

function drawHeatMap(svg: Svg, state: HeatMapState, props: HeatMapProps): void {
  const { theme, width, height, active } = state
  const layout = heatMapLayout(width, height)
  const scheme = theme.dark ? 'dark' : 'light'
  const domain = heatMapDomain(props)
  const shown = active ?? props.selected
  svg.attr('aria-label', shown === null ? props.ariaLabel : `${props.ariaLabel}. ${describeCell(props, shown)}`)
  drawCells(svg, layout, props, domain, scheme, theme)
  drawAxes(svg, layout, theme)
  drawOutlines(svg, layout, props, active, theme)
  drawHeader(svg, props, shown, theme)
  drawLegend(svg, layout, props, domain, scheme, theme, height)
}

function describeCell(props: HeatMapProps, cell: number): string {
  const value = props.values[cell] ?? Number.NaN
  const sign = props.scale === 'diverging' && value > 0 ? '+' : ''
  return `${cellName(cell)}: ${Number.isFinite(value) ? `${sign}${formatNumber(value)}${props.unit ? ` ${props.unit}` : ''}` : 'no data'}`
}

function group(svg: Svg, name: string): Selection<SVGGElement, unknown, null, undefined> {
  return svg
    .selectAll<SVGGElement, string>(`g.${name}`)
    .data([name])
    .join('g')
    .attr('class', name) as unknown as Selection<SVGGElement, unknown, null, undefined>
}

function drawCells(
  svg: Svg,
  layout: HeatMapLayout,
  props: HeatMapProps,
  [low, high]: [number, number],
  scheme: Scheme,
  theme: PlotTheme,
): void {
  const color = (value: number) => {
    if (!Number.isFinite(value)) return theme.grid
    const t = Math.min(1, Math.max(0, (value - low) / (high - low)))
    return toCss(props.scale === 'diverging' ? divergingColor(2 * t - 1, scheme) : rampColor(t, scheme))
  }
  group(svg, 'cells')
    .selectAll('rect')
    .data(Array.from(props.values.subarray(0, CELLS)))
    .join('rect')
    .attr('x', (_, cell) => layout.x(cell % HOURS))
    .attr('y', (_, cell) => layout.y(Math.floor(cell / HOURS)))
    .attr('width', layout.cellWidth - layout.gap)
    .attr('height', layout.cellHeight - layout.gap)
    .attr('rx', Math.min(2, layout.cellWidth / 6))
    .attr('fill', color)
}

function drawAxes(svg: Svg, layout: HeatMapLayout, theme: PlotTheme): void {
  const axes = group(svg, 'axes').attr('fill', theme.muted)
  axes
    .selectAll('text.day')
    .data(DAYS)
    .join('text')
    .attr('class', 'day')
    .attr('x', layout.left - 8)
    .attr('y', (_, day) => layout.y(day) + (layout.cellHeight - layout.gap) / 2)
    .attr('dy', '0.35em')
    .attr('text-anchor', 'end')
    .text((day) => day)
  axes
    .selectAll('text.hour')
    .data([0, 3, 6, 9, 12, 15, 18, 21])
    .join('text')
    .attr('class', 'hour')
    .attr('x', (hour) => layout.x(hour) + (layout.cellWidth - layout.gap) / 2)
    .attr('y', layout.bottom + 13)
    .attr('text-anchor', 'middle')
    .text((hour) => (hour === 0 ? '0 h' : hour))
}

function drawOutlines(
  svg: Svg,
  layout: HeatMapLayout,
  props: HeatMapProps,
  active: number | null,
  theme: PlotTheme,
): void {
  const outlines = new Map<number, string>()
  for (const cell of props.highlighted) outlines.set(cell, theme.ink)
  if (props.selected !== null) outlines.set(props.selected, theme.accent)
  if (active !== null) outlines.set(active, theme.ink)
  group(svg, 'outlines')
    .attr('fill', 'none')
    .attr('pointer-events', 'none')
    .selectAll('rect')
    .data([...outlines])
    .join('rect')
    .attr('x', ([cell]) => layout.x(cell % HOURS) - 1)
    .attr('y', ([cell]) => layout.y(Math.floor(cell / HOURS)) - 1)
    .attr('width', layout.cellWidth - layout.gap + 2)
    .attr('height', layout.cellHeight - layout.gap + 2)
    .attr('rx', 3)
    .attr('stroke', ([, color]) => color)
    .attr('stroke-width', 2)
}

/** The value stands in the title line, where it covers no cell and moves nothing. */
function drawHeader(svg: Svg, props: HeatMapProps, shown: number | null, theme: PlotTheme): void {
  const header = group(svg, 'header')
  header
    .selectAll('text')
    .data([
      { text: props.title, x: 0, anchor: 'start', weight: 600, fill: theme.ink },
      {
        text: shown === null ? '' : describeCell(props, shown),
        x: '100%',
        anchor: 'end',
        weight: 450,
        fill: theme.ink,
      },
    ])
    .join('text')
    .attr('x', (line) => line.x)
    .attr('y', 12)
    .attr('font-size', 12)
    .attr('text-anchor', (line) => line.anchor)
    .attr('font-weight', (line) => line.weight)
    .attr('fill', (line) => line.fill)
    .text((line) => line.text)
}

function drawLegend(
  svg: Svg,
  layout: HeatMapLayout,
  props: HeatMapProps,
  domain: [number, number],
  scheme: Scheme,
  theme: PlotTheme,
  height: number,
): void {
  const { colors, ticks } = rampGradient(domain, props.scale === 'diverging', scheme)
  const barWidth = Math.min(160, layout.right - layout.left)
  const top = height - 24
  const legend = group(svg, 'legend').attr('fill', theme.muted)
  const step = barWidth / colors.length
  legend
    .selectAll('rect')
    .data(colors)
    .join('rect')
    .attr('x', (_, i) => layout.left + i * step)
    .attr('y', top)
    // A hair wider than its step, so that no seam shows between neighbours.
    .attr('width', step + 0.5)
    .attr('height', 8)
    .attr('fill', (color) => color)
  legend
    .selectAll('text')
    .data([
      ...ticks.map((tick, i) => ({ ...tick, anchor: ['start', 'middle', 'end'][i]! })),
      { at: 1, label: props.unit ?? '', anchor: 'unit' },
    ])
    .join('text')
    .attr('x', (tick) => layout.left + tick.at * barWidth + (tick.anchor === 'unit' ? 8 : 0))
    .attr('y', (tick) => (tick.anchor === 'unit' ? top + 8 : top + 20))
    .attr('text-anchor', (tick) => (tick.anchor === 'unit' ? 'start' : tick.anchor))
    .text((tick) => tick.label)
}
