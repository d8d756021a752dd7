import type { Selection } from 'd3-selection'
import { spreadOut } from './curveScales'
import { formatNumber } from './legend'
import type { Svg } from './svgPlot'
import type { SweepChartState } from './sweepChart'
import { type SweepChartProps, type SweepFrame, type SweepPoint, type SweepSpread, sweepFrame } from './sweepFrame'

type Group = Selection<SVGGElement, unknown, null, undefined>

interface Series {
  name: 'train' | 'validation'
  color: string
  of(point: SweepPoint): SweepSpread
}

/** Prepares the layers and returns what paints one frame. */
export function drawSweep(svg: Svg, state: SweepChartState): (props: SweepChartProps) => void {
  const [grid, bands, marks, lines, dots, texts] = Array.from({ length: 6 }, () => svg.append('g')) as [
    Group,
    Group,
    Group,
    Group,
    Group,
    Group,
  ]
  return (props) => {
    const frame = sweepFrame(state, props)
    const series: Series[] = [
      { name: 'train', color: state.theme.muted, of: ({ train }) => train },
      { name: 'validation', color: state.theme.accent, of: ({ validation }) => validation },
    ]
    svg.attr('aria-label', readingOf(props, state.at))
    drawGrid(grid, frame, state)
    drawBands(bands, frame, props, series)
    drawMarks(marks, frame, props, state)
    drawLines(lines, frame, props, series)
    drawDots(dots, frame, props, state)
    drawTexts(texts, frame, props, state, series)
  }
}

function drawGrid(grid: Group, { left, right, yTicks }: SweepFrame, { theme }: SweepChartState): void {
  grid
    .selectAll('line')
    .data(yTicks)
    .join('line')
    .attr('x1', left)
    .attr('x2', right)
    .attr('y1', (tick) => Math.round(tick.at) + 0.5)
    .attr('y2', (tick) => Math.round(tick.at) + 0.5)
    .attr('stroke', theme.grid)
}

function drawBands(bands: Group, { x, y }: SweepFrame, { points }: SweepChartProps, series: Series[]): void {
  bands
    .selectAll('path')
    .data(series)
    .join('path')
    .attr('fill', ({ color }) => color)
    .attr('opacity', 0.16)
    .attr('d', ({ of }) => {
      const finite = points.filter((point) => Number.isFinite(of(point).mean))
      const edge = (sign: number) =>
        finite.map((point) => `${x(point.value)} ${y(of(point).mean + sign * of(point).deviation)}`)
      return finite.length > 1 ? `M${[...edge(1), ...edge(-1).reverse()].join('L')}Z` : null
    })
}

function drawLines(lines: Group, { x, y }: SweepFrame, { points }: SweepChartProps, series: Series[]): void {
  lines
    .attr('fill', 'none')
    .attr('stroke-linejoin', 'round')
    .selectAll('path')
    .data(series)
    .join('path')
    .attr('stroke', ({ color }) => color)
    .attr('stroke-width', ({ name }) => (name === 'validation' ? 2 : 1.5))
    .attr('d', ({ of }) => {
      const finite = points.filter((point) => Number.isFinite(of(point).mean))
      return finite.length > 0 ? `M${finite.map((point) => `${x(point.value)} ${y(of(point).mean)}`).join('L')}` : null
    })
}

function drawMarks(marks: Group, frame: SweepFrame, props: SweepChartProps, { theme, at }: SweepChartState): void {
  const rules = [
    ...(props.rule ? [{ x: frame.x(props.rule.at), dash: '2 3', color: theme.muted }] : []),
    ...(props.mark ? [{ x: frame.x(props.mark.value), dash: null, color: theme.accent }] : []),
    ...(at === null ? [] : [{ x: frame.x(at), dash: null, color: theme.muted }]),
  ]
  marks
    .selectAll('line')
    .data(rules)
    .join('line')
    .attr('x1', (rule) => Math.round(rule.x) + 0.5)
    .attr('x2', (rule) => Math.round(rule.x) + 0.5)
    .attr('y1', frame.top)
    .attr('y2', frame.bottom)
    .attr('stroke', (rule) => rule.color)
    .attr('stroke-dasharray', (rule) => rule.dash)
}

