import { cellName, drawAxes, drawOutlines, group } from './drawHeatMap'
import { listenToCells } from './heatMap'
import { CELLS, HOURS, heatMapLayout } from './heatMapLayout'
import { oklch, toCss } from './oklch'
import type { Plot } from './plot'
import { createSvgPlot, type Svg, type SvgPlotState } from './svgPlot'

export interface BucketSheetProps {
  /** [7 × 24] bucket of each hour of the week; -1 = none. Cell number = 24 · day + hour. */
  buckets: ArrayLike<number>
  /** Cells of this bucket are outlined; null = none. */
  picked: number | null
  ariaLabel: string
  onPick(bucket: number | null): void
}

interface State extends SvgPlotState<BucketSheetProps> {
  active: number | null
}

/** The week as 7 × 24 cells, coloured by the bucket that an hour shares with others; hours that share none are pale. The number in a cell says which. */
export function createBucketSheet(container: HTMLElement): Plot<BucketSheetProps> {
  return createSvgPlot<BucketSheetProps, { active: number | null }>(container, { active: null }, (svg, state, ask) => {
    /** Set where the cells expect it: `selected` is a cell there, and here all cells of its bucket. */
    const cells = {
      get width() {
        return state.width
      },
      get height() {
        return state.height
      },
      get active() {
        return state.active
      },
      get props() {
        const { props } = state
        return props && { selected: null, onSelectCell: (cell: number | null) => pick(props, cell) }
      },
    }
    return {
      draw: (props) => draw(svg, state, props),
      listeners: listenToCells(svg.node()!, cells, (cell) => {
        if (cell === state.active) return
        state.active = cell
        ask()
      }),
    }
  })
}

function pick({ buckets, picked, onPick }: BucketSheetProps, cell: number | null): void {
  const bucket = cell === null ? -1 : (buckets[cell] ?? -1)
  onPick(bucket < 0 || bucket === picked ? null : bucket)
}

/** By cell: number of the shared bucket, from 1 in the order of the week; 0 = alone in its bucket, or no such hour. */
export function numberSharedBuckets(buckets: ArrayLike<number>): number[] {
  const counts = new Map<number, number>()
  for (let cell = 0; cell < CELLS; cell++) {
    const bucket = buckets[cell] ?? -1
    if (bucket >= 0) counts.set(bucket, (counts.get(bucket) ?? 0) + 1)
  }
  const numbers = new Map<number, number>()
  return Array.from({ length: CELLS }, (_, cell) => {
    const bucket = buckets[cell] ?? -1
    if ((counts.get(bucket) ?? 0) < 2) return 0
    const number = numbers.get(bucket) ?? numbers.size + 1
    numbers.set(bucket, number)
    return number
  })
}

/** `Fri 17 h: bucket 42, with Mon 3 h and Wed 12 h`. */
export function describeHour(buckets: ArrayLike<number>, cell: number): string {
  const bucket = buckets[cell] ?? -1
  if (bucket < 0) return `${cellName(cell)}: not in the data`
  const others = Array.from(buckets).flatMap((other, i) => (other === bucket && i !== cell ? [cellName(i)] : []))
  const last = others.pop()
  if (last === undefined) return `${cellName(cell)}: bucket ${bucket}, alone`
  return `${cellName(cell)}: bucket ${bucket}, with ${others.length === 0 ? last : `${others.join(', ')} and ${last}`}`
}

/** Neighbours in number lie far apart on the circle of hues (golden angle), and differ in lightness. */
function colorOf(number: number, dark: boolean): string {
  const step = (number % 3) * 0.06
  return toCss(oklch(dark ? 0.5 + step : 0.72 + step, 0.11, (number * 137.5) % 360))
}

function draw(svg: Svg, state: State, props: BucketSheetProps): void {
  const { theme, width, height, active } = state
  const { buckets, picked } = props
  // The sheet has no legend: its room goes to the cells.
  const layout = heatMapLayout(width, height + 32)
  const numbers = numberSharedBuckets(buckets)
  const shown = active === null ? null : (buckets[active] ?? -1)
  const cells = Array.from(numbers.keys())
  const reading = active === null ? '' : describeHour(buckets, active)
  svg.attr('aria-label', reading === '' ? props.ariaLabel : `${props.ariaLabel}. ${reading}`)
  group(svg, 'cells')
    .selectAll('rect')
    .data(numbers)
    .join('rect')
    .attr('x', (_, cell) => layout.x(cell % HOURS))
    .attr('y', (_, cell) => layout.y(Math.floor(cell / HOURS)))
    .attr('width', layout.cellWidth - layout.gap)
    .attr('height', layout.cellHeight - layout.gap)
    .attr('rx', Math.min(2, layout.cellWidth / 6))
    .attr('fill', (number) => (number === 0 ? theme.grid : colorOf(number, theme.dark)))
  group(svg, 'numbers')
    .attr('font-size', Math.min(11, layout.cellHeight * 0.55))
    .attr('text-anchor', 'middle')
    .attr('fill', theme.dark ? '#ffffff' : '#1c1b19')
    .attr('pointer-events', 'none')
    .selectAll('text')
    .data(layout.cellWidth >= 20 && layout.cellHeight >= 14 ? numbers : [])
    .join('text')
    .attr('x', (_, cell) => layout.x(cell % HOURS) + (layout.cellWidth - layout.gap) / 2)
    .attr('y', (_, cell) => layout.y(Math.floor(cell / HOURS)) + (layout.cellHeight - layout.gap) / 2)
    .attr('dy', '0.35em')
    .text((number) => (number === 0 ? '' : number))
  drawAxes(svg, layout, theme)
  const outlined = cells.filter((cell) => (buckets[cell] ?? -1) >= 0 && [shown, picked].includes(buckets[cell]!))
  drawOutlines(svg, layout, { highlighted: outlined, selected: null }, active, theme)
  drawReading(svg, reading, theme.ink)
}

function drawReading(svg: Svg, reading: string, ink: string): void {
  group(svg, 'header')
    .selectAll('text')
    .data([reading])
    .join('text')
    .attr('x', 0)
    .attr('y', 12)
    .attr('font-size', 12)
    .attr('fill', ink)
    .text((text) => text)
}
