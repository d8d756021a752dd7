/** Room for a table of all pairs; beyond it the pairs that occur are kept in a hash table. */
const DIRECT_LIMIT = 4_194_304

export interface DistinctPairs {
  /** By position: number of its pair. */
  codes: Int32Array
  /** By pair: what it is made of. */
  first: Int32Array
  second: Int32Array
}

/**
 * Numbers the distinct pairs (first[i], second[i]). `first` holds 0 … firstSize - 1, `second` likewise; their product must stay below 2^53.
 * Few possible pairs are numbered in their order, many in the order of first occurrence.
 */
export function distinctPairs(
  first: Int32Array,
  firstSize: number,
  second: Int32Array,
  secondSize: number,
): DistinctPairs {
  return firstSize * secondSize <= DIRECT_LIMIT
    ? pairsByTable(first, second, firstSize, secondSize)
    : pairsByHash(first, second, secondSize)
}

function pairsByTable(first: Int32Array, second: Int32Array, firstSize: number, secondSize: number): DistinctPairs {
  const rank = new Int32Array(firstSize * secondSize)
  for (let i = 0; i < first.length; i++) rank[first[i]! * secondSize + second[i]!] = 1
  let count = 0
  for (let key = 0; key < rank.length; key++) if (rank[key] === 1) rank[key] = ++count
  const codes = new Int32Array(first.length)
  for (let i = 0; i < first.length; i++) codes[i] = rank[first[i]! * secondSize + second[i]!]! - 1
  return { codes, ...partsOf(codes, count, first, second) }
}

function pairsByHash(first: Int32Array, second: Int32Array, secondSize: number): DistinctPairs {
  const bits = Math.ceil(Math.log2(Math.max(16, first.length * 2)))
  const keys = new Float64Array(2 ** bits).fill(-1)
  const slots = new Int32Array(2 ** bits)
  const mask = 2 ** bits - 1
  const codes = new Int32Array(first.length)
  let count = 0
  for (let i = 0; i < first.length; i++) {
    const a = first[i]!
    const b = second[i]!
    const key = a * secondSize + b
    const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b)
    let slot = (mixed ^ (mixed >>> 15)) & mask
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & mask
    if (keys[slot] === -1) {
      keys[slot] = key
      slots[slot] = count++
    }
    codes[i] = slots[slot]!
  }
  return { codes, ...partsOf(codes, count, first, second) }
}

function partsOf(codes: Int32Array, count: number, first: Int32Array, second: Int32Array) {
  const parts = { first: new Int32Array(count), second: new Int32Array(count) }
  for (let i = 0; i < codes.length; i++) {
    parts.first[codes[i]!] = first[i]!
    parts.second[codes[i]!] = second[i]!
  }
  return parts
}
