import type { EncodedColumn } from '../../src/columns/encodedColumn'
import { orderedAt, orderKeys } from '../../src/columns/rowOrder'
import type { EncodedData } from '../../src/columns/sparseBatch'
import { createRandom, type Random } from '../../src/lib/random'

/**
 * Ratings made up in the shapes of three MovieLens sets: their rows, columns and counts (c: a fifth of the 25M), and how often each id occurs.
 *
 * Id number r by frequency (from 1) has a share of about 1/(r + q): Zipf with exponent 1, its head flattened as Mandelbrot did. q = 60 gives the most
 * rated film 0.3 % of all ratings and the median film of a its four, as in all three sets; q = users / 60 gives the busiest user of a 2.4 % and of b
 * 0.24 %. Which id has which frequency is a seeded permutation, so frequent ids do not lie side by side. A pair may occur twice.
 */
export interface Shape {
  name: ShapeName
  users: number
  items: number
  ratings: number
}

export type ShapeName = keyof typeof shapes

export const shapes = {
  /** MovieLens latest-small. */
  a: { name: 'a', users: 610, items: 9_742, ratings: 100_836 },
  /** MovieLens 1M. */
  b: { name: 'b', users: 6_040, items: 3_706, ratings: 1_000_209 },
  /** Rows and columns of MovieLens 25M. */
  c: { name: 'c', users: 162_541, items: 59_047, ratings: 5_000_000 },
} as const

/** What of a measure is measured. */
export interface Part {
  shapes: readonly Shape[]
  /** null: all dimensions. */
  k: number | null
}

/** In the order in which they were drawn: no order at all. */
export interface Ratings {
  /** [ratings], 0 … users − 1. */
  user: Int32Array
  /** [ratings], 0 … items − 1. */
  item: Int32Array
  /** [ratings], 0.5 … 5 in halves. */
  rating: Float32Array
}

const ITEM_SHIFT = 60
const TASTES = 3

export function ratingsOf({ name, users, items, ratings }: Shape): Ratings {
  const random = createRandom(1, `ratings ${name}`)
  const user = zipfIds(random, ratings, users, users / 60, `users ${name}`)
  const item = zipfIds(random, ratings, items, ITEM_SHIFT, `items ${name}`)
  const [ofUser, ofItem] = [tastes(random, users), tastes(random, items)]
  const rating = Float32Array.from(user, (u, row) => {
    const i = item[row]!
    let value = 3.5 + ofUser.bias[u]! + ofItem.bias[i]! + 0.8 * random.normal()
    for (let t = 0; t < TASTES; t++) value += ofUser.axes[u * TASTES + t]! * ofItem.axes[i * TASTES + t]!
    return Math.min(5, Math.max(0.5, Math.round(2 * value) / 2))
  })
  return { user, item, rating }
}

/** Biases and a few axes of taste: something to learn, so that weights and losses stay as on real ratings. */
function tastes(random: Random, count: number) {
  return {
    bias: Float32Array.from({ length: count }, () => 0.4 * random.normal()),
    axes: Float32Array.from({ length: count * TASTES }, () => 0.4 * random.normal()),
  }
}

/**
 * `count` ids below `ids`, Zipf with exponent 1 and its head shifted by `shift`, by inversion: rank r has share ln((r + q + ½) / (r + q − ½)), which is
 * 1/(r + q) up to a tenth at r = 1 without a shift and far less elsewhere. `name` seeds which id has which rank.
 */
export function zipfIds(random: Random, count: number, ids: number, shift: number, name: string): Int32Array {
  const order = orderKeys(createRandom(1, name).integer(2 ** 32), 0, ids)
  const low = shift + 0.5
  const logRange = Math.log((low + ids) / low)
  return Int32Array.from({ length: count }, () => {
    const rank = Math.floor(low * Math.exp(random.uniform() * logRange) - low)
    return orderedAt(Math.min(rank, ids - 1), ids, order)
  })
}

/** As the models read them: columns `item` and `user`, one target; every row is a training row. */
export function encodeRatings({ user, item, rating }: Ratings, users: number, items: number): EncodedData {
  return {
    rowCount: rating.length,
    categorical: [encodedIds('item', item, items), encodedIds('user', user, users)],
    numeric: [],
    label: {
      task: 'regression',
      outputs: 1,
      names: ['rating'],
      units: [null],
      values: rating,
      scaling: [{ mean: 0, deviation: 1, transform: 'none' }],
    },
    trainRows: Uint32Array.from(rating, (_, row) => row),
    validationRows: new Uint32Array(0),
  }
}

function encodedIds(name: string, ids: Int32Array, buckets: number): EncodedColumn {
  return { name, buckets, ids, offsets: null, bucketKeys: [], distinct: buckets, colliding: 0, droppedRows: 0 }
}
