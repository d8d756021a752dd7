import { scaleLinear, scaleLog } from 'd3-scale'
import type { ChartFrame } from './chartParts'
import { formatNumber } from './legend'

/** One number of labels: mean and spread over the seeds, and each seed's own. */
export interface TransferPoint {
  size: number
  mean: number
  deviation: number
  runs: readonly { seed: number; r2: number }[]
}

export interface TransferSeries {
  name: string
  /** `ground`: what the others are compared with. */
  role: 'ground' | 'second' | 'first'
  points: readonly TransferPoint[]
}

export interface TransferChartProps {
  title: string
  xName: string
  /** All sizes of the plan, ascending: the axis does not move while results come in. */
  sizes: readonly number[]
  series: readonly TransferSeries[]
  /** The size that is looked at beside the chart. */
  chosen: number | null
  /** Where two lines cross, and in words. */
  crossing: { at: number; label: string } | null
  ariaLabel: string
  onChoose(size: number): void
}

export interface TransferFrame extends ChartFrame {
  x: (size: number) => number
  /** What lies below the axis stands at its foot. */
  y: (r2: number) => number
}

const LABELS_WIDTH = 92
const CHARACTER_WIDTH = 6.2
/** R² far below 0 is no model at all, however far. */
const LOWEST = -0.5

/** Scales and ticks for a size in pixels: x logarithmic with a tick at every size there is room for, y from where the spread begins, at most 0, to 1. */
export function transferFrame(
  { width, height }: { width: number; height: number },
  { sizes, series }: TransferChartProps,
): TransferFrame {
  const [top, bottom, left, right] = [44, height - 36, 40, width - LABELS_WIDTH]
  const ends = series.flatMap(({ points }) =>
    points.flatMap(({ mean, deviation, runs }) => [mean - deviation, ...runs.map(({ r2 }) => r2)]),
  )
  const low = Math.max(LOWEST, Math.min(0, ...ends.filter(Number.isFinite)))
  const scale = scaleLinear([low, 1], [bottom, top]).nice(5).clamp(true)
  const yTicks = scale.ticks(Math.max(3, Math.floor((bottom - top) / 40))).map((value) => ({
    at: scale(value),
    label: formatNumber(Math.round(value * 100) / 100),
  }))
  const first = sizes[0] ?? 10
  const last = sizes.at(-1) ?? 10
  const x = scaleLog([first, last > first ? last : 2 * first], [left + 12, right - 8])
  return { left, right, top, bottom, x, y: scale, yTicks, xTicks: spacedTicks(sizes, x) }
}

function spacedTicks(sizes: readonly number[], x: (size: number) => number): TransferFrame['xTicks'] {
  let free = Number.NEGATIVE_INFINITY
  return sizes.flatMap((size) => {
    const label = size.toLocaleString('en-US')
    const half = (CHARACTER_WIDTH * label.length) / 2
    const at = x(size)
    if (at - half < free) return []
    free = at + half + 6
    return [{ at, label }]
  })
}

/** The size whose place is nearest to `pixel`; null without sizes. */
export function nearestSize(sizes: readonly number[], x: (size: number) => number, pixel: number): number | null {
  let nearest: number | null = null
  for (const size of sizes) {
    if (nearest === null || Math.abs(x(size) - pixel) < Math.abs(x(nearest) - pixel)) nearest = size
  }
  return nearest
}
