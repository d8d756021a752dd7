import type { CurvePoints } from './decimate'

/**
 * What y spans: all values, the steep fall of the beginning included, but for a spike: when the values of the first fiftieth tower over the rest
 * by more than eight times its span, the axis ends a little above the rest and the line leaves through the top. [0, 1] when there is no value.
 * `log`: values at or below 0 are left out.
 */
export function robustDomain(curves: readonly CurvePoints[], log: boolean): [number, number] {
  const ranges = curves.map((curve) => rangesOf(curve, log))
  const all = merge(ranges.map((range) => range.all))
  const rest = merge(ranges.map((range) => range.rest))
  if (!all) return log ? [0.1, 1] : [0, 1]
  let [low, high] = all
  if (rest && !log && high - rest[1] > SPIKE * (rest[1] - low) && rest[1] > low) high = rest[1] + 0.5 * (rest[1] - low)
  if (high > low) return [low, high]
  const air = Math.abs(low) * 0.05 || 0.5
  return log ? [low / 1.1, low * 1.1] : [low - air, low + air]
}

/** So many times the span of the rest is no fall, but a spike. */
const SPIKE = 8
/** Share of x that counts as the beginning. */
const BEGINNING = 0.02

/** Highest value of all curves that an axis ending at `high` cuts off; null: none. */
export function cutOff(curves: readonly CurvePoints[], high: number): number | null {
  let highest = high
  for (const { y } of curves) {
    for (let i = 0; i < y.length; i++) if (Number.isFinite(y[i]) && y[i]! > highest) highest = y[i]!
  }
  return highest > high ? highest : null
}

type Range = [number, number]

function rangesOf({ x, y }: CurvePoints, log: boolean): { all: Range | null; rest: Range | null } {
  const n = x.length
  const early = n > 0 ? x[0]! + BEGINNING * (x[n - 1]! - x[0]!) : 0
  let all: Range | null = null
  let rest: Range | null = null
  for (let i = 0; i < n; i++) {
    const value = y[i]!
    if (!Number.isFinite(value) || (log && value <= 0)) continue
    all = include(all, value)
    if (x[i]! > early) rest = include(rest, value)
  }
  return { all, rest }
}

function include(range: Range | null, value: number): Range {
  return range ? [Math.min(range[0], value), Math.max(range[1], value)] : [value, value]
}

function merge(ranges: readonly (Range | null)[]): Range | null {
  return ranges.reduce(
    (sum, range) => (sum && range ? [Math.min(sum[0], range[0]), Math.max(sum[1], range[1])] : (sum ?? range)),
    null,
  )
}

/** Moves wished heights apart, to at least `spacing` from one to the next, inside [low, high], keeping their order. */
export function spreadOut(wished: readonly number[], spacing: number, low: number, high: number): number[] {
  const order = wished.map((_, i) => i).sort((a, b) => wished[a]! - wished[b]! || a - b)
  const placed = wished.slice()
  let floor = low
  for (const i of order) {
    placed[i] = Math.max(floor, wished[i]!)
    floor = placed[i]! + spacing
  }
  let ceiling = high
  for (const i of order.reverse()) {
    placed[i] = Math.min(ceiling, placed[i]!)
    ceiling = placed[i]! - spacing
  }
  return placed
}

/** Position of the last point that has a value; -1 when there is none. */
export function lastPoint({ y }: CurvePoints): number {
  let i = y.length - 1
  while (i >= 0 && !Number.isFinite(y[i])) i--
  return i
}

/** Position of the finite point whose x is nearest to `at`; -1 when there is none. `x` must rise. */
export function nearestPoint({ x, y }: CurvePoints, at: number): number {
  let low = 0
  let high = x.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (x[middle]! < at) low = middle + 1
    else high = middle
  }
  for (let reach = 0; reach < x.length; reach++) {
    const candidates = [low - 1 - reach, low + reach].filter((i) => Number.isFinite(x[i]) && Number.isFinite(y[i]))
    if (candidates.length > 0) {
      return candidates.reduce((best, i) => (Math.abs(x[i]! - at) < Math.abs(x[best]! - at) ? i : best))
    }
  }
  return -1
}
