import { DataError } from '../data/table'
import { formatCount } from '../lib/formatNumber'
import type { EncodedColumn } from './encodedColumn'
import type { EncodedLabel } from './sparseBatch'
import type { WatchLists } from './watchLists'

/** They lie in memory twice, in 4 bytes each. */
const MOST_IDS = 100_000_000

/** By class number the id that the item is looked up by; -1 = none. `rows` hold each item that is listed. */
export function idsOf(column: EncodedColumn, rows: Uint32Array, { outputs, values }: EncodedLabel): Int32Array {
  const ids = new Int32Array(outputs).fill(-1)
  for (const row of rows) ids[values[row]!] = ownId(column, row)
  return ids
}

/** The column with the ids of what came before, the last `length` of them, in place of each row's own. */
export function bagsOf(
  column: EncodedColumn,
  rows: Uint32Array,
  { starts, ends }: WatchLists,
  length: number,
  rowCount: number,
): EncodedColumn {
  const own = Int32Array.from(rows, (row) => ownId(column, row))
  const offsets = new Int32Array(rowCount + 1)
  const from = (row: number) => Math.max(starts[row]!, ends[row]! - length)
  for (let row = 0; row < rowCount; row++) {
    offsets[row + 1] = offsets[row]!
    for (let at = from(row); at < ends[row]!; at++) if (own[at]! >= 0) offsets[row + 1]!++
  }
  if (offsets[rowCount]! > MOST_IDS) {
    throw new DataError(
      `The lists up to each of the rows hold ${formatCount(offsets[rowCount]!)} items, and the page stops at ${formatCount(MOST_IDS)}: read fewer of the last items.`,
    )
  }
  const ids = new Int32Array(offsets[rowCount]!)
  for (let row = 0, next = 0; row < rowCount; row++) {
    for (let at = from(row); at < ends[row]!; at++) if (own[at]! >= 0) ids[next++] = own[at]!
  }
  const { name, buckets, distinct, colliding, droppedRows } = column
  return {
    name,
    buckets,
    ids,
    offsets,
    get bucketKeys() {
      return column.bucketKeys
    },
    distinct,
    colliding,
    droppedRows,
    own: column,
  }
}

function ownId({ ids, offsets }: EncodedColumn, row: number): number {
  if (!offsets) return ids[row]!
  return offsets[row]! < offsets[row + 1]! ? ids[offsets[row]!]! : -1
}
