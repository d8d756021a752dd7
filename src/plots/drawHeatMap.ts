import type { Selection } from 'd3-selection'
import { divergingColor, heatColor, type Scheme } from './colorScale'
import { CELLS, DAYS, type HeatMapLayout, HOURS, heatMapLayout } from './heatMapLayout'
import { formatQuantity, heatGradient } from './legend'
import { toCss } from './oklch'
import type { PlotTheme } from './plotTheme'
import type { Svg, SvgPlotState } from './svgPlot'

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

export interface HeatMapState extends SvgPlotState<HeatMapProps> {
  /** Under the pointer or the keyboard. */
  active: number | null
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

/** Paints one frame. */
export function drawHeatMap(svg: Svg, state: HeatMapState, props: HeatMapProps): void {
  const { theme, width, height, active } = state
  const layout = heatMapLayout(width, height)
  const scheme = theme.dark ? 'dark' : 'light'
  const domain = heatMapDomain(props)
  const shown = active ?? props.selected
  svg.attr('aria-label', shown === null ? props.ariaLabel : `${props.ariaLabel}. ${describeCell(props, shown)}`)
  drawCells(svg, layout, props, domain, scheme, theme)
  drawAxes(svg, layout, theme)
  drawOutlines(svg, layout, props, active, theme)
  drawHeader(svg, props, shown === null ? '' : readingThatFits(props, shown, width), theme)
  drawLegend(svg, layout, props, domain, scheme, theme, height)
}

function describeCell(props: HeatMapProps, cell: number): string {
  const value = props.values[cell] ?? Number.NaN
  const sign = props.scale === 'diverging' && value > 0 ? '+' : ''
  return `${cellName(cell)}: ${Number.isFinite(value) ? `${sign}${formatQuantity(value)}${props.unit ? ` ${props.unit}` : ''}` : 'no data'}`
}

/** Without the unit (the legend has it) where it would run into the title; 7 pixels a character. */
function readingThatFits(props: HeatMapProps, cell: number, width: number): string {
  const reading = describeCell(props, cell)
  return 7 * (props.title.length + reading.length + 3) <= width ? reading : describeCell({ ...props, unit: null }, cell)
}

/** The one group of this name; made when it is missing. */
export function group(svg: Svg, name: string): Selection<SVGGElement, unknown, null, undefined> {
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
    if (!Number.isFinite(value)) return theme.surface
    const t = Math.min(1, Math.max(0, (value - low) / (high - low)))
    return toCss(props.scale === 'diverging' ? divergingColor(2 * t - 1, scheme) : heatColor(t, scheme))
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
    .attr('stroke', (value) => (Number.isFinite(value) ? null : theme.muted))
    .attr('stroke-opacity', 0.35)
}

/** Days beside the cells, hours below them. */
export function drawAxes(svg: Svg, layout: HeatMapLayout, theme: PlotTheme): void {
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

/** Cells that stand out: highlighted from elsewhere, selected, under the pointer. */
export function drawOutlines(
  svg: Svg,
  layout: HeatMapLayout,
  props: Pick<HeatMapProps, 'highlighted' | 'selected'>,
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
function drawHeader(svg: Svg, props: HeatMapProps, reading: string, theme: PlotTheme): void {
  const header = group(svg, 'header')
  header
    .selectAll('text')
    .data([
      { text: props.title, x: 0, anchor: 'start', weight: 600, fill: theme.ink },
      {
        text: reading,
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
  const { colors, ticks } = heatGradient(domain, props.scale === 'diverging', scheme)
  const unit = props.unit ?? ''
  // 6 pixels a character of the unit, beside it.
  const barWidth = Math.max(96, Math.min(160, layout.right - layout.left - 8 - 6 * unit.length))
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
      { at: 1, label: unit, anchor: 'unit' },
    ])
    .join('text')
    .attr('x', (tick) => layout.left + tick.at * barWidth + (tick.anchor === 'unit' ? 8 : 0))
    .attr('y', (tick) => (tick.anchor === 'unit' ? top + 8 : top + 20))
    .attr('text-anchor', (tick) => (tick.anchor === 'unit' ? 'start' : tick.anchor))
    .text((tick) => tick.label)
}
