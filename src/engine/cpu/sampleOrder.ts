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

/** Of both tables at work: about what a core has of a cache of its own beside the samples that stream by. */
const CACHE_BYTES = 768 * 1024
/** Cells with fewer samples than that fetch more rows than they use again. */
const SAMPLES_A_CELL = 512

/**
 * The order follows from the samples and the seed alone, not from the number of threads. Rows are permuted; groups hold about equally many samples; inside
 * a block the samples lie by cells of rows that fit the cache, and inside a cell at random, so that neighbours seldom wait for each other's rows.
 */
export function createSampleOrder(samples: Samples, rowBytes: number, seed: number): SampleOrder {
  const { users, items, userRows, itemRows } = samples
  const count = users.length
  const groups = Math.max(1, Math.min(groupsFor(count), userRows, itemRows))
  const [userSlices, itemSlices] = slicesFor(count, groups, userRows * rowBytes, itemRows * rowBytes)
  const user = placeRows(users, userRows, userSlices, seed, 'user rows')
  const item = placeRows(items, itemRows, itemSlices, seed, 'item rows')
  const [userPart, itemPart] = [userSlices / groups, itemSlices / groups]
  const cellsOfBlock = userPart * itemPart
  const cellOf = (sample: number) => {
    const [u, v] = [user.slices[users[sample]!]!, item.slices[items[sample]!]!]
    const [i, j] = [Math.floor(u / userPart), Math.floor(v / itemPart)]
    const [across, along] = [u % userPart, v % itemPart]
    // There and back: the item slice at a turn serves two cells in a row.
    const cell = across * itemPart + (across % 2 === 0 ? along : itemPart - 1 - along)
    return (((j - i + groups) % groups) * groups + i) * cellsOfBlock + cell
  }
  const { sorted, starts } = sortIntoCells(count, groups * groups * cellsOfBlock, cellOf, seed)
  return {
    groups,
    userPlaces: user.places,
    itemPlaces: item.places,
    samples: sorted,
    starts: Uint32Array.from({ length: groups * groups + 1 }, (_, block) => starts[block * cellsOfBlock]!),
  }
}

/** A block of a few thousand samples costs threads less than the wait at its end. */
function groupsFor(count: number): number {
  if (count < 10_000) return 1
  return count < 500_000 ? 4 : 8
}

/** Multiples of `groups`. */
function slicesFor(count: number, groups: number, userBytes: number, itemBytes: number): [number, number] {
  let [user, item] = [userBytes, itemBytes].map((bytes) => Math.ceil(bytes / groups / (CACHE_BYTES / 2))) as [
    number,
    number,
  ]
  while (groups * groups * user * item * SAMPLES_A_CELL > count && user * item > 1) {
    if (user >= item) user = Math.ceil(user / 2)
    else item = Math.ceil(item / 2)
  }
  return [groups * user, groups * item]
}

/** Rows in a random order, cut where each slice has its share of the samples. */
function placeRows(rows: ArrayLike<number>, rowCount: number, sliceCount: number, seed: number, stream: string) {
  const counts = new Uint32Array(rowCount)
  for (let i = 0; i < rows.length; i++) counts[rows[i]!]!++
  const order = shuffle(
    Uint32Array.from({ length: rowCount }, (_, row) => row),
    createRandom(seed, stream),
  )
  const places = new Uint32Array(rowCount)
  const slices = new Uint32Array(rowCount)
  let before = 0
  for (const [place, row] of order.entries()) {
    places[row] = place
    slices[row] = Math.min(sliceCount - 1, Math.floor((before * sliceCount) / rows.length))
    before += counts[row]!
  }
  return { places, slices }
}

/** A counting sort of samples that come in a random order. */
function sortIntoCells(count: number, cells: number, cellOf: (sample: number) => number, seed: number) {
  const starts = new Uint32Array(cells + 1)
  for (let sample = 0; sample < count; sample++) starts[cellOf(sample) + 1]!++
  for (let cell = 0; cell < cells; cell++) starts[cell + 1]! += starts[cell]!
  const next = starts.slice()
  const sorted = new Uint32Array(count)
  const keys = orderKeys(seed, 0, count)
  for (let i = 0; i < count; i++) {
    const sample = orderedAt(i, count, keys)
    sorted[next[cellOf(sample)]!++] = sample
  }
  return { sorted, starts }
}
