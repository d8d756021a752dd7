import { scaleLinear, scaleLog } from 'd3-scale'
import { type Selection, select } from 'd3-selection'
import { nearestPoint, robustDomain, spreadOut } from './curveScales'
import { type CurvePoints, decimate } from './decimate'
import { formatNumber } from './legend'
import type { Plot } from './plot'
import { type PlotTheme, readTheme, watchTheme } from './plotTheme'

export interface Curve extends CurvePoints {
  /** `train`, `validation`. Short: it stands at the end of its line. */
  name: string
  /** `main`: the accent colour; `quiet`: grey. */
  role: 'main' | 'quiet'
}

export interface CurvesProps {
  /** With unit: `RMSE (stars)`. */
  title: string
  /** `epoch` or `step`: what x counts. */
  xName: string
  curves: readonly Curve[]
  yScale: 'linear' | 'log'
  /** x of the best validation value; null: none yet. */
  best: number | null
  ariaLabel: string
}

interface CurvesState {
  props: CurvesProps | null
  theme: PlotTheme
  width: number
  height: number
  /** x (in units of the data) that the crosshair stands at. */
  at: number | null
}

interface CurvesFrame {
  left: number
  right: number
  top: number
  bottom: number
  x: (value: number) => number
  y: (value: number) => number
  yTicks: { at: number; label: string }[]
  xTicks: { at: number; label: string }[]
  toX(pixel: number): number
}

type Svg = Selection<SVGSVGElement, unknown, null, undefined>
type Group = Selection<SVGGElement, unknown, null, undefined>

