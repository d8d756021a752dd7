import { encodeFeature } from '../../columns/encodeFeature'
import { denseFeature, type Feature } from '../../columns/feature'
import type { CategoricalColumn, SimpleCategoricalColumn } from '../../experiment/experiment'
import type { GraphBuilder, Value } from './graphBuilder'
import { gather } from './lowerings/shapes'

/** What is hashed: numbers from −1 to `size` − 1 [B, 1], int32. */
export interface KnownRange {
  value: Value
  size: number
  /** Whether −1 is a value that is hashed as others, and not none at all. */
  isMinusOneHashed: boolean
}

type Hashed = Extract<CategoricalColumn, { type: 'crossed' | 'hashBucket' }>

/** Of four bytes each. */
const MOST_ENTRIES = 2 ** 20

/** Whether keys of so many numbers each can be looked up. */
export function fitsTable(sizes: readonly number[]): boolean {
  return entriesOf(sizes) <= MOST_ENTRIES
}

function entriesOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * (size + 1), 1)
}

/**
 * Buckets of a hash, looked up: TensorFlow.js has no fingerprint of numbers, but where each key can be one of a few numbers alone, that of every combination is known. [B, 1], −1
 * for none.
 */
export function hashedByTable(g: GraphBuilder, column: Hashed, keys: readonly KnownRange[]): Value {
  const entries = entriesOf(keys.map(({ size }) => size))
  const table = g.constant(tableOf(column, keys, entries), [entries], 'int32')
  const places = keys.map(({ value }) => g.node('AddV2', [value, g.operand(1)]))
  const place = places.reduce((before, own, i) =>
    g.node('AddV2', [g.node('Mul', [before, g.operand(keys[i]!.size + 1)]), own]),
  )
  return gather(g, table, place)
}

function tableOf(column: Hashed, keys: readonly KnownRange[], entries: number): Int32Array {
  const values = keys.map(() => new Int32Array(entries))
  for (let entry = 0; entry < entries; entry++) {
    let rest = entry
    for (let i = keys.length - 1; i >= 0; i--) {
      const choices = keys[i]!.size + 1
      values[i]![entry] = (rest % choices) - 1
      rest = Math.floor(rest / choices)
    }
  }
  const features = Object.fromEntries(
    values.map((numbers, i): [string, Feature] => [String(i), denseFeature('integer', [...numbers])]),
  )
  const { ids } = encodeFeature(ofNumbers(column), features)
  if (column.type === 'hashBucket') return withNone(ids, entries)
  const isNone = (entry: number) =>
    keys.some(({ isMinusOneHashed }, i) => !isMinusOneHashed && values[i]![entry] === -1)
  return ids.map((id, entry) => (isNone(entry) ? -1 : id))
}

/** A hash of one key drops the first entry, which is −1. */
function withNone(ids: Int32Array, entries: number): Int32Array {
  const all = new Int32Array(entries).fill(-1)
  all.set(ids, entries - ids.length)
  return all
}

/** The column with numbered keys of plain numbers: ids of a column enter a cross as they do, yet before keys of the data. */
function ofNumbers(column: Hashed): Hashed {
  if (column.type === 'hashBucket') return { ...column, key: '0' }
  const isPlain = (place: number) => Number(typeof column.keys[place] === 'string')
  const order = [...column.keys.keys()].sort((a, b) => isPlain(a) - isPlain(b))
  return { ...column, keys: order.map(String) }
}

/** How many ids a column has in a cross, where −1 means that nothing is there; null: it may also mean a value out of the vocabulary, which a cross hashes. */
export function idCount(column: SimpleCategoricalColumn): number | null {
  switch (column.type) {
    case 'identity':
      return column.numBuckets
    case 'bucketized':
      return column.boundaries.length + 1
    case 'vocabularyList': {
      const { vocabulary, numOovBuckets, defaultValue } = column
      const isTold = numOovBuckets > 0 || defaultValue >= 0
      return vocabulary === 'data' || !isTold ? null : vocabulary.length + numOovBuckets
    }
    case 'hashBucket':
      return null
  }
}
