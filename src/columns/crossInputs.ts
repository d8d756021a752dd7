import { distinctPairs } from './distinctPairs'
import type { RowValues } from './dropNegative'
import {
  createUint64Array,
  crossHashKey,
  fingerprintCat,
  modulo,
  type Uint64Array,
  writeInteger,
} from './fingerprint64'

/** One key of a cross. */
export interface CrossInput {
  /** What each row holds of it, by number 0 … size - 1; a row may hold several, or none. */
  rows: RowValues
  size: number
  /** By number: what enters the hash: a string's fingerprint, or a whole number itself. */
  hashes: Uint64Array
  /** By number: place among `placeCount` in an exact cross; -1 = none. */
  places: Int32Array
  placeCount: number
  label: (code: number) => string
  /** A categorical column, against a plain key of the data. */
  sparse: boolean
}

/** All combinations that occur, numbered, and which of them each row holds. */
export interface Combinations {
  rows: RowValues
  count: number
  /** By input, by combination: number within the input. */
  parts: Int32Array[]
}

/**
 * Combines every value of a row's first key with every value of its second, and so on, the last varying fastest; a row without a value of
 * some key has no combination. All inputs are of the same number of rows.
 */
export function combine(inputs: readonly CrossInput[]): Combinations {
  const first = inputs[0]!
  let result: Combinations = {
    rows: first.rows,
    count: first.size,
    parts: [sequence(first.size)],
  }
  for (const input of inputs.slice(1)) {
    const product = cartesian(result.rows, input.rows)
    const pairs = distinctPairs(product.left, result.count, product.right, input.size)
    result = {
      rows: { values: pairs.codes, offsets: product.offsets },
      count: pairs.first.length,
      parts: [...result.parts.map((part) => pairs.first.map((code) => part[code]!)), pairs.second],
    }
  }
  return result
}

function cartesian(left: RowValues, right: RowValues) {
  if (!left.offsets && !right.offsets) return { left: left.values, right: right.values, offsets: null }
  const a = left.offsets ?? sequence(left.values.length + 1)
  const b = right.offsets ?? sequence(right.values.length + 1)
  const rowCount = a.length - 1
  const offsets = new Int32Array(rowCount + 1)
  for (let row = 0; row < rowCount; row++) {
    offsets[row + 1] = offsets[row]! + (a[row + 1]! - a[row]!) * (b[row + 1]! - b[row]!)
  }
  const result = { left: new Int32Array(offsets[rowCount]!), right: new Int32Array(offsets[rowCount]!), offsets }
  let at = 0
  for (let row = 0; row < rowCount; row++) {
    for (let i = a[row]!; i < a[row + 1]!; i++) {
      for (let j = b[row]!; j < b[row + 1]!; j++) {
        result.left[at] = left.values[i]!
        result.right[at++] = right.values[j]!
      }
    }
  }
  return result
}

/** 0, 1, 2 …; `Int32Array.from` takes twenty times as long. */
export function sequence(length: number): Int32Array {
  const result = new Int32Array(length)
  for (let i = 0; i < length; i++) result[i] = i
  return result
}

/** Bucket of each combination as `tf.sparse.cross_hashed` gives it. */
export function hashCombinations(
  inputs: readonly CrossInput[],
  combinations: Combinations,
  buckets: number,
  hashKey = 0,
): Int32Array {
  const { high, low } = fingerprintCombinations(inputs, combinations, hashKey)
  const ids = new Int32Array(combinations.count)
  for (let c = 0; c < ids.length; c++) ids[c] = modulo(high[c]!, low[c]!, buckets)
  return ids
}

/**
 * What the bucket of each combination follows from, modulo the number of buckets. TensorFlow hashes categorical columns before plain keys,
 * whatever the order they are listed in; within each kind the order stands. `hashKey` 0 is TensorFlow's default key.
 */
export function fingerprintCombinations(
  inputs: readonly CrossInput[],
  { count, parts }: Combinations,
  hashKey = 0,
): Uint64Array {
  const own = createUint64Array(1)
  writeInteger(own, 0, hashKey)
  const start = hashKey === 0 ? crossHashKey : own
  const fingerprint = createUint64Array(count)
  fingerprint.high.fill(start.high[0]!)
  fingerprint.low.fill(start.low[0]!)
  const order = [...inputs.keys()].sort((i, j) => Number(inputs[j]!.sparse) - Number(inputs[i]!.sparse))
  for (const i of order) {
    const { hashes } = inputs[i]!
    const part = parts[i]!
    for (let c = 0; c < count; c++) fingerprintCat(fingerprint, c, fingerprint, c, hashes, part[c]!)
  }
  return fingerprint
}

/** Bucket of each combination in mixed radix, the last key varying fastest; -1 where a part has no place. */
export function placeCombinations(inputs: readonly CrossInput[], { count, parts }: Combinations): Int32Array {
  const ids = new Int32Array(count)
  inputs.forEach(({ places, placeCount }, i) => {
    const part = parts[i]!
    for (let c = 0; c < count; c++) {
      const place = places[part[c]!]!
      ids[c] = ids[c]! < 0 || place < 0 ? -1 : ids[c]! * placeCount + place
    }
  })
  return ids
}
