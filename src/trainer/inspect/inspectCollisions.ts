import {
  type BucketLoads,
  bucketsOf,
  countLoads,
  expectedLoads,
  expectedShared,
  groupByBucket,
  smallestCollisionFreeSize,
} from '../../columns/collisions'
import { type HashedValues, hashedValues } from '../../columns/hashedValues'
import type { DataSet, Table } from '../../data/table'
import type { CategoricalColumn } from '../../experiment/experiment'
import type { CollisionFree, Collisions, SharedBucket } from '../../protocol/inspect'
import { type ColumnPart, columnParts } from '../columnParts'
import { labelCombination } from '../describePoints'
import { Refusal } from '../refusal'

const MOST_GROUPS = 100
const MOST_LABELS = 24
/** Buckets with 5 values or more are counted together. */
const LOADS = 6
const HOURS = 24
const CELLS = 7 * HOURS

/** What a table was last asked about: a slider asks about the same column again and again. */
interface Hashed {
  values: HashedValues
  parts: ColumnPart[]
  /** By value: rows that hold it. */
  rows: Uint32Array
  cellOf: Int32Array | null
}
const known = new WeakMap<Table, { key: string; hashed: Hashed }>()

/** How the values of a column fall into `buckets`, beside what an even hash is expected to do. */
export function inspectCollisions(column: CategoricalColumn, buckets: number, dataSet: DataSet): Collisions {
  if (!Number.isInteger(buckets) || buckets < 1) throw new Refusal(`${buckets} is no number of buckets.`)
  const { values, parts, rows, cellOf } = hashedOf(column, dataSet)
  const bucketOf = bucketsOf(values.fingerprints, buckets)
  const loads = groupByBucket(bucketOf)
  const expected = expectedLoads(values.count, buckets, LOADS)
  const actual = countLoads(loads, buckets, LOADS)
  const shared = sharedBuckets(loads)
  return {
    buckets,
    values: values.count,
    used: loads.buckets.length,
    shared: shared.reduce((sum, at) => sum + loads.starts[at + 1]! - loads.starts[at]!, 0),
    expectedUsed: buckets - expected[0]!,
    expectedShared: expectedShared(values.count, buckets),
    loads: expected.map((count, k) => ({ expected: count, actual: actual[k]! })),
    groups: shared.slice(0, MOST_GROUPS).map((at) => describeGroup(at, loads, values, parts, rows)),
    groupCount: shared.length,
    cells: cellOf && cellsOf(cellOf, bucketOf),
  }
}

/** The fewest buckets in which no two values share one, as far as about a second of search finds it. */
export function searchCollisionFree(column: CategoricalColumn, dataSet: DataSet): CollisionFree {
  const { values } = hashedOf(column, dataSet)
  return { size: smallestCollisionFreeSize(values.fingerprints, values.count), values: values.count }
}

function hashedOf(column: CategoricalColumn, dataSet: DataSet): Hashed {
  if (column.type !== 'hashBucket' && column.type !== 'crossed') {
    throw new Refusal('Each value of this column has a bucket of its own: nothing is hashed.')
  }
  const key = JSON.stringify({ ...column, hashBucketSize: 0, exact: false })
  const before = known.get(dataSet.table)
  if (before?.key === key) return before.hashed
  const values = hashedValues(column, dataSet.table)
  if (values.count === 0) throw new Refusal('No row holds a value of this column.')
  const parts = columnParts(column, dataSet)
  const rows = new Uint32Array(values.count)
  for (const value of values.rows.values) rows[value]!++
  const hashed = { values, parts, rows, cellOf: hoursOfWeek(values, parts) }
  known.set(dataSet.table, { key, hashed })
  return hashed
}

/** Positions in `loads` of the buckets with several values, the fullest first. */
function sharedBuckets({ buckets, starts }: BucketLoads): number[] {
  const size = (at: number) => starts[at + 1]! - starts[at]!
  const shared: number[] = []
  for (let at = 0; at < buckets.length; at++) if (size(at) > 1) shared.push(at)
  return shared.sort((a, b) => size(b) - size(a) || a - b)
}

function describeGroup(
  at: number,
  { buckets, starts, values }: BucketLoads,
  hashed: HashedValues,
  parts: ColumnPart[],
  rows: Uint32Array,
): SharedBucket {
  const held = values.subarray(starts[at]!, starts[at + 1]!)
  return {
    bucket: buckets[at]!,
    labels: Array.from(held.subarray(0, MOST_LABELS), (value) => labelCombination(hashed.parts(value), parts)),
    values: held.length,
    rows: held.reduce((sum, value) => sum + rows[value]!, 0),
  }
}

/** By value: day · 24 + hour. null unless the column is keyed by a day of the week and an hour, and nothing else. */
function hoursOfWeek(values: HashedValues, parts: ColumnPart[]): Int32Array | null {
  const day = parts.findIndex(({ meaning }) => meaning === 'dayOfWeek')
  const hour = parts.findIndex(({ meaning }) => meaning === 'hourOfDay')
  if (parts.length !== 2 || day < 0 || hour < 0) return null
  return Int32Array.from({ length: values.count }, (_, value) => {
    const texts = values.parts(value)
    const cell = Number(texts[day]) * HOURS + Number(texts[hour])
    return cell >= 0 && cell < CELLS ? cell : -1
  })
}

function cellsOf(cellOf: Int32Array, bucketOf: Float64Array): Int32Array {
  const cells = new Int32Array(CELLS).fill(-1)
  cellOf.forEach((cell, value) => {
    if (cell >= 0) cells[cell] = bucketOf[value]!
  })
  return cells
}
