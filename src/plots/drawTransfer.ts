import { drawGridLines, drawRules, drawTexts, endTexts, type Group, quiet, tickTexts } from './chartParts'
import type { PlotTheme } from './plotTheme'
import type { Svg } from './svgPlot'
import type { TransferChartState } from './transferChart'
import { type TransferChartProps, type TransferFrame, type TransferSeries, transferFrame } from './transferFrame'

/** Prepares the layers and returns what paints one frame. */
export function drawTransfer(svg: Svg, state: TransferChartState): (props: TransferChartProps) => void {
  const [grid, bands, marks, lines, dots, texts] = Array.from({ length: 6 }, () => svg.append('g')) as [
    Group,
    Group,
    Group,
    Group,
    Group,
    Group,
  ]
  return (props) => {
    const frame = transferFrame(state, props)
    const { theme, at } = state
    svg.attr('aria-label', readingOf(props, at ?? props.chosen))
    drawGridLines(grid, frame, theme)
    drawBands(bands, frame, props, theme)
    drawMarks(marks, frame, props, state)
    drawLines(lines, frame, props, theme)
    drawDots(dots, frame, props, theme)
    drawTexts(texts, [
      { ...quiet(0, 12, props.title, 'start', theme.ink), weight: 600 },
      quiet((frame.left + frame.right) / 2, frame.bottom + 32, props.xName, 'middle', theme.muted),
      ...tickTexts(frame, theme, 16),
      ...crossingText(frame, props, theme),
      ...endTexts(endsOf(frame, props, state), frame),
      ...sizeText(props, state),
    ])
  }
}

/** Told apart by lightness and by dashes, too. */
function lookOf({ role }: TransferSeries, theme: PlotTheme): { color: string; width: number; dash: string | null } {
  if (role === 'ground') return { color: theme.muted, width: 1.75, dash: null }
  if (role === 'second') return { color: theme.dark ? '#f0a04b' : '#b45f0d', width: 2, dash: '6 4' }
  return { color: theme.accent, width: 2.25, dash: null }
}

function finitePoints({ points }: TransferSeries): TransferSeries['points'] {
  return points.filter(({ mean }) => Number.isFinite(mean))
}

function drawBands(bands: Group, { x, y }: TransferFrame, { series }: TransferChartProps, theme: PlotTheme): void {
  bands
    .selectAll('path')
    .data(series)
    .join('path')
    .attr('fill', (one) => lookOf(one, theme).color)
    .attr('opacity', 0.14)
    .attr('d', (one) => {
      const points = finitePoints(one)
      const edge = (sign: number) =>
        points.map(({ size, mean, deviation }) => `${x(size)} ${y(mean + sign * deviation)}`)
      return points.length > 1 ? `M${[...edge(1), ...edge(-1).reverse()].join('L')}Z` : null
    })
}

function drawLines(lines: Group, { x, y }: TransferFrame, { series }: TransferChartProps, theme: PlotTheme): void {
  lines
    .attr('fill', 'none')
    .attr('stroke-linejoin', 'round')
    .selectAll('path')
    .data(series)
    .join('path')
    .attr('stroke', (one) => lookOf(one, theme).color)
    .attr('stroke-width', (one) => lookOf(one, theme).width)
    .attr('stroke-dasharray', (one) => lookOf(one, theme).dash)
    .attr('d', (one) => {
      const points = finitePoints(one)
      return points.length > 0 ? `M${points.map(({ size, mean }) => `${x(size)} ${y(mean)}`).join('L')}` : null
    })
}

function drawDots(dots: Group, { x, y }: TransferFrame, { series }: TransferChartProps, theme: PlotTheme): void {
  const runs = series.flatMap((one) =>
    one.points.flatMap(({ size, runs }) => runs.map(({ r2 }) => ({ size, r2, color: lookOf(one, theme).color }))),
  )
  dots
    .selectAll('circle')
    .data(runs.filter(({ r2 }) => Number.isFinite(r2)))
    .join('circle')
    .attr('cx', ({ size }) => x(size))
    .attr('cy', ({ r2 }) => y(r2))
    .attr('r', 2)
    .attr('opacity', 0.55)
    .attr('fill', ({ color }) => color)
}

function drawMarks(
  marks: Group,
  frame: TransferFrame,
  props: TransferChartProps,
  { theme, at }: TransferChartState,
): void {
  const { crossing, chosen } = props
  const rules = [
    ...(crossing ? [{ x: frame.x(crossing.at), dash: '2 3', color: theme.muted }] : []),
    ...(chosen === null ? [] : [{ x: frame.x(chosen), dash: null, color: theme.accent }]),
    ...(at === null || at === chosen ? [] : [{ x: frame.x(at), dash: null, color: theme.muted }]),
  ]
  drawRules(marks, rules, frame)
}

function crossingText({ x, left, right }: TransferFrame, { crossing }: TransferChartProps, theme: PlotTheme) {
  if (!crossing) return []
  const anchor = x(crossing.at) > (left + right) / 2 ? 'end' : 'start'
  return [quiet(x(crossing.at) + (anchor === 'end' ? -4 : 4), 36, crossing.label, anchor, theme.muted)]
}

function sizeText({ chosen }: TransferChartProps, { theme, at, width }: TransferChartState) {
  const size = at ?? chosen
  return size === null ? [] : [quiet(width, 12, `${size.toLocaleString('en-US')} labels`, 'end', theme.ink)]
}

/** Names at the ends of the lines, with what is read at the size that is looked at. */
function endsOf(frame: TransferFrame, { series, chosen }: TransferChartProps, { theme, at }: TransferChartState) {
  return series.flatMap((one) => {
    const last = finitePoints(one).at(-1)
    if (!last) return []
    const read = one.points.find(({ size }) => size === (at ?? chosen)) ?? last
    return [{ name: one.name, reading: formatR2(read.mean), y: frame.y(last.mean), fill: lookOf(one, theme).color }]
  })
}

function readingOf({ ariaLabel, series }: TransferChartProps, at: number | null): string {
  if (at === null) return ariaLabel
  const read = series.flatMap(({ name, points }) => {
    const point = points.find(({ size }) => size === at)
    return point ? [`${name} ${formatR2(point.mean)}, spread ${formatR2(point.deviation)}`] : []
  })
  return read.length === 0 ? ariaLabel : `${ariaLabel}. ${at.toLocaleString('en-US')} labels: ${read.join('; ')}`
}

function formatR2(value: number): string {
  return Number.isFinite(value) ? value.toFixed(2).replace('-', '−') : '–'
}
