import { modulo, type Uint64Array } from './fingerprint64'

/** Bucket of every value. */
export function bucketsOf({ high, low }: Uint64Array, buckets: number): Float64Array {
  return Float64Array.from(high, (_, value) => modulo(high[value]!, low[value]!, buckets))
}

/** Which values each bucket in use holds: CSR over the buckets, ascending. */
export interface BucketLoads {
  /** By bucket in use: its number. */
  buckets: Float64Array
  /** By bucket in use: values[starts[b]] … values[starts[b + 1] - 1] are in it, ascending. */
  starts: Int32Array
  values: Int32Array
}

/** `bucketOf` [values]: what `bucketsOf` gives, below 2^27; up to 2^26 values. Their number, not that of the buckets, decides the work. */
export function groupByBucket(bucketOf: Float64Array): BucketLoads {
  // Bucket and value in one number: sorting numbers without a comparison of our own is ten times as fast.
  const sorted = bucketOf.map((bucket, value) => bucket * VALUES + value).sort()
  const buckets: number[] = []
  const starts: number[] = []
  const values = Int32Array.from(sorted, (key, at) => {
    const bucket = Math.floor(key / VALUES)
    if (at === 0 || buckets[buckets.length - 1] !== bucket) {
      buckets.push(bucket)
      starts.push(at)
    }
    return key - bucket * VALUES
  })
  starts.push(values.length)
  return { buckets: Float64Array.from(buckets), starts: Int32Array.from(starts), values }
}

/** More than there are values. */
const VALUES = 2 ** 26

/** Buckets that hold 0, 1, 2 … values; the last entry of `length` counts those with at least so many. */
export function countLoads({ starts }: BucketLoads, buckets: number, length: number): number[] {
  const counts = new Array<number>(length).fill(0)
  const used = starts.length - 1
  counts[0] = buckets - used
  for (let b = 0; b < used; b++) counts[Math.min(length - 1, starts[b + 1]! - starts[b]!)]!++
  return counts
}

/**
 * The same, as it is to be expected of a hash that spreads `values` evenly: each falls into a bucket with chance 1 / buckets, so that a load is
 * binomial.
 */
export function expectedLoads(values: number, buckets: number, length: number): number[] {
  const counts: number[] = []
  // Chance of exactly k values in one bucket, from k - 1; in logarithms, for (1 - 1/n)^m underflows.
  let logChance = values * Math.log1p(-1 / buckets)
  if (buckets === 1) return Array.from({ length }, (_, k) => (k === Math.min(values, length - 1) ? 1 : 0))
  let rest = buckets
  for (let k = 0; k < length - 1; k++) {
    const count = k > values ? 0 : buckets * Math.exp(logChance)
    counts.push(count)
    rest -= count
    logChance += Math.log(Math.max(values - k, 0)) - Math.log(k + 1) - Math.log(buckets - 1)
  }
  return [...counts, Math.max(0, rest)]
}

/** Values that an even hash makes share a bucket with another, on average. */
export function expectedShared(values: number, buckets: number): number {
  return values < 2 ? 0 : values * -Math.expm1((values - 1) * Math.log1p(-1 / buckets))
}

/** Fingerprints looked at before the search is given up: about a second. */
const MOST_CHECKS = 60_000_000

/**
 * The fewest buckets in which no two values share one. Every size from the number of values on is tried; most end at their first collision, after
 * about as many values as the square root of the size. null: not found within `mostChecks` fingerprints (from about 2,000 values on).
 */
export function smallestCollisionFreeSize(
  { high, low }: Uint64Array,
  count: number,
  mostChecks = MOST_CHECKS,
): number | null {
  let stamps = new Uint32Array(Math.max(16, 4 * count))
  let checks = 0
  for (let size = Math.max(1, count); checks <= mostChecks; size++) {
    if (size > stamps.length) stamps = new Uint32Array(2 * stamps.length)
    let value = 0
    for (; value < count; value++) {
      const bucket = modulo(high[value]!, low[value]!, size)
      // A size is its own stamp: nothing has to be cleared between two.
      if (stamps[bucket] === size) break
      stamps[bucket] = size
    }
    if (value === count) return size
    checks += value + 1
  }
  return null
}
