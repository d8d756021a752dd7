import { type BatchPlace, orderKeys } from '../../columns/rowOrder'
import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { createHeapRecords } from './heapRecords'
import { createHeapRoom } from './heapRoom'

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
  const { label, numeric, trainRows } = encoded
  const labelWidth = label.task === 'regression' ? label.outputs : 1
  const records = createHeapRecords(heap, encoded)
  const columns = records.ids.map((ids) => createLookups(heap, ids, batchSize))
  const drawRows = createDraw(heap, trainRows.length, seed, batchSize)
  const rows = createHeapRoom(heap, batchSize + 4)
  const dense = createHeapRoom(heap, batchSize * numeric.length)
  const labels = createHeapRoom(heap, batchSize * labelStride)
  const targets = heap.allocate(2 * records.words)
  let targetsFor = 0
  let size = 0

  /** Room for `size` rows, and where each word of their records goes. */
  function makeRoom(): void {
    if (size <= targetsFor) return
    targetsFor = size
    const column = (pointer: number, stride: number, width: number) =>
      Array.from({ length: width }, (_, i) => [pointer + 4 * i, 4 * stride])
    const places = [
      ...columns.flatMap(({ places }) => places(size).map((pointer) => [pointer, 4])),
      ...column(dense.atLeast(size * numeric.length), numeric.length, numeric.length),
      ...column(labels.atLeast(size * labelStride), labelStride, labelWidth),
    ]
    heap.integers(targets).set(places.flat())
  }

  function gatherRecords(): void {
    kernels.gatherRecords(records.pointer, records.words, rows.pointer, size, targets.pointer)
    for (const column of columns) column.gathered(size)
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
    draw(place, count) {
      size = count
      makeRoom()
      drawRows(rows.atLeast(size + 4), place, size)
      gatherRecords()
    },
    gather(given) {
      size = given.length
      makeRoom()
      records.recordsOf(given, heap.integers({ pointer: rows.atLeast(size), length: size }))
      gatherRecords()
    },
    load(batch) {
      size = batch.size
      makeRoom()
      for (const [c, column] of columns.entries()) column.load(batch.categorical[c]!, size)
      heap.floats({ pointer: dense.pointer, length: size * numeric.length }).set(batch.dense)
      const target = heap.floats({ pointer: labels.pointer, length: size * labelStride })
      for (let i = 0; i < size * labelWidth; i++) {
        target[Math.floor(i / labelWidth) * labelStride + (i % labelWidth)] = batch.labels[i]!
      }
      // Bags that came where single ids were laid out may have moved them.
      targetsFor = 0
    },
  }
}

/** The lookups of one categorical column; `allIds` where it has several a row, or none. */
function createLookups(heap: SimdHeap, allIds: number | null, batchSize: number) {
  const { kernels } = heap
  const ids = createHeapRoom(heap, batchSize)
  const offsets = createHeapRoom(heap, allIds === null ? 0 : batchSize + 1)
  const [firsts, ends] = [0, 1].map(() => createHeapRoom(heap, allIds === null ? 0 : batchSize))
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
    /** Where the words of the column's records go. */
    places: (size: number) => (allIds === null ? [ids.atLeast(size)] : [firsts!.atLeast(size), ends!.atLeast(size)]),
    /** They are there. */
    gathered(size: number): void {
      several = allIds !== null
      count = size
      if (allIds === null) return
      const [from, to] = [firsts!.pointer, ends!.pointer]
      count = kernels.bagOffsets(offsets.atLeast(size + 1), from, to, size)
      kernels.gatherBags(ids.atLeast(count), allIds, from, to, size)
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

/** Writes the record numbers of a place in an epoch of `count` rows. `rows` has room for 4 more than `size`. */
function createDraw(heap: SimdHeap, count: number, seed: number, batchSize: number) {
  const keys = heap.allocate(4)
  const pending = createHeapRoom(heap, batchSize + 4)
  let epoch = -1
  let bits = 0
  return (rows: number, place: BatchPlace, size: number): void => {
    if (place.position + size > count) {
      throw new RangeError(
        `Rows ${place.position} to ${place.position + size} of ${count}: a batch stays in its epoch.`,
      )
    }
    if (place.epoch !== epoch) {
      const order = orderKeys(seed, place.epoch, count)
      heap.integers(keys).set(order.keys)
      bits = order.bits
      epoch = place.epoch
    }
    heap.kernels.drawRows(rows, place.position, size, count, bits, keys.pointer, pending.atLeast(size + 4))
  }
}
