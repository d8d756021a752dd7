import { orderedAt, orderKeys } from '../../columns/rowOrder'
import { createRandom, shuffle } from '../../lib/random'

/** What is trained on, one sample at a time: N samples, each a row of the user table, a row of the item table and a number. */
export interface Samples {
  users: ArrayLike<number>
  items: ArrayLike<number>
  targets: ArrayLike<number>
  userRows: number
  itemRows: number
}

/** Where rows and samples lie so that threads never meet and the rows at work stay in the cache. */
export interface SampleOrder {
  /** Rows of each table are in so many groups. */
  groups: number
  /** Place of each row in memory: rows of a group are neighbours, in an order without meaning. */
  userPlaces: Uint32Array
  itemPlaces: Uint32Array
  /** Sample numbers, block by block. */
  samples: Uint32Array
  /**
   * [groups² + 1] First sample of each block in `samples`. Block (stratum s, user group i) is number s · groups + i and holds the items of group (i + s) mod
   * groups: the blocks of a stratum share no row (Gemulla, Nijkamp, Haas and Sismanis 2011).
   */
  starts: Uint32Array
}

/** So many samples are under way at a time: each waits for the one before it of the same row, not for the others. */
const STREAMS = 4

/**
 * The order follows from the samples and the seed alone, not from the number of threads. Rows are permuted; groups hold about equally many samples. Inside a
 * block the rows of the larger table come one after the other, as they lie in memory, each with all its samples of the block: it is fetched once, and the processor
 * sees the next one coming. The other table's rows of the block are those that a cache has to hold. As samples of one row wait for each other, four quarters of
 * the block take turns.
 */
export function createSampleOrder(samples: Samples, seed: number): SampleOrder {
  const { users, items, userRows, itemRows } = samples
  const count = users.length
  const groups = Math.max(1, Math.min(groupsFor(count), userRows, itemRows))
  const user = placeRows(users, userRows, groups, seed, 'user rows')
  const item = placeRows(items, itemRows, groups, seed, 'item rows')
  const [ids, { places }] = userRows > itemRows ? [users, user] : [items, item]
  const blockOf = (sample: number) => {
    const [i, j] = [user.groups[users[sample]!]!, item.groups[items[sample]!]!]
    return ((j - i + groups) % groups) * groups + i
  }
  const keys = orderKeys(seed, 0, count)
  const drawn = Uint32Array.from({ length: count }, (_, i) => orderedAt(i, count, keys))
  const byRow = countingSort(drawn, places.length, (sample) => places[ids[sample]!]!)
  const { sorted, starts } = countingSort(byRow.sorted, groups * groups, blockOf)
  for (let block = 0; block < groups * groups; block++) takeTurns(sorted.subarray(starts[block]!, starts[block + 1]!))
  return { groups, userPlaces: user.places, itemPlaces: item.places, samples: sorted, starts }
}

/** A first sample of each quarter, a second of each, and so on. */
function takeTurns(samples: Uint32Array): void {
  const was = samples.slice()
  const begins = Array.from({ length: STREAMS + 1 }, (_, stream) => Math.floor((stream * was.length) / STREAMS))
  for (let turn = 0, at = 0; at < was.length; turn++) {
    for (let stream = 0; stream < STREAMS; stream++) {
      const from = begins[stream]! + turn
      if (from < begins[stream + 1]!) samples[at++] = was[from]!
    }
  }
}

/** A block of a few thousand samples costs threads less than the wait at its end. */
function groupsFor(count: number): number {
  if (count < 10_000) return 1
  return count < 500_000 ? 4 : 8
}

/** Rows in a random order, cut where each group has its share of the samples. */
function placeRows(rows: ArrayLike<number>, rowCount: number, groupCount: number, seed: number, stream: string) {
  const counts = new Uint32Array(rowCount)
  for (let i = 0; i < rows.length; i++) counts[rows[i]!]!++
  const order = shuffle(
    Uint32Array.from({ length: rowCount }, (_, row) => row),
    createRandom(seed, stream),
  )
  const places = new Uint32Array(rowCount)
  const groups = new Uint32Array(rowCount)
  let before = 0
  for (const [place, row] of order.entries()) {
    places[row] = place
    groups[row] = Math.min(groupCount - 1, Math.floor((before * groupCount) / rows.length))
    before += counts[row]!
  }
  return { places, groups }
}

/** Stable. `starts` [classes + 1]: where the samples of each class begin. */
function countingSort(samples: Uint32Array, classes: number, classOf: (sample: number) => number) {
  const starts = new Uint32Array(classes + 1)
  for (const sample of samples) starts[classOf(sample) + 1]!++
  for (let i = 0; i < classes; i++) starts[i + 1]! += starts[i]!
  const next = starts.slice()
  const sorted = new Uint32Array(samples.length)
  for (const sample of samples) sorted[next[classOf(sample)]!++] = sample
  return { sorted, starts }
}