/** Loss or a metric over time; small (from about 240 × 120 pixels). Pointer, touch and left/right keys read values off. */
export function createCurves(container: HTMLElement): Plot<CurvesProps> {
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
  const layers = createLayers(svg)
  const state: CurvesState = { props: null, theme: readTheme(container), width: 0, height: 0, at: null }
  let request = 0
  const ask = () => {
    if (request === 0) request = requestAnimationFrame(draw)
  }
  function draw(): void {
    request = 0
    if (state.props && state.width > 0 && state.height > 0) drawCurves(svg, layers, state, state.props)
  }
  const listeners = listen(svg.node()!, state, ask)
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

function listen(node: SVGSVGElement, state: CurvesState, ask: () => void): AbortController {
  const listeners = new AbortController()
  const options = { signal: listeners.signal }
  const move = (at: number | null) => {
    state.at = at
    ask()
  }
  const point = (event: PointerEvent) => {
    if (!state.props) return
    const pixel = event.clientX - node.getBoundingClientRect().left
    move(snap(state.props, frameOf(state, state.props).toX(pixel)))
  }
  node.addEventListener('pointermove', point, options)
  node.addEventListener('pointerdown', point, options)
  node.addEventListener('pointerleave', () => move(null), options)
  node.addEventListener('blur', () => move(null), options)
  node.addEventListener(
    'keydown',
    (event) => {
      const next = state.props ? steppedTo(state.props, state.at, event.key) : undefined
      if (next === undefined) return
      move(next)
      event.preventDefault()
    },
    options,
  )
  return listeners
}

/** The x of the nearest point of the leading curve. */
function snap(props: CurvesProps, at: number): number | null {
  const curve = leading(props)
  const i = curve ? nearestPoint(curve, at) : -1
  return i < 0 ? null : curve!.x[i]!
}

function leading({ curves }: CurvesProps): Curve | undefined {
  return curves.find((curve) => curve.role === 'main') ?? curves[0]
}

/** Left, Right, Home, End move along the leading curve, Escape leaves it; undefined: another key. */
function steppedTo(props: CurvesProps, at: number | null, key: string): number | null | undefined {
  const curve = leading(props)
  if (!curve || curve.x.length === 0) return undefined
  const last = curve.x.length - 1
  const here = at === null ? last : nearestPoint(curve, at)
  const to = { ArrowLeft: at === null ? last : here - 1, ArrowRight: here + 1, Home: 0, End: last }[key]
  if (key === 'Escape') return null
  return to === undefined ? undefined : curve.x[Math.min(last, Math.max(0, to))]!
}

const HEADER = 20
const LABELS_WIDTH = 62

function frameOf({ width, height }: CurvesState, props: CurvesProps): CurvesFrame {
  const [left, right, top, bottom] = [36, width - LABELS_WIDTH, HEADER + 4, height - 20]
  const xEnd = props.curves.reduce((most, { x }) => Math.max(most, x[x.length - 1] ?? 0), 0)
  const xStart = props.curves.reduce((least, { x }) => Math.min(least, x[0] ?? 0), 0)
  const x = scaleLinear([xStart, xEnd > xStart ? xEnd : xStart + 1], [left, right])
  const domain = robustDomain(props.curves, props.yScale === 'log')
  const y = (props.yScale === 'log' ? scaleLog() : scaleLinear()).domain(domain).range([bottom, top]).nice(4)
  const count = Math.max(2, Math.floor((bottom - top) / 32))
  const yLabel = props.yScale === 'log' ? formatNumber : y.tickFormat(count)
  const values = props.yScale === 'log' ? thinned(y.ticks(count), count + 1) : y.ticks(count)
  return {
    left,
    right,
    top,
    bottom,
    x,
    y,
    yTicks: values.map((value) => ({ at: y(value), label: yLabel(value) })),
    xTicks: x
      .ticks(Math.max(1, Math.floor((right - left) / 64)))
      .filter((value) => Number.isInteger(value))
      .map((value) => ({ at: x(value), label: formatNumber(value) })),
    toX: (pixel) => x.invert(pixel),
  }
}

function thinned(values: number[], most: number): number[] {
  const every = Math.ceil(values.length / most)
  return values.filter((_, i) => i % every === 0)
}

interface Layers {
  grid: Group
  lines: Group
  marks: Group
  labels: Group
  clip: Selection<SVGSVGElement, unknown, null, undefined>
}

function createLayers(svg: Svg): Layers {
  const grid = svg.append('g')
  const clip = svg.append('svg').attr('overflow', 'hidden')
  return { grid, clip, lines: clip.append('g'), marks: svg.append('g'), labels: svg.append('g') }
}

function drawCurves(svg: Svg, layers: Layers, state: CurvesState, props: CurvesProps): void {
  const frame = frameOf(state, props)
  const { theme } = state
  const readings = state.at === null ? [] : readAt(props, state.at)
  const said = readings.map(({ curve, i }) => `${curve.name} ${formatReading(curve.y[i]!)}`).join(', ')
  svg.attr(
    'aria-label',
    said ? `${props.ariaLabel}. ${props.xName} ${formatNumber(state.at!)}: ${said}` : props.ariaLabel,
  )
  drawGrid(layers.grid, frame, props, theme)
  drawLines(layers, frame, props, theme)
  drawMarks(layers.marks, frame, props, state.at, readings, theme)
  drawLabels(layers.labels, frame, state, props, readings)
}

function colorOf(curve: Curve, theme: PlotTheme): string {
  return curve.role === 'main' ? theme.accent : theme.muted
}

/** Four digits at most, and none that a reader doesn't need: `0.851`, `12.3`, `0.00042`. */
function formatReading(value: number): string {
  const size = Math.abs(value)
  if (size >= 1000 || size === 0) return formatNumber(value)
  if (size >= 0.1) return value.toFixed(size >= 100 ? 1 : size >= 10 ? 2 : 3).replace('-', '−')
  return value.toPrecision(2).replace('-', '−')
}

function drawGrid(grid: Group, frame: CurvesFrame, props: CurvesProps, theme: PlotTheme): void {
  grid
    .selectAll('line')
    .data(frame.yTicks)
    .join('line')
    .attr('x1', frame.left)
    .attr('x2', frame.right)
    .attr('y1', (tick) => Math.round(tick.at) + 0.5)
    .attr('y2', (tick) => Math.round(tick.at) + 0.5)
    .attr('stroke', theme.grid)
  const texts = [
    ...frame.yTicks.map(({ at, label }) => ({ x: frame.left - 8, y: at + 4, label, anchor: 'end' })),
    ...frame.xTicks.map(({ at, label }) => ({ x: at, y: frame.bottom + 14, label, anchor: 'middle' })),
    { x: frame.right + 8, y: frame.bottom + 14, label: props.xName, anchor: 'start' },
  ]
  grid
    .selectAll('text')
    .data(texts)
    .join('text')
    .attr('x', (text) => text.x)
    .attr('y', (text) => text.y)
    .attr('text-anchor', (text) => text.anchor)
    .attr('fill', theme.muted)
    .text((text) => text.label)
}

function drawLines({ clip, lines }: Layers, frame: CurvesFrame, props: CurvesProps, theme: PlotTheme): void {
  clip
    .attr('x', 0)
    .attr('y', frame.top - 2)
    .attr('width', frame.right + 2)
    .attr('height', frame.bottom - frame.top + 4)
  lines
    .attr('transform', `translate(0,${2 - frame.top})`)
    .attr('fill', 'none')
    .attr('stroke-linejoin', 'round')
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
  const rules = [
    ...(props.best === null ? [] : [{ x: frame.x(props.best), dash: '2 3', color: theme.accent }]),
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
  const main = leading(props)
  const bestAt = props.best === null || !main ? -1 : nearestPoint(main, props.best)
  const dots = [...(bestAt >= 0 ? [{ curve: main!, i: bestAt }] : []), ...readings]
  marks
    .selectAll('circle')
    .data(dots)
    .join('circle')
    .attr('cx', ({ curve, i }) => frame.x(curve.x[i]!))
    .attr('cy', ({ curve, i }) => Math.max(frame.top, frame.y(curve.y[i]!)))
    .attr('r', 3.5)
    .attr('fill', ({ curve }) => colorOf(curve, theme))
    .attr('stroke', theme.surface)
    .attr('stroke-width', 1.5)
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
    const i = nearestPoint(curve, Number.MAX_VALUE)
    return i < 0
      ? []
      : [{ curve, i: readings.find((reading) => reading.curve === curve)?.i ?? i, endY: frame.y(curve.y[i]!) }]
  })
  const heights = spreadOut(
    ends.map((end) => Math.min(frame.bottom, Math.max(frame.top, end.endY))),
    28,
    frame.top + 6,
    frame.bottom - 10,
  )
  const bestText = props.best === null ? '' : `best at ${props.xName} ${formatNumber(props.best)}`
  const texts = [
    { x: 0, y: 12, text: props.title, anchor: 'start', weight: 600, fill: theme.ink },
    {
      x: state.width,
      y: 12,
      text: at === null ? bestText : `${props.xName} ${formatNumber(at)}`,
      anchor: 'end',
      weight: 450,
      fill: at === null ? theme.muted : theme.ink,
    },
    ...ends.flatMap(({ curve, i }, k) => [
      {
        x: frame.right + 8,
        y: heights[k]!,
        text: curve.name,
        anchor: 'start',
        weight: 450,
        fill: colorOf(curve, theme),
      },
      {
        x: frame.right + 8,
        y: heights[k]! + 13,
        text: formatReading(curve.y[i]!),
        anchor: 'start',
        weight: 600,
        fill: colorOf(curve, theme),
      },
    ]),
  ]
  labels
    .selectAll('text')
    .data(texts)
    .join('text')
    .attr('x', (text) => text.x)
    .attr('y', (text) => text.y)
    .attr('text-anchor', (text) => text.anchor)
    .attr('font-weight', (text) => text.weight)
    .attr('fill', (text) => text.fill)
    .text((text) => text.text)
}
