import { createRandom, shuffle } from '../lib/random'
import type { DrawRows } from './rowOrder'

/** What a column looks up: one id a row. */
interface LookedUp {
  ids: ArrayLike<number>
  buckets: number
}

/** An order in which training rows that share no id lie far apart, and what lies together needs few rows of both tables. */
export interface BlockOrder {
  /** Ids of each column are in so many groups, as many samples in one as in another. */
  readonly groups: number
  /** Training rows, block by block. */
  readonly rows: Uint32Array
  /**
   * [groups² + 1] First row of each block in `rows`. Block (stratum s, user group i) is number s · groups + i and holds the items of group (i + s) mod
   * groups: the blocks of a stratum share no id (Gemulla, Nijkamp, Haas and Sismanis 2011).
   */
  readonly starts: Uint32Array
}

/** Rows of one block, in places of an epoch or of `BlockOrder.rows`. */
export interface RowBlock {
  from: number
  to: number
  userGroup: number
  itemGroup: number
}

/** So many rows are under way at a time: each waits for the one before it with the same id, not for the others. */
const STREAMS = 4

/**
 * The order follows from ids and seed alone, not from the number of threads. Inside a block the ids of the larger table come one after the other, as their
 * vectors lie in memory, each with all its rows of the block, shuffled: a vector is fetched once, and the processor sees the next one coming. The other table's
 * vectors of the block are those that a cache has to hold. As rows with one id wait for each other, four quarters of the block take turns. Throws a RangeError
 * where an id is not one of the buckets.
 */
export function createBlockOrder(trainRows: Uint32Array, user: LookedUp, item: LookedUp, seed: number): BlockOrder {
  const groups = Math.max(1, Math.min(groupsFor(trainRows.length), user.buckets, item.buckets))
  const [ofUser, ofItem] = [groupsOf(trainRows, user, groups), groupsOf(trainRows, item, groups)]
  const { sorted, starts } = countingSort(trainRows, groups * groups, (row) => {
    const userGroup = ofUser[user.ids[row]!]!
    return ((ofItem[item.ids[row]!]! - userGroup + groups) % groups) * groups + userGroup
  })
  const larger = user.buckets > item.buckets ? user : item
  const random = createRandom(seed, 'blocks')
  for (let block = 0; block < groups * groups; block++) {
    const rows = sorted.subarray(starts[block]!, starts[block + 1]!)
    takeTurns(sortedById(shuffle(rows, random), larger), rows)
  }
  return { groups, rows: sorted, starts }
}

/** All blocks that hold rows, stratum by stratum, the strata shuffled for the epoch. */
export function blocksOf({ groups, starts }: BlockOrder, seed: number, epoch: number): RowBlock[] {
  const strata = Uint32Array.from({ length: groups }, (_, stratum) => stratum)
  shuffle(strata, createRandom(seed, `strata ${epoch}`))
  const blocks: RowBlock[] = []
  for (const stratum of strata) {
    for (let userGroup = 0; userGroup < groups; userGroup++) {
      const block = stratum * groups + userGroup
      const [from, to] = [starts[block]!, starts[block + 1]!]
      if (to > from) blocks.push({ from, to, userGroup, itemGroup: (userGroup + stratum) % groups })
    }
  }
  return blocks
}

/** What lies between two places of an epoch when its blocks are put one behind the other. */
export function cutBlocks(blocks: readonly RowBlock[], from: number, to: number): RowBlock[] {
  const pieces: RowBlock[] = []
  let position = 0
  for (const block of blocks) {
    const [first, last] = [Math.max(from - position, 0), Math.min(to - position, block.to - block.from)]
    if (first < last) pieces.push({ ...block, from: block.from + first, to: block.from + last })
    position += block.to - block.from
  }
  return pieces
}

/** Rows block by block, for whom takes them one after the other. */
export function rowsInBlocks(order: BlockOrder, seed: number): DrawRows {
  let blocks: { epoch: number; all: RowBlock[] } | null = null
  return (rows, { epoch, position }) => {
    if (blocks?.epoch !== epoch) blocks = { epoch, all: blocksOf(order, seed, epoch) }
    let at = 0
    for (const { from, to } of cutBlocks(blocks.all, position, position + rows.length)) {
      rows.set(order.rows.subarray(from, to), at)
      at += to - from
    }
  }
}

/** A block of a few thousand samples costs threads less than the wait at its end. */
function groupsFor(count: number): number {
  if (count < 10_000) return 1
  return count < 500_000 ? 4 : 8
}

/** The group of each id: neighbours, cut where each group has its share of the rows. */
function groupsOf(trainRows: Uint32Array, { ids, buckets }: LookedUp, groupCount: number): Uint8Array {
  const counts = new Uint32Array(buckets)
  for (const row of trainRows) {
    const id = ids[row]!
    if (!(id >= 0 && id < buckets))
      throw new RangeError(`Row ${row} looks up ${id}: the table has rows 0 to ${buckets - 1}.`)
    counts[id]!++
  }
  const groups = new Uint8Array(buckets)
  let before = 0
  for (let id = 0; id < buckets; id++) {
    groups[id] = Math.min(groupCount - 1, Math.floor((before * groupCount) / trainRows.length))
    before += counts[id]!
  }
  return groups
}

/** Stable. `starts` [classes + 1]: where the rows of each class begin. */
function countingSort(rows: Uint32Array, classes: number, classOf: (row: number) => number) {
  const starts = new Uint32Array(classes + 1)
  for (const row of rows) starts[classOf(row) + 1]!++
  for (let i = 0; i < classes; i++) starts[i + 1]! += starts[i]!
  const next = starts.slice()
  const sorted = new Uint32Array(rows.length)
  for (const row of rows) sorted[next[classOf(row)]!++] = row
  return { sorted, starts }
}

/** Rows of a block: their ids lie close together. */
function sortedById(rows: Uint32Array, { ids }: LookedUp): Uint32Array {
  let [lowest, highest] = [Number.POSITIVE_INFINITY, -1]
  for (const row of rows) {
    lowest = Math.min(lowest, ids[row]!)
    highest = Math.max(highest, ids[row]!)
  }
  return countingSort(rows, Math.max(0, highest - lowest + 1), (row) => ids[row]! - lowest).sorted
}

/** A first row of each quarter, a second of each, and so on. */
function takeTurns(rows: Uint32Array, target: Uint32Array): void {
  const begins = Array.from({ length: STREAMS + 1 }, (_, stream) => Math.floor((stream * rows.length) / STREAMS))
  for (let turn = 0, at = 0; at < rows.length; turn++) {
    for (let stream = 0; stream < STREAMS; stream++) {
      const from = begins[stream]! + turn
      if (from < begins[stream + 1]!) target[at++] = rows[from]!
    }
  }
}
