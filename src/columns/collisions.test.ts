import { describe, expect, it } from 'vitest'
import { categoricalColumnWithHashBucket, crossedColumn } from '../experiment/featureColumn'
import { createRandom } from '../lib/random'
import {
  bucketsOf,
  countLoads,
  expectedLoads,
  expectedShared,
  groupByBucket,
  smallestCollisionFreeSize,
} from './collisions'
import { encodeCategorical } from './encodeColumn'
import { createUint64Array, type Uint64Array } from './fingerprint64'
import { type HashedColumn, hashedValues } from './hashedValues'
import { testTable } from './testTable'

const week = testTable({
  day: Array.from({ length: 168 }, (_, i) => Math.floor(i / 24)),
  hour: Array.from({ length: 168 }, (_, i) => i % 24),
})
const cross = crossedColumn(['day', 'hour'], 24 * 7)

function sharedAt({ fingerprints }: { fingerprints: Uint64Array }, buckets: number): { used: number; shared: number } {
  const loads = groupByBucket(bucketsOf(fingerprints, buckets))
  const sizes = Array.from(loads.buckets, (_, b) => loads.starts[b + 1]! - loads.starts[b]!)
  return { used: sizes.length, shared: sizes.filter((size) => size > 1).reduce((sum, size) => sum + size, 0) }
}

describe('the course’s cross of day and hour', () => {
  const values = hashedValues(cross, week)

  it('uses 107 of its 168 buckets, and 104 hours share theirs', () => {
    expect(values.count).toBe(168)
    expect(sharedAt(values, 168)).toEqual({ used: 107, shared: 104 })
  })

  it('is free of collisions from 2,807 buckets on, and not in one fewer', () => {
    expect(smallestCollisionFreeSize(values.fingerprints, values.count)).toBe(2807)
    expect(sharedAt(values, 2807)).toEqual({ used: 168, shared: 0 })
    for (let size = 168; size < 2807; size++) expect(sharedAt(values, size).shared).toBeGreaterThan(0)
  })

  it('says so of its exact form too: where it would collide if it were hashed', () => {
    expect(sharedAt(hashedValues({ ...cross, exact: true }, week), 168)).toEqual({ used: 107, shared: 104 })
  })
})

describe('hashedValues', () => {
  const table = testTable({ city: ['Oslo', '', 'Rome', null, 'Oslo', 'Lima'], n: [5, -1, 7, null, 5, 9] })
  const columns: HashedColumn[] = [
    categoricalColumnWithHashBucket('city', 5) as HashedColumn,
    categoricalColumnWithHashBucket('n', 5) as HashedColumn,
    crossedColumn(['city', 'n'], 50),
  ]

  it.each(columns)('puts each row where the column itself puts it', (column) => {
    const values = hashedValues(column, table)
    const buckets = bucketsOf(values.fingerprints, column.hashBucketSize)
    const encoded = encodeCategorical(column, table)
    expect(Array.from(values.rows.values, (value) => buckets[value])).toEqual([...encoded.ids])
    expect(values.rows.offsets && [...values.rows.offsets]).toEqual(encoded.offsets && [...encoded.offsets])
  })

  it('names the parts of a value in the order of the keys', () => {
    const values = hashedValues(columns[2]!, table)
    expect(values.parts(values.rows.values[0]!)).toEqual(['Oslo', '5'])
  })
})

function randomFingerprints(count: number, seed: number): Uint64Array {
  const random = createRandom(seed, 'fingerprints')
  const { high, low } = createUint64Array(count)
  for (let i = 0; i < count; i++) {
    high[i] = random.integer(2 ** 32)
    low[i] = random.integer(2 ** 32)
  }
  return { high, low }
}

describe('loads', () => {
  it('groups every value once, in the bucket it belongs to', () => {
    const bucketOf = bucketsOf(randomFingerprints(5000, 1), 700)
    const { buckets, starts, values } = groupByBucket(bucketOf)
    expect([...values].sort((a, b) => a - b)).toEqual(Array.from({ length: 5000 }, (_, i) => i))
    for (let b = 0; b < buckets.length; b++)
      for (const value of values.subarray(starts[b]!, starts[b + 1]!)) expect(bucketOf[value]).toBe(buckets[b])
  })

  it('counts buckets by what they hold, the fullest together', () => {
    const loads = groupByBucket(Float64Array.of(3, 3, 3, 3, 9, 9, 1))
    expect(countLoads(loads, 10, 4)).toEqual([7, 1, 1, 1])
  })

  it('expects what hashing random values gives on average', () => {
    const [values, buckets, draws] = [300, 200, 400]
    const sums = new Array<number>(5).fill(0)
    let shared = 0
    for (let draw = 0; draw < draws; draw++) {
      const fingerprints = randomFingerprints(values, draw)
      countLoads(groupByBucket(bucketsOf(fingerprints, buckets)), buckets, 5).forEach((count, k) => {
        sums[k]! += count / draws
      })
      shared += sharedAt({ fingerprints }, buckets).shared / draws
    }
    const expected = expectedLoads(values, buckets, 5)
    expected.forEach((count, k) => {
      expect(Math.abs(count - sums[k]!)).toBeLessThan(0.8)
    })
    expect(Math.abs(expectedShared(values, buckets) - shared)).toBeLessThan(1.5)
  })

  it('accounts for every bucket, at the edges too', () => {
    for (const [values, buckets] of [
      [0, 5],
      [1, 1],
      [9, 1],
      [3, 100_000_000],
      [1_000_000, 7],
    ] as const) {
      const loads = expectedLoads(values, buckets, 6)
      expect(loads.reduce((sum, count) => sum + count, 0)).toBeCloseTo(buckets, 5)
      expect(loads.every((count) => count >= 0 && Number.isFinite(count))).toBe(true)
    }
    expect(expectedShared(9, 1)).toBe(9)
    expect(expectedShared(1, 1)).toBe(0)
  })
})

describe('smallestCollisionFreeSize', () => {
  it('finds what trying every size finds', () => {
    for (let seed = 0; seed < 20; seed++) {
      const fingerprints = randomFingerprints(40, seed)
      let size = 40
      while (sharedAt({ fingerprints }, size).shared > 0) size++
      expect(smallestCollisionFreeSize(fingerprints, 40)).toBe(size)
    }
  })

  it('gives up within its bound', () => {
    expect(smallestCollisionFreeSize(randomFingerprints(3000, 1), 3000, 100_000)).toBeNull()
    expect(smallestCollisionFreeSize(createUint64Array(2), 2, 1000)).toBeNull()
  })

  it('needs one bucket for one value, or for none', () => {
    expect(smallestCollisionFreeSize(randomFingerprints(1, 1), 1)).toBe(1)
    expect(smallestCollisionFreeSize(createUint64Array(0), 0)).toBe(1)
  })
})
