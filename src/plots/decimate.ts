/** A curve as pairs of numbers. NaN in `y` is a gap. */
export interface CurvePoints {
  x: ArrayLike<number>
  y: ArrayLike<number>
}

/**
 * At most four points for each of `buckets` equal ranges of x: first, lowest, highest, last, in order of x (M4: Jugel et al. 2014), so that a line
 * through them looks the same pixel by pixel and no spike is lost. `x` must rise. Curves short enough come back whole. Gaps are dropped.
 * Returns positions in the arrays.
 */
export function decimate({ x, y }: CurvePoints, buckets: number): Int32Array {
  const kept: number[] = []
  const n = x.length
  for (let i = 0; i < n && n <= 2 * buckets; i++) if (Number.isFinite(y[i]!)) kept.push(i)
  if (n <= 2 * buckets) return Int32Array.from(kept)
  const start = x[0]!
  const span = x[n - 1]! - start || 1
  const bucketOf = (i: number) => Math.min(buckets - 1, Math.floor(((x[i]! - start) / span) * buckets))
  for (let from = 0; from < n; ) {
    const bucket = bucketOf(from)
    let to = from
    let [first, last, low, high] = [-1, -1, -1, -1]
    for (; to < n && bucketOf(to) === bucket; to++) {
      const value = y[to]!
      if (!Number.isFinite(value)) continue
      if (first < 0) first = low = high = to
      if (value < y[low]!) low = to
      if (value > y[high]!) high = to
      last = to
    }
    if (first >= 0) kept.push(...new Set([first, Math.min(low, high), Math.max(low, high), last]))
    from = to
  }
  return Int32Array.from(kept)
}
