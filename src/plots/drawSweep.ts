import {
  type ChartText,
  drawGridLines,
  drawRules,
  drawTexts,
  endTexts,
  type Group,
  quiet,
  tickTexts,
} from './chartParts'
import { formatNumber } from './legend'
import type { Svg } from './svgPlot'
import type { SweepChartState } from './sweepChart'
import { type SweepChartProps, type SweepFrame, type SweepPoint, type SweepSpread, sweepFrame } from './sweepFrame'

interface Series {
  name: 'train' | 'validation'
  color: string
  of(point: SweepPoint): SweepSpread
}

/** Prepares the layers and returns what paints one frame. */
export function drawSweep(svg: Svg, state: SweepChartState): (props: SweepChartProps) => void {
  const [grid, bands, marks, past, lines, dots, texts] = Array.from({ length: 7 }, () => svg.append('g')) as [
    Group,
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
    drawGridLines(grid, frame, state.theme)
    drawBands(bands, frame, props, series)
    drawMarks(marks, frame, props, state)
    drawBefore(past, frame, props, state)
    drawLines(lines, frame, props, series)
    drawDots(dots, frame, props, state)
    drawLabels(texts, frame, props, state, series)
  }
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

function drawBefore(past: Group, { x, y }: SweepFrame, { before }: SweepChartProps, { theme }: SweepChartState): void {
  const finite = before?.points.filter(({ mean }) => Number.isFinite(mean)) ?? []
  past
    .selectAll('path')
    .data(finite.length > 0 ? [finite] : [])
    .join('path')
    .attr('fill', 'none')
    .attr('stroke', theme.accent)
    .attr('stroke-width', 1.5)
    .attr('stroke-dasharray', '1 4')
    .attr('stroke-linecap', 'round')
    .attr('d', (points) => `M${points.map(({ value, mean }) => `${x(value)} ${y(mean)}`).join('L')}`)
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
  drawRules(marks, rules, frame)
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

function drawLabels(
  texts: Group,
  frame: SweepFrame,
  props: SweepChartProps,
  state: SweepChartState,
  series: Series[],
): void {
  const { theme, width, at } = state
  const { left, right, bottom } = frame
  drawTexts(texts, [
    { ...quiet(0, 12, props.title, 'start', theme.ink), weight: 600 },
    quiet((left + right) / 2, bottom + 30, props.xName, 'middle', theme.muted),
    ...tickTexts(frame, theme, 15),
    ...markTexts(frame, props, state),
    ...(props.before ? [quiet(left, 39, `dotted: ${props.before.label}`, 'start', theme.muted)] : []),
    ...endTexts(endsOf(frame, props, state, series), frame),
    ...(at === null ? [] : [quiet(width, 12, `${props.xName} ${formatNumber(at)}`, 'end', theme.ink)]),
  ])
}

/** Above the lines they name, on that side of them where there is more room. */
function markTexts(
  { x, left, right }: SweepFrame,
  { mark, rule }: SweepChartProps,
  { theme }: SweepChartState,
): ChartText[] {
  const anchorAt = (at: number) => (x(at) > (left + right) / 2 ? 'end' : 'start')
  return [
    ...(rule ? [quiet(x(rule.at), 26, rule.label, anchorAt(rule.at), theme.muted)] : []),
    ...(mark ? [{ ...quiet(x(mark.value), 39, mark.label, anchorAt(mark.value), theme.accent), weight: 600 }] : []),
  ]
}

function endsOf(frame: SweepFrame, props: SweepChartProps, { at }: SweepChartState, series: Series[]) {
  const last = props.points.at(-1)
  if (!last) return []
  const read = props.points.find(({ value }) => value === at) ?? last
  return series
    .filter(({ of }) => Number.isFinite(of(last).mean))
    .map(({ name, color, of }) => ({
      name,
      reading: formatReading(of(read).mean, props.percent),
      y: frame.y(of(last).mean),
      fill: color,
    }))
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
