import { scaleLinear, scaleLog } from 'd3-scale'
import type { ChartFrame } from './chartParts'
import { formatNumber } from './legend'

/** A measure at one value of a setting: over the seeds, and of each run. */
export interface SpreadPoint {
  value: number
  mean: number
  deviation: number
  /** Drawn as dots; empty: none. */
  runs: readonly { seed: number; reading: number }[]
}

export interface SpreadSeries {
  name: string
  /** `main`: what is judged. `second` and `ground`: what it is compared with. `past`: of an earlier time, a dotted line alone. */
  look: 'main' | 'second' | 'ground' | 'past'
  /** Ascending by value. */
  points: readonly SpreadPoint[]
}

/** A line from top to bottom at a value. */
export interface ValueRule {
  at: number
  label: string | null
  look: 'main' | 'quiet'
}

export interface SpreadChartProps {
  /** With the measure: `R²`. */
  title: string
  /** What is drawn dotted, in words. */
  note: string | null
  /** What x is: `dimension`. */
  xName: string
  /** All values of the plan, ascending, above 0: the axis does not move while results come in. */
  values: readonly number[]
  series: readonly SpreadSeries[]
  rules: readonly ValueRule[]
  /** What the y axis reaches at least, and at most: what lies beyond stands at its end. null: what there is, all of it. */
  within: { least: [number, number]; most: [number, number] } | null
  /** How readings are written: as `11.0 %`, or with so many decimals. */
  decimals: number | 'percent'
  /** `large`: each dot is a run that can be opened. */
  dots: 'large' | 'small'
  /** The value that is looked at; null: the last one. */
  chosen: number | null
  /** A value in words: `20 labels`. */
  nameOf(value: number): string
  ariaLabel: string
  /** `seed`: of the dot that was meant; null where none was. */
  onChoose(value: number, seed: number | null): void
}

export interface SpreadFrame extends ChartFrame {
  x: (value: number) => number
  y: (reading: number) => number
}

const LABELS_WIDTH = 92
/** Estimated, of a number on an axis. */
const CHARACTER_WIDTH = 6.2

/** Scales and ticks for a size in pixels: x logarithmic with a tick at every value there is room for, y around all means with their spread. */
export function spreadFrame(
  { width, height }: { width: number; height: number },
  { series, within, values, rules, decimals }: SpreadChartProps,
): SpreadFrame {
  const [top, bottom, right] = [44, height - 36, width - LABELS_WIDTH]
  const ends = endsOf(series)
  const y = scaleLinear(yDomain(ends, within), [bottom, top]).nice(5).clamp(true)
  const count = Math.max(2, Math.floor((bottom - top) / 38))
  const label = y.tickFormat(count)
  const isKnown = ends.length > 0 || within !== null
  const yTicks = y.ticks(count).map((reading) => ({
    at: y(reading),
    label: isKnown ? (decimals === 'percent' ? `${formatNumber(100 * reading)} %` : minus(label(reading))) : '',
  }))
  const left = yTicks.reduce((most, tick) => Math.max(most, 12 + CHARACTER_WIDTH * tick.label.length), 36)
  const places = [...values, ...rules.map(({ at }) => at)]
  const low = places.length > 0 ? Math.min(...places) : 1
  const x = scaleLog([low, Math.max(...places) > low ? Math.max(...places) : 2 * low], [left + 12, right - 8])
  return { left, right, top, bottom, x, y, yTicks, xTicks: spacedTicks(values, x) }
}

function endsOf(series: readonly SpreadSeries[]): number[] {
  return series
    .flatMap(({ points }) => points)
    .flatMap(({ mean, deviation, runs }) => [mean - deviation, mean + deviation, ...runs.map(({ reading }) => reading)])
    .filter(Number.isFinite)
}

function yDomain(ends: number[], within: SpreadChartProps['within']): [number, number] {
  if (within) {
    const { least, most } = within
    return [Math.max(most[0], Math.min(least[0], ...ends)), Math.min(most[1], Math.max(least[1], ...ends))]
  }
  if (ends.length === 0) return [0, 1]
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}

/** From the left, leaving out what would run into its neighbour. */
function spacedTicks(values: readonly number[], x: (value: number) => number): ChartFrame['xTicks'] {
  let free = Number.NEGATIVE_INFINITY
  return values.flatMap((value) => {
    const label = Number.isInteger(value) ? value.toLocaleString('en-US') : formatNumber(value)
    const half = (CHARACTER_WIDTH * label.length) / 2
    const at = x(value)
    if (at - half < free) return []
    free = at + half + 6
    return [{ at, label }]
  })
}

/** Values with a reading, ascending. */
export function readValues(series: readonly SpreadSeries[]): number[] {
  const own = series.filter(({ look }) => look !== 'past')
  return [...new Set(own.flatMap(({ points }) => points.map(({ value }) => value)))].sort((a, b) => a - b)
}

/** The value with a reading whose place is nearest to `pixel`; null without readings. */
export function nearestValue({ x }: SpreadFrame, series: readonly SpreadSeries[], pixel: number): number | null {
  const distance = (value: number) => Math.abs(x(value) - pixel)
  return readValues(series).sort((a, b) => distance(a) - distance(b))[0] ?? null
}

/** The run whose dot is nearest to a place in pixels, within `reach`; null when there is none. */
export function nearestRun(
  frame: SpreadFrame,
  series: readonly SpreadSeries[],
  [px, py]: readonly [number, number],
  reach: number,
): { value: number; seed: number } | null {
  let found: { value: number; seed: number } | null = null
  let nearest = reach
  for (const { value, runs } of series.flatMap(({ points }) => points)) {
    for (const { seed, reading } of runs) {
      const distance = Math.hypot(frame.x(value) - px, frame.y(reading) - py)
      if (!(distance < nearest)) continue
      nearest = distance
      found = { value, seed }
    }
  }
  return found
}

function minus(text: string): string {
  return text.replace('-', '−')
}

/** A reading as the chart writes it; `–` for what is no number. */
export function formatReading(reading: number, decimals: SpreadChartProps['decimals']): string {
  if (!Number.isFinite(reading)) return '–'
  if (decimals === 'percent') return `${(100 * reading).toFixed(1)} %`
  return minus(reading.toFixed(decimals))
}
