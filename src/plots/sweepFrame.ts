import { scaleLinear, scaleLog } from 'd3-scale'
import { formatNumber } from './legend'

export interface SweepSpread {
  mean: number
  deviation: number
}

/** One value of the setting that was varied. */
export interface SweepPoint {
  value: number
  train: SweepSpread
  validation: SweepSpread
  /** The runs it is the mean of, each with its validation metric. */
  runs: { seed: number; validation: number }[]
}

export interface SweepChartProps {
  /** With the metric: `R²`. */
  title: string
  /** What x is: `dimension`. */
  xName: string
  /** All values of the sweep, ascending, above 0: the axis does not move while results come in. */
  values: readonly number[]
  /** Those of which there is something, ascending. */
  points: readonly SweepPoint[]
  /** The value that is marked, and why: `elbow`. */
  mark: { value: number; label: string } | null
  /** A place on the axis that needs not be a value: `⁴√168 = 3.6`. */
  rule: { at: number; label: string } | null
  /** The validation means of the sweep before this one, to compare: how it was called. */
  before: { label: string; points: readonly { value: number; mean: number }[] } | null
  /** Values are shares, to be read as `11.0 %`. */
  percent: boolean
  ariaLabel: string
  onOpen(value: number, seed: number): void
}

export interface SweepFrame {
  left: number
  right: number
  top: number
  bottom: number
  x: (value: number) => number
  y: (value: number) => number
  yTicks: { at: number; label: string }[]
  xTicks: { at: number; label: string }[]
}

const LABELS_WIDTH = 84
/** Estimated, of a number on the axis. */
const CHARACTER_WIDTH = 6.2

/** Scales and ticks for a size in pixels: x logarithmic with a tick at every value there is room for, y around all means with their spread. */
export function sweepFrame({ width, height }: { width: number; height: number }, props: SweepChartProps): SweepFrame {
  const [top, bottom, right] = [44, height - 34, width - LABELS_WIDTH]
  const y = scaleLinear(yDomain(props), [bottom, top]).nice(4)
  const count = Math.max(2, Math.floor((bottom - top) / 36))
  const label = y.tickFormat(count)
  const yTicks = y.ticks(count).map((value) => ({
    at: y(value),
    label: props.percent ? `${formatNumber(100 * value)} %` : label(value).replace('-', '−'),
  }))
  const left = yTicks.reduce((most, tick) => Math.max(most, 12 + CHARACTER_WIDTH * tick.label.length), 36)
  const { values, rule } = props
  const low = Math.min(values[0] ?? 1, rule?.at ?? Number.POSITIVE_INFINITY)
  const high = Math.max(values.at(-1) ?? 1, rule?.at ?? 0)
  const x = scaleLog([low, high > low ? high : 2 * low], [left + 12, right - 8])
  return { left, right, top, bottom, x, y, yTicks, xTicks: spacedTicks(values, x) }
}

function yDomain({ points, before }: SweepChartProps): [number, number] {
  const ends = points
    .flatMap(({ train, validation }) => [train, validation])
    .flatMap(({ mean, deviation }) => [mean - deviation, mean + deviation])
    .concat(points.flatMap(({ runs }) => runs.map(({ validation }) => validation)))
    .concat(before?.points.map(({ mean }) => mean) ?? [])
    .filter(Number.isFinite)
  if (ends.length === 0) return [0, 1]
  const [low, high] = [Math.min(...ends), Math.max(...ends)]
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}

/** From the left, leaving out what would run into its neighbour. */
function spacedTicks(values: readonly number[], x: (value: number) => number): SweepFrame['xTicks'] {
  let free = Number.NEGATIVE_INFINITY
  return values.flatMap((value) => {
    const label = formatNumber(value)
    const half = (CHARACTER_WIDTH * label.length) / 2
    const at = x(value)
    if (at - half < free) return []
    free = at + half + 6
    return [{ at, label }]
  })
}

/** The run nearest to a place in pixels, within `reach`; null when there is none. */
export function nearestRun(
  frame: SweepFrame,
  points: readonly SweepPoint[],
  [px, py]: readonly [number, number],
  reach: number,
): { value: number; seed: number } | null {
  let found: { value: number; seed: number } | null = null
  let nearest = reach
  for (const { value, runs } of points) {
    for (const { seed, validation } of runs) {
      const distance = Math.hypot(frame.x(value) - px, frame.y(validation) - py)
      if (!(distance < nearest)) continue
      nearest = distance
      found = { value, seed }
    }
  }
  return found
}
