import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { type BlockOrder, blocksOf, createBlockOrder, cutBlocks, rowsInBlocks } from './blockOrder'

const SEED = 4

/** Every other encoded row is a training row; some ids come far more often than others. */
function orderOf(count: number, userIds: number, itemIds: number, seed = SEED) {
  const random = createRandom(1)
  const column = (buckets: number) => ({
    ids: Int32Array.from({ length: 2 * count }, () => Math.floor(buckets * random.uniform() ** 3)),
    buckets,
  })
  const [user, item] = [column(userIds), column(itemIds)]
  const trainRows = Uint32Array.from({ length: count }, (_, i) => 2 * i + 1)
  return { user, item, trainRows, order: createBlockOrder(trainRows, user, item, seed) }
}

function epochOf(order: BlockOrder, epoch: number, seed = SEED): Uint32Array {
  const rows = new Uint32Array(order.rows.length)
  rowsInBlocks(order, seed)(rows, { epoch, position: 0 })
  return rows
}

const sizes = [
  [0, 3, 4],
  [1, 1, 1],
  [5, 9, 2],
  [20_000, 3, 2],
  [20_000, 700, 900],
  [50_000, 900, 700],
] as const

it.each(sizes)('names every training row once an epoch: %i rows of %i × %i ids', (count, users, items) => {
  const { order, trainRows } = orderOf(count, users, items)
  for (const epoch of [0, 1, 7]) {
    const sorted = epochOf(order, epoch).toSorted()
    expect(sorted.length).toBe(trainRows.length)
    expect(sorted.every((row, i) => row === trainRows[i])).toBe(true)
  }
})

it('has another order each epoch and for another seed, and the same for the same', () => {
  const { order } = orderOf(20_000, 700, 900)
  expect(epochOf(order, 1)).not.toEqual(epochOf(order, 0))
  expect(epochOf(orderOf(20_000, 700, 900, 5).order, 0, 5)).not.toEqual(epochOf(order, 0))
  expect(epochOf(orderOf(20_000, 700, 900).order, 3)).toEqual(epochOf(order, 3))
})

it('goes on from any place of an epoch', () => {
  const { order } = orderOf(20_000, 700, 900)
  const draw = rowsInBlocks(order, SEED)
  const whole = epochOf(order, 2)
  for (const [from, to] of [
    [0, 1],
    [4_999, 5_002],
    [13_000, 20_000],
  ] as const) {
    const piece = new Uint32Array(to - from)
    draw(piece, { epoch: 2, position: from })
    expect(piece).toEqual(whole.subarray(from, to))
  }
})

describe('blocks', () => {
  const { order, user, item } = orderOf(500_000, 9_000, 7_000)

  it('share no id within a stratum, and have about as many rows as one another', () => {
    expect(order.groups).toBe(8)
    const blocks = blocksOf(order, SEED, 0)
    for (let first = 0; first < blocks.length; first += order.groups) {
      const stratum = blocks.slice(first, first + order.groups)
      for (const { ids } of [user, item]) {
        const idsOf = stratum.map(
          ({ from, to }) => new Set(Array.from(order.rows.subarray(from, to), (row) => ids[row]!)),
        )
        const all = new Set(idsOf.flatMap((one) => [...one]))
        expect(idsOf.reduce((sum, { size }) => sum + size, 0)).toBe(all.size)
      }
    }
    const sizes = blocks.map(({ from, to }) => to - from)
    expect(Math.max(...sizes)).toBeLessThan(1.6 * Math.min(...sizes))
  })

  it('hold each id of the larger table in four runs at most, and neighbours have different ones', () => {
    for (const { from, to } of blocksOf(order, SEED, 0)) {
      const ids = [...order.rows.subarray(from, to)].map((row) => user.ids[row]!)
      // Each of the four quarters goes up through the ids.
      const quarters = [0, 1, 2, 3].map((quarter) => ids.filter((_, i) => i % 4 === quarter).slice(0, -1))
      for (const quarter of quarters) expect(quarter).toEqual(quarter.toSorted((a, b) => a - b))
      // The most frequent id has more than a quarter of its block: it meets itself, once in four rows.
      const touching = ids.filter((id, i) => i > 0 && id === ids[i - 1]).length
      expect(touching).toBeLessThan(ids.length / 4)
    }
  })

  it('shuffle the rows of an id', () => {
    const { from, to } = blocksOf(order, SEED, 0)[0]!
    const quarter = [...order.rows.subarray(from, to)].filter((_, i) => i % 4 === 0)
    const often = quarter.map((row) => user.ids[row]!).find((id, i, ids) => id === ids[i + 100])
    const rows = quarter.filter((row) => user.ids[row] === often)
    const ascents = rows.filter((row, i) => i > 0 && row > rows[i - 1]!).length / rows.length
    expect(ascents).toBeGreaterThan(0.35)
    expect(ascents).toBeLessThan(0.65)
  })

  it('are cut where an epoch is left', () => {
    const block = (from: number, to: number) => ({ from, to, userGroup: 0, itemGroup: 0 })
    expect(cutBlocks([block(10, 20), block(0, 5)], 8, 12)).toEqual([block(18, 20), block(0, 2)])
    expect(cutBlocks([block(10, 20), block(0, 5)], 15, 15)).toEqual([])
  })
})