function drawDots(dots: Group, { x, y }: SweepFrame, { points }: SweepChartProps, { theme }: SweepChartState): void {
  const runs = points.flatMap(({ value, runs }) => runs.map((run) => ({ value, ...run })))
  dots
    .selectAll('circle')
    .data(runs.filter(({ validation }) => Number.isFinite(validation)))
    .join('circle')
    .attr('cx', ({ value }) => x(value))
    .attr('cy', ({ validation }) => y(validation))
    .attr('r', 3.5)
    .attr('fill', theme.surface)
    .attr('stroke', theme.accent)
    .attr('stroke-width', 1.5)
}

interface Text {
  x: number
  y: number
  text: string
  anchor: 'start' | 'middle' | 'end'
  fill: string
  weight: number
}

function drawTexts(
  texts: Group,
  frame: SweepFrame,
  props: SweepChartProps,
  state: SweepChartState,
  series: Series[],
): void {
  const { theme, width } = state
  const { left, right, bottom, xTicks, yTicks } = frame
  const quiet = { fill: theme.muted, weight: 450 }
  const all: Text[] = [
    { x: 0, y: 12, text: props.title, anchor: 'start', fill: theme.ink, weight: 600 },
    { x: (left + right) / 2, y: bottom + 30, text: props.xName, anchor: 'middle', ...quiet },
    ...xTicks.map(({ at, label }): Text => ({ x: at, y: bottom + 15, text: label, anchor: 'middle', ...quiet })),
    ...yTicks.map(({ at, label }): Text => ({ x: left - 8, y: at + 4, text: label, anchor: 'end', ...quiet })),
    ...markTexts(frame, props, state),
    ...endTexts(frame, props, state, series),
  ]
  if (state.at !== null) {
    const text = `${props.xName} ${formatNumber(state.at)}`
    all.push({ x: width, y: 12, text, anchor: 'end', fill: theme.ink, weight: 450 })
  }
  texts
    .selectAll('text')
    .data(all)
    .join('text')
    .attr('x', (text) => text.x)
    .attr('y', (text) => text.y)
    .attr('text-anchor', (text) => text.anchor)
    .attr('font-weight', (text) => text.weight)
    .attr('fill', (text) => text.fill)
    .text((text) => text.text)
}

/** Above the lines they name; one on the left and one on the right of them where they stand close. */
function markTexts(
  { x, left, right }: SweepFrame,
  { mark, rule }: SweepChartProps,
  { theme }: SweepChartState,
): Text[] {
  const place = (at: number, label: string) => {
    const anchor = x(at) > (left + right) / 2 ? ('end' as const) : ('start' as const)
    return { x: x(at), text: label, anchor }
  }
  return [
    ...(rule ? [{ ...place(rule.at, rule.label), y: 26, fill: theme.muted, weight: 450 }] : []),
    ...(mark ? [{ ...place(mark.value, mark.label), y: 39, fill: theme.accent, weight: 600 }] : []),
  ]
}

/** Name and reading of each line beside its end. */
function endTexts(frame: SweepFrame, props: SweepChartProps, { theme, at }: SweepChartState, series: Series[]): Text[] {
  const last = props.points.at(-1)
  if (!last) return []
  const read = props.points.find(({ value }) => value === at) ?? last
  const shown = series.filter(({ of }) => Number.isFinite(of(last).mean))
  const wished = shown.map(({ of }) => Math.min(frame.bottom, Math.max(frame.top, frame.y(of(last).mean))))
  const heights = spreadOut(wished, 28, frame.top + 6, frame.bottom - 16)
  return shown.flatMap(({ name, color, of }, i): Text[] => {
    const x = frame.right + 8
    const y = heights[i]!
    return [
      { x, y, text: name, anchor: 'start', fill: name === 'train' ? theme.muted : color, weight: 450 },
      { x, y: y + 13, text: formatReading(of(read).mean, props.percent), anchor: 'start', fill: color, weight: 600 },
    ]
  })
}

function readingOf({ ariaLabel, points, percent, xName }: SweepChartProps, at: number | null): string {
  const point = points.find(({ value }) => value === at)
  if (!point) return ariaLabel
  const text = ({ mean, deviation }: SweepSpread) =>
    `${formatReading(mean, percent)}, spread ${formatReading(deviation, percent)}`
  return `${ariaLabel}. ${xName} ${formatNumber(point.value)}: validation ${text(point.validation)}; train ${text(point.train)}`
}

function formatReading(value: number, percent: boolean): string {
  if (!Number.isFinite(value)) return '–'
  if (percent) return `${(100 * value).toFixed(1)} %`
  return value.toFixed(3).replace('-', '−')
}
