import {
  type ChartText,
  drawGridLines,
  drawRules,
  drawTexts,
  endTexts,
  type Group,
  quiet,
  type Rule,
  tickTexts,
} from './chartParts'
import { lastPoint, nearestPoint } from './curveScales'
import { type Curve, type CurvesFrame, type CurvesProps, curvesFrame, leadingCurve } from './curvesFrame'
import { decimate } from './decimate'
import { formatNumber } from './legend'
import type { PlotTheme } from './plotTheme'
import type { Svg, SvgPlotState } from './svgPlot'

export interface CurvesState extends SvgPlotState<CurvesProps> {
  /** x (in units of the data) that the crosshair stands at. */
  at: number | null
}

export interface CurvesLayers {
  grid: Group
  lines: Group
  marks: Group
  labels: Group
  clip: Svg
}

export function createLayers(svg: Svg): CurvesLayers {
  const grid = svg.append('g')
  const clip = svg.append('svg').attr('overflow', 'hidden')
  return { grid, clip, lines: clip.append('g'), marks: svg.append('g'), labels: svg.append('g') }
}

/** Paints one frame. */
export function drawCurves(svg: Svg, layers: CurvesLayers, state: CurvesState, props: CurvesProps): void {
  const frame = curvesFrame(state, props)
  const { theme } = state
  const readings = state.at === null ? [] : readAt(props, state.at)
  const said = readings.map(({ curve, i }) => `${curve.name} ${formatReading(curve.y[i]!, props)}`).join(', ')
  svg.attr(
    'aria-label',
    said ? `${props.ariaLabel}. ${props.xName} ${formatEpoch(state.at!)}: ${said}` : props.ariaLabel,
  )
  drawGrid(layers.grid, frame, props, state)
  drawLines(layers, frame, props, theme)
  drawMarks(layers.marks, frame, props, state.at, readings, theme)
  drawLabels(layers.labels, frame, state, props, readings)
}

function colorOf(curve: Curve, theme: PlotTheme): string {
  return curve.role === 'main' ? theme.accent : theme.muted
}

/** Four digits at most, and none that a reader doesn't need: `0.851`, `12.3`, `0.00042`; a share as `11.0 %`. */
function formatReading(value: number, { percent }: CurvesProps): string {
  if (percent) return `${(100 * value).toFixed(1)} %`
  const size = Math.abs(value)
  if (size >= 1000 || size === 0) return formatNumber(value)
  if (size >= 0.1) return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3).replace('-', '−')
  return value.toPrecision(2).replace('-', '−')
}

/** One decimal, as everywhere on the page. */
function formatEpoch(value: number): string {
  return String(Number(value.toFixed(1)))
}

function drawGrid(grid: Group, frame: CurvesFrame, props: CurvesProps, { theme, width }: CurvesState): void {
  drawGridLines(grid, frame, theme)
  const { left, top, bottom, cut } = frame
  drawTexts(grid, [
    ...tickTexts(frame, theme, 14),
    quiet(width, bottom + 14, props.xName, 'end', theme.muted),
    ...(cut === null ? [] : [quiet(left + 8, top + 9, `↑ up to ${formatReading(cut, props)}`, 'start', theme.muted)]),
  ])
}

function drawLines({ clip, lines }: CurvesLayers, frame: CurvesFrame, props: CurvesProps, theme: PlotTheme): void {
  clip
    .attr('x', 0)
    .attr('y', frame.top - 2)
    .attr('width', frame.right + 2)
    .attr('height', frame.bottom - frame.top + 4)
  lines
    .attr('transform', `translate(0,${2 - frame.top})`)
    .attr('fill', 'none')
    .attr('stroke-linejoin', 'round')
    .attr('stroke-linecap', 'round')
  const quietFirst = [...props.curves].sort((a, b) => Number(a.role === 'main') - Number(b.role === 'main'))
  lines
    .selectAll('path')
    .data(quietFirst)
    .join('path')
    .attr('stroke', (curve) => colorOf(curve, theme))
    .attr('stroke-width', (curve) => (curve.role === 'main' ? 2 : 1.5))
    .attr('d', (curve) => pathOf(curve, frame, props.yScale === 'log'))
}

function pathOf(curve: Curve, frame: CurvesFrame, log: boolean): string {
  let path = ''
  for (const i of decimate(curve, Math.max(1, Math.round(frame.right - frame.left)))) {
    if (log && curve.y[i]! <= 0) continue
    path += `${path === '' ? 'M' : 'L'}${frame.x(curve.x[i]!).toFixed(1)} ${frame.y(curve.y[i]!).toFixed(1)}`
  }
  return path
}

interface Reading {
  curve: Curve
  i: number
}

function readAt(props: CurvesProps, at: number): Reading[] {
  return props.curves.map((curve) => ({ curve, i: nearestPoint(curve, at) })).filter(({ i }) => i >= 0)
}

function drawMarks(
  marks: Group,
  frame: CurvesFrame,
  props: CurvesProps,
  at: number | null,
  readings: readonly Reading[],
  theme: PlotTheme,
): void {
  const rules: Rule[] = [
    ...(props.best === null || frame.x(props.best) > frame.right
      ? []
      : [{ x: frame.x(props.best), dash: '2 3', color: theme.accent }]),
    ...(at === null ? [] : [{ x: frame.x(at), dash: null, color: theme.muted }]),
  ]
  drawRules(marks, rules, frame)
  const main = leadingCurve(props)
  const bestAt = props.best === null || !main ? -1 : nearestPoint(main, props.best)
  // A dot where each line ends: what the number beside it says, and all there is to see of the first evaluation.
  const ends = props.curves.map((curve) => ({ curve, i: lastPoint(curve), radius: 2.5 })).filter(({ i }) => i >= 0)
  const standOut = [...(bestAt >= 0 ? [{ curve: main!, i: bestAt }] : []), ...readings]
  const dots = [...ends, ...standOut.map((dot) => ({ ...dot, radius: 3.5 }))]
  marks
    .selectAll('circle')
    .data(dots)
    .join('circle')
    .attr('cx', ({ curve, i }) => frame.x(curve.x[i]!))
    .attr('cy', ({ curve, i }) => Math.max(frame.top, frame.y(curve.y[i]!)))
    .attr('r', ({ radius }) => radius)
    .attr('fill', ({ curve }) => colorOf(curve, theme))
    .attr('stroke', theme.surface)
    .attr('stroke-width', ({ radius }) => (radius > 3 ? 1.5 : 0))
}

/** Title and crosshair reading above, name and value of each line at its end. */
function drawLabels(
  labels: Group,
  frame: CurvesFrame,
  state: CurvesState,
  props: CurvesProps,
  readings: readonly Reading[],
): void {
  const { theme, at } = state
  const ends = props.curves.flatMap((curve) => {
    const last = lastPoint(curve)
    if (last < 0) return []
    const i = readings.find((reading) => reading.curve === curve)?.i ?? last
    const fill = colorOf(curve, theme)
    return [
      {
        name: curve.name,
        reading: formatReading(curve.y[i]!, props),
        y: frame.y(curve.y[last]!),
        fill,
      },
    ]
  })
  const bestText = props.best === null ? '' : `best at ${props.xName} ${formatEpoch(props.best)}`
  const corner: ChartText =
    at === null
      ? quiet(state.width, 12, bestText, 'end', theme.muted)
      : quiet(state.width, 12, `${props.xName} ${formatEpoch(at)}`, 'end', theme.ink)
  drawTexts(labels, [
    { ...quiet(0, 12, props.title, 'start', theme.ink), weight: 600 },
    corner,
    ...endTexts(ends, frame),
  ])
}
