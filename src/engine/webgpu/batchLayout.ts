import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import { checkIds, labelWidth } from './deviceData'

/**
 * Where the parts of a batch stand in its region of the batch buffers, and its row index in the index buffer. In elements of 4
 * bytes; a region follows the other, one per step of a submit.
 */
export interface BatchLayout {
  /** Examples that a region has room for. */
  capacity: number
  columns: ColumnLayout[]
  /** [B × label width] and [B × numeric columns]. */
  labels: number
  dense: number
  batchStride: number
  /** Id and bag of a lookup do not fit in 32 bits together, in some column. */
  wide: boolean
  indexStride: number
  sortStride: number
}

export interface ColumnLayout {
  ids: number
  /** [B + 1], or `NONE` for one id a row. */
  offsets: number
  index: number
  sorting: number
  /** Lookups that a region has room for: as many as any batch of the data can have. */
  lookups: number
  /** Of the sort: one for each 6 bits of an id. */
  rounds: number
  /** Lookups that one thread adds at most: a power of 2. */
  piece: number
  bagBits: number
}

export const NONE = 0xffffffff
/** Rows are cut into pieces of this many lookups where a batch is likely to hold longer ones. */
const PIECE = 64
/** Rows of any length are one piece. */
export const WHOLE = 2 ** 30

/** `lookups`: room for each column, at least what `lookupBounds` says; `pieces`: its `pieceSizes`. */
export function batchLayout(
  encoded: EncodedData,
  capacity: number,
  lookups: readonly number[],
  pieces: readonly number[],
): BatchLayout {
  let batchStride = 0
  let indexStride = 0
  let sortStride = 0
  const bagBits = bitsOf(capacity - 1)
  const wide = encoded.categorical.some(({ buckets }) => bitsOf(buckets - 1) + bagBits > 32)
  const reserve = (length: number) => {
    batchStride += length
    return batchStride - length
  }
  const columns = encoded.categorical.map((column, c): ColumnLayout => {
    const room = lookups[c]!
    const piece = pieces[c]!
    const idBits = bitsOf(column.buckets - 1)
    const layout = {
      ids: reserve(room),
      offsets: column.offsets ? reserve(capacity + 1) : NONE,
      index: indexStride,
      sorting: sortStride,
      lookups: room,
      rounds: Math.max(1, Math.ceil(idBits / 6)),
      piece,
      bagBits,
    }
    indexStride += 3 * room + 2 + Math.ceil(room / piece) + 1
    sortStride += (wide ? 4 : 2) * room
    return layout
  })
  const labels = reserve(capacity * labelWidth(encoded))
  const dense = reserve(capacity * encoded.numeric.length)
  return { capacity, columns, labels, dense, batchStride, wide, indexStride, sortStride }
}

/** Bits that the numbers from 0 to `largest` need. */
function bitsOf(largest: number): number {
  return 32 - Math.clz32(largest)
}

/** Lookups of each column that a batch of `size` rows can have at most. */
export function lookupBounds(encoded: EncodedData, size: number): number[] {
  return encoded.categorical.map(({ offsets }) => {
    if (!offsets) return size
    const counts = new Uint32Array(offsets.length - 1)
    for (let row = 0; row < counts.length; row++) counts[row] = offsets[row + 1]! - offsets[row]!
    counts.sort()
    return counts.subarray(Math.max(0, counts.length - size)).reduce((sum, count) => sum + count, 0)
  })
}

/** Of each column, for batches of `size` rows: `WHOLE`, unless its most frequent id is likely to be looked up often in a batch. */
export function pieceSizes({ categorical, rowCount }: EncodedData, size: number): number[] {
  return categorical.map(({ ids, buckets }) => {
    const counts = new Uint32Array(buckets)
    let largest = 0
    for (const id of ids) largest = Math.max(largest, ++counts[id]!)
    return (largest * size) / Math.max(rowCount, 1) > 2 * PIECE ? PIECE : WHOLE
  })
}

/** Throws when an id is not a row of its table. */
export function checkBatch(encoded: EncodedData, batch: SparseBatch): void {
  for (const [c, { ids }] of batch.categorical.entries()) checkIds(encoded.categorical[c]!, ids)
}

export function copyBatch({ size, categorical, dense, labels }: SparseBatch): SparseBatch {
  return {
    size,
    dense: dense.slice(),
    labels: labels.slice(),
    categorical: categorical.map(({ ids, offsets }) => ({ ids: ids.slice(), offsets: offsets?.slice() ?? null })),
  }
}

/** A batch as its region holds it. A fresh array. */
export function packBatch(layout: BatchLayout, batch: SparseBatch): Uint32Array {
  const packed = new Uint32Array(layout.batchStride)
  const floats = new Float32Array(packed.buffer)
  for (const [c, { ids, offsets }] of batch.categorical.entries()) {
    const column = layout.columns[c]!
    packed.set(ids, column.ids)
    if (column.offsets !== NONE) packed.set(offsets ?? oneEach(batch.size), column.offsets)
  }
  floats.set(batch.labels, layout.labels)
  floats.set(batch.dense, layout.dense)
  return packed
}

/** Offsets of bags of one. */
function oneEach(size: number): Int32Array {
  return Int32Array.from({ length: size + 1 }, (_, b) => b)
}
