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
    : pairsByHash(first, second)
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

/** Open addressing; a place holds the number of its pair plus one, and the pair itself is looked up: one table to reach into at random, not two. */
function pairsByHash(first: Int32Array, second: Int32Array): DistinctPairs {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, first.length * 2)))
  const mask = size - 1
  const places = new Int32Array(size)
  const firsts = new Int32Array(first.length)
  const seconds = new Int32Array(first.length)
  const codes = new Int32Array(first.length)
  let count = 0
  for (let i = 0; i < first.length; i++) {
    const a = first[i]!
    const b = second[i]!
    const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b)
    let place = (mixed ^ (mixed >>> 15)) & mask
    let pair = places[place]! - 1
    while (pair >= 0 && (firsts[pair] !== a || seconds[pair] !== b)) {
      place = (place + 1) & mask
      pair = places[place]! - 1
    }
    if (pair < 0) {
      pair = count++
      places[place] = count
      firsts[pair] = a
      seconds[pair] = b
    }
    codes[i] = pair
  }
  return { codes, first: firsts.slice(0, count), second: seconds.slice(0, count) }
}

function partsOf(codes: Int32Array, count: number, first: Int32Array, second: Int32Array) {
  const parts = { first: new Int32Array(count), second: new Int32Array(count) }
  for (let i = 0; i < codes.length; i++) {
    parts.first[codes[i]!] = first[i]!
    parts.second[codes[i]!] = second[i]!
  }
  return parts
}
