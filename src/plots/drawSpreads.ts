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
import type { PlotTheme } from './plotTheme'
import type { SpreadChartState } from './spreadChart'
import {
  formatReading,
  type SpreadChartProps,
  type SpreadFrame,
  type SpreadPoint,
  type SpreadSeries,
  spreadFrame,
} from './spreadFrame'
import type { Svg } from './svgPlot'

const TITLE_CHARACTER = 6.6

/** Prepares the layers and returns what paints one frame. */
export function drawSpreads(svg: Svg, state: SpreadChartState): (props: SpreadChartProps) => void {
  const layer = (): Group => svg.append('g')
  const [grid, bands, marks, lines, dots, texts] = [layer(), layer(), layer(), layer(), layer(), layer()] as const
  return (props) => {
    const frame = spreadFrame(state, props)
    const { theme } = state
    svg.attr('aria-label', readingOf(props, state.at ?? props.chosen))
    drawGridLines(grid, frame, theme)
    drawBands(bands, frame, props, theme)
    drawMarks(marks, frame, props, state)
    drawLines(lines, frame, props, theme)
    drawDots(dots, frame, props, theme)
    drawTexts(texts, [
      { ...quiet(0, 12, props.title, 'start', theme.ink), weight: 600 },
      quiet((frame.left + frame.right) / 2, frame.bottom + 32, props.xName, 'middle', theme.muted),
      ...tickTexts(frame, theme, 16),
      ...ruleTexts(frame, props, theme),
      ...endTexts(endsOf(frame, props, state), frame),
      ...headTexts(props, state),
    ])
  }
}

interface Look {
  color: string
  width: number
  dash: string | null
}

/** Told apart by lightness and by dashes, too. */
function lookOf({ look }: SpreadSeries, { muted, accent, dark }: PlotTheme): Look {
  if (look === 'ground') return { color: muted, width: 1.75, dash: null }
  if (look === 'second') return { color: dark ? '#f0a04b' : '#b45f0d', width: 2, dash: '6 4' }
  return look === 'past' ? { color: accent, width: 1.5, dash: '1 4' } : { color: accent, width: 2.25, dash: null }
}

function finitePoints({ points }: SpreadSeries): readonly SpreadPoint[] {
  return points.filter(({ mean }) => Number.isFinite(mean))
}

function drawBands(bands: Group, { x, y }: SpreadFrame, { series }: SpreadChartProps, theme: PlotTheme): void {
  bands
    .selectAll('path')
    .data(series.filter(({ look }) => look !== 'past'))
    .join('path')
    .attr('fill', (one) => lookOf(one, theme).color)
    .attr('opacity', 0.15)
    .attr('d', (one) => {
      const points = finitePoints(one)
      const edge = (sign: number) =>
        points.map(({ value, mean, deviation }) => `${x(value)} ${y(mean + sign * deviation)}`)
      return points.length > 1 ? `M${[...edge(1), ...edge(-1).reverse()].join('L')}Z` : null
    })
}

function drawLines(lines: Group, { x, y }: SpreadFrame, { series }: SpreadChartProps, theme: PlotTheme): void {
  lines
    .attr('fill', 'none')
    .attr('stroke-linejoin', 'round')
    .selectAll('path')
    .data(series)
    .join('path')
    .attr('stroke', (one) => lookOf(one, theme).color)
    .attr('stroke-width', (one) => lookOf(one, theme).width)
    .attr('stroke-dasharray', (one) => lookOf(one, theme).dash)
    .attr('stroke-linecap', ({ look }) => (look === 'past' ? 'round' : 'butt'))
    .attr('d', (one) => {
      const points = finitePoints(one)
      return points.length > 0 ? `M${points.map(({ value, mean }) => `${x(value)} ${y(mean)}`).join('L')}` : null
    })
}

function drawDots(group: Group, { x, y }: SpreadFrame, { series, dots }: SpreadChartProps, theme: PlotTheme): void {
  const isLarge = dots === 'large'
  const runs = series.flatMap((one) =>
    one.points.flatMap(({ value, runs }) =>
      runs.map(({ reading }) => ({ value, reading, color: lookOf(one, theme).color })),
    ),
  )
  group
    .selectAll('circle')
    .data(runs.filter(({ reading }) => Number.isFinite(reading)))
    .join('circle')
    .attr('cx', ({ value }) => x(value))
    .attr('cy', ({ reading }) => y(reading))
    .attr('r', isLarge ? 3.5 : 2)
    .attr('opacity', isLarge ? 1 : 0.55)
    .attr('fill', ({ color }) => (isLarge ? theme.surface : color))
    .attr('stroke', ({ color }) => (isLarge ? color : null))
    .attr('stroke-width', 1.5)
}

function drawMarks(group: Group, frame: SpreadFrame, props: SpreadChartProps, state: SpreadChartState): void {
  const { theme, at } = state
  const rules = props.rules.map((rule) => ({
    x: frame.x(rule.at),
    dash: rule.look === 'quiet' ? '2 3' : null,
    color: rule.look === 'quiet' ? theme.muted : theme.accent,
  }))
  const isRead = at !== null && !props.rules.some((rule) => rule.look === 'main' && rule.at === at)
  drawRules(group, isRead ? [...rules, { x: frame.x(at), dash: null, color: theme.muted }] : rules, frame)
}

/** Above the lines they name, on that side of them where there is more room. */
function ruleTexts({ x, left, right }: SpreadFrame, { rules }: SpreadChartProps, theme: PlotTheme): ChartText[] {
  return rules.flatMap(({ at, label, look }): ChartText[] => {
    if (label === null) return []
    const anchor = x(at) > (left + right) / 2 ? 'end' : 'start'
    if (look === 'quiet') return [quiet(x(at), 26, label, anchor, theme.muted)]
    return [{ ...quiet(x(at), 39, label, anchor, theme.accent), weight: 600 }]
  })
}

/** Beside the title what is dotted; at the right end what is read off, when something is. */
function headTexts({ title, note, chosen, nameOf }: SpreadChartProps, state: SpreadChartState): ChartText[] {
  const { theme, width, at } = state
  const read = at ?? chosen
  if (read !== null) return [quiet(width, 12, nameOf(read), 'end', theme.ink)]
  return note === null ? [] : [quiet(TITLE_CHARACTER * title.length + 14, 12, note, 'start', theme.muted)]
}

/** Names at the ends of the lines, with what is read at the value that is looked at. */
function endsOf(frame: SpreadFrame, { series, chosen, decimals }: SpreadChartProps, state: SpreadChartState) {
  return series.flatMap((one) => {
    const last = finitePoints(one).at(-1)
    if (!last || one.look === 'past') return []
    const read = one.points.find(({ value }) => value === (state.at ?? chosen)) ?? last
    const fill = lookOf(one, state.theme).color
    return [{ name: one.name, reading: formatReading(read.mean, decimals), y: frame.y(last.mean), fill }]
  })
}

function readingOf({ ariaLabel, series, nameOf, decimals }: SpreadChartProps, at: number | null): string {
  if (at === null) return ariaLabel
  const read = series.flatMap(({ name, look, points }) => {
    const point = look === 'past' ? undefined : points.find(({ value }) => value === at)
    if (!point) return []
    return [`${name} ${formatReading(point.mean, decimals)}, spread ${formatReading(point.deviation, decimals)}`]
  })
  return read.length === 0 ? ariaLabel : `${ariaLabel}. ${nameOf(at)}: ${read.join('; ')}`
}
