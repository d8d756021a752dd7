import { createRandom } from '../lib/random'

/** A place in the training rows as they are shuffled for an epoch. */
export interface BatchPlace {
  /** Counted from 0. */
  epoch: number
  /** Training rows drawn in the epoch so far. */
  position: number
}

/** The order of the training rows in one epoch: what a device needs to shuffle by itself. */
export interface OrderKeys {
  /** Of the range that is permuted: 2 ** bits ≥ the number of training rows. The right half of a number has the odd one. */
  bits: number
  /** A key for each of the four rounds. */
  keys: Uint32Array
}

/**
 * Shuffles without an array to shuffle: position i of an epoch holds training row π(i), a permutation that every thread of every device can
 * compute by itself. A Feistel network of four rounds (Luby and Rackoff 1988) over the next power of 2, walked until it falls
 * inside the range (Black and Rogaway 2002). Going on from any place costs nothing.
 */
export function orderKeys(seed: number, epoch: number, count: number): OrderKeys {
  const random = createRandom(seed, `batches ${epoch}`)
  // Halves of less than 4 bits do not shuffle well: tiny sets walk a little longer instead.
  let bits = 8
  while (2 ** bits < count) bits++
  return { bits, keys: Uint32Array.from({ length: 4 }, () => random.integer(2 ** 32)) }
}

/** π(position) of 0 … count − 1. */
export function orderedAt(position: number, count: number, { bits, keys }: OrderKeys): number {
  const leftMask = 2 ** (bits >>> 1) - 1
  const rightBits = (bits + 1) >>> 1
  const rightMask = 2 ** rightBits - 1
  let at = position
  do {
    let left = at >>> rightBits
    let right = at & rightMask
    left ^= mix(right, keys[0]!) & leftMask
    right ^= mix(left, keys[1]!) & rightMask
    left ^= mix(right, keys[2]!) & leftMask
    right ^= mix(left, keys[3]!) & rightMask
    at = ((left << rightBits) | right) >>> 0
  } while (at >= count)
  return at
}

function mix(half: number, key: number): number {
  let h = Math.imul(half ^ key, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 15), 0x85ebca77)
  return h ^ (h >>> 13)
}

/** Fills `rows` with the training rows of an epoch from a place on: numbers of encoded rows. */
export type DrawRows = (rows: Uint32Array, at: BatchPlace) => void

/** Shuffled anew each epoch. */
export function shuffledRows(trainRows: Uint32Array, seed: number): DrawRows {
  let order: { epoch: number; keys: OrderKeys } | null = null
  return (rows, { epoch, position }) => {
    if (order?.epoch !== epoch) order = { epoch, keys: orderKeys(seed, epoch, trainRows.length) }
    fillRows(rows, trainRows, position, order.keys)
  }
}

/** rows[i] = trainRows[π(position + i)]. */
export function fillRows(rows: Uint32Array, trainRows: Uint32Array, position: number, order: OrderKeys): void {
  for (let i = 0; i < rows.length; i++) rows[i] = trainRows[orderedAt(position + i, trainRows.length, order)]!
}
