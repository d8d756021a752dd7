import type { EncodedColumn } from '../../columns/encodedColumn'
import { type BatchPlace, orderKeys } from '../../columns/rowOrder'
import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import type { Block, SimdHeap } from '../../kernels/simd/simdHeap'
import { createHeapRoom, type HeapRoom } from './heapRoom'

/** What a categorical column looks up in a batch. Pointers. */
export interface HeapLookups {
  /** [count] */
  readonly ids: number
  /** [B + 1]; 0 where every row has one id. */
  readonly offsets: number
  readonly count: number
}

/** The encoded data in a heap, and one batch of it. Pointers hold until the next batch. */
export interface HeapBatch {
  /** B. */
  readonly size: number
  /** In the order of `EncodedData.categorical`. */
  readonly lookups: readonly HeapLookups[]
  /** [B × numeric columns] */
  readonly dense: number
  /** [B × labelStride] */
  readonly labels: number
  /** Training rows from a place in the shuffled epoch on: those that columns/rowOrder.ts names. */
  draw(place: BatchPlace, size: number): void
  /** Rows of the encoded data. */
  gather(rows: Uint32Array): void
  load(batch: SparseBatch): void
}

/**
 * Copies the encoded data into the heap. `labelStride`: floats from an example's labels to the next; what lies between is 0. `batchSize` rows are laid
 * out at once, larger batches when they come.
 */
export function createHeapBatch(
  heap: SimdHeap,
  encoded: EncodedData,
  { seed, batchSize }: { seed: number; batchSize: number },
  labelStride: number,
): HeapBatch {
  const { kernels } = heap
  const { label, numeric } = encoded
  const labelWidth = label.task === 'regression' ? label.outputs : 1
  const columns = encoded.categorical.map((column) => createLookups(heap, column, batchSize))
  const numbers = upload(heap, interleaved(encoded))
  const labelValues = upload(heap, label.values)
  const drawRow = createDraw(heap, encoded.trainRows, seed)
  const rowRoom = createHeapRoom(heap, batchSize)
  const dense = createHeapRoom(heap, batchSize * numeric.length)
  const labels = createHeapRoom(heap, batchSize * labelStride)
  let size = 0

  function gatherAll(): void {
    const rows = rowRoom.pointer
    for (const column of columns) column.gather(rows, size)
    if (numeric.length > 0) {
      const { length } = numeric
      kernels.gatherColumns(dense.atLeast(size * length), length, numbers.pointer, length, rows, size)
    }
    const target = labels.atLeast(size * labelStride)
    if (labelStride === 1) kernels.gatherNumbers(target, labelValues.pointer, rows, size)
    else kernels.gatherColumns(target, labelStride, labelValues.pointer, labelWidth, rows, size)
  }

  return {
    get size() {
      return size
    },
    lookups: columns,
    get dense() {
      return dense.pointer
    },
    get labels() {
      return labels.pointer
    },
    draw(place, rows) {
      size = rows
      drawRow(rowRoom.atLeast(size), place, size)
      gatherAll()
    },
    gather(rows) {
      size = rows.length
      const pointer = rowRoom.atLeast(size)
      heap.integers({ pointer, length: size }).set(rows)
      gatherAll()
    },
    load(batch) {
      size = batch.size
      for (const [c, column] of columns.entries()) column.load(batch.categorical[c]!, size)
      setFloats(heap, dense, batch.dense)
      const pointer = labels.atLeast(size * labelStride)
      const target = heap.floats({ pointer, length: size * labelStride })
      for (let i = 0; i < size * labelWidth; i++) {
        target[Math.floor(i / labelWidth) * labelStride + (i % labelWidth)] = batch.labels[i]!
      }
    },
  }
}

/** One categorical column: the encoded ids, and those of a batch. */
function createLookups(heap: SimdHeap, column: EncodedColumn, batchSize: number) {
  const { kernels } = heap
  const allIds = upload(heap, column.ids)
  const allOffsets = column.offsets ? upload(heap, column.offsets) : null
  const ids = createHeapRoom(heap, batchSize)
  const offsets = createHeapRoom(heap, batchSize + 1)
  let several = false
  let count = 0
  return {
    get ids() {
      return ids.pointer
    },
    get offsets() {
      return several ? offsets.pointer : 0
    },
    get count() {
      return count
    },
    gather(rows: number, size: number): void {
      several = allOffsets !== null
      if (allOffsets) {
        count = kernels.gatherOffsets(offsets.atLeast(size + 1), allOffsets.pointer, rows, size)
        kernels.gatherBags(ids.atLeast(count), allIds.pointer, allOffsets.pointer, rows, size)
      } else {
        count = size
        kernels.gatherNumbers(ids.atLeast(size), allIds.pointer, rows, size)
      }
    },
    load(batch: SparseBatch['categorical'][number], size: number): void {
      several = batch.offsets !== null
      count = batch.offsets ? batch.offsets[size]! : size
      heap.integers({ pointer: ids.atLeast(count), length: count }).set(batch.ids.subarray(0, count))
      if (!batch.offsets) return
      heap.integers({ pointer: offsets.atLeast(size + 1), length: size + 1 }).set(batch.offsets.subarray(0, size + 1))
    },
  }
}

/** Writes the training rows of a place, with the keys of its epoch. */
function createDraw(heap: SimdHeap, trainRows: Uint32Array, seed: number) {
  const all = upload(heap, trainRows)
  const keys = heap.allocate(4)
  let epoch = -1
  let bits = 0
  return (target: number, place: BatchPlace, size: number): void => {
    if (place.position + size > trainRows.length) {
      throw new RangeError(
        `Rows ${place.position} to ${place.position + size} of ${trainRows.length}: a batch stays in its epoch.`,
      )
    }
    if (place.epoch !== epoch) {
      const order = orderKeys(seed, place.epoch, trainRows.length)
      heap.integers(keys).set(order.keys)
      bits = order.bits
      epoch = place.epoch
    }
    heap.kernels.gatherRows(target, all.pointer, place.position, size, trainRows.length, bits, keys.pointer)
  }
}

function upload(heap: SimdHeap, values: Float32Array | Int32Array | Uint32Array): Block {
  const block = heap.allocate(values.length)
  if (values instanceof Float32Array) heap.floats(block).set(values)
  else heap.integers(block).set(values)
  return block
}

function setFloats(heap: SimdHeap, room: HeapRoom, values: Float32Array): void {
  heap.floats({ pointer: room.atLeast(values.length), length: values.length }).set(values)
}

/** [rows × numeric columns] */
function interleaved({ numeric, rowCount }: EncodedData): Float32Array {
  const all = new Float32Array(rowCount * numeric.length)
  for (const [n, { values }] of numeric.entries()) {
    for (let row = 0; row < rowCount; row++) all[row * numeric.length + n] = values[row]!
  }
  return all
}
