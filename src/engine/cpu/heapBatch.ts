import { type BatchPlace, orderKeys } from '../../columns/rowOrder'
import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { createHeapRecords } from './heapRecords'
import { createHeapRoom } from './heapRoom'

/** What the kernels write behind the rows drawn. */
const MORE_ROWS = 8

/** What a categorical column looks up in a batch. Pointers. */
export interface HeapLookups {
  /** [count] */
  readonly ids: number
  /** [B + 1]; 0 where every row has one id. */
  readonly offsets: number
  readonly count: number
  /** The ids ascend. */
  readonly ascending?: boolean
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
  /** Training rows from a place in an epoch on, shuffled as columns/rowOrder.ts says. */
  draw(place: BatchPlace, size: number): void
  /** Rows of the encoded data. */
  gather(rows: Uint32Array): void
  load(batch: SparseBatch): void
}

/**
 * Copies the encoded data into the heap. `labelStride`: floats from an example's labels to the next; what lies between is 0. `batchSize` rows are laid
 * out at once, larger batches when they come. `sortedBy`: a categorical column with one id a row, in whose order the rows of a batch that is drawn
 * lie; null = in the order of the epoch.
 */
export function createHeapBatch(
  heap: SimdHeap,
  encoded: EncodedData,
  { seed, batchSize }: { seed: number; batchSize: number },
  labelStride: number,
  sortedBy: number | null = null,
): HeapBatch {
  const { kernels } = heap
  const { label, numeric, trainRows } = encoded
  const labelWidth = label.task === 'regression' ? label.outputs : 1
  const records = createHeapRecords(heap, encoded, sortedBy)
  const columns = records.ids.map((ids) => createLookups(heap, ids, batchSize))
  const shuffled = createDraw(heap, trainRows.length, seed, batchSize, sortedBy !== null)
  const sortRows = records.ofTraining ? createSort(heap, records.ofTraining, trainRows.length) : null
  const rows = createHeapRoom(heap, batchSize + MORE_ROWS)
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

  function gather(given: Uint32Array): void {
    size = given.length
    makeRoom()
    records.recordsOf(given, heap.integers({ pointer: rows.atLeast(size), length: size }))
    gatherRecords(false)
  }

  function gatherRecords(inOrder: boolean): void {
    kernels.gatherRecords(records.pointer, records.words, rows.pointer, size, targets.pointer)
    for (const [c, column] of columns.entries()) column.gathered(size, inOrder && c === sortedBy)
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
      shuffled(rows.atLeast(size + MORE_ROWS), place, size)
      sortRows?.(rows.pointer, size)
      gatherRecords(true)
    },
    gather,
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
  let ascending = false
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
    get ascending() {
      return ascending
    },
    /** Where the words of the column's records go. */
    places: (size: number) => (allIds === null ? [ids.atLeast(size)] : [firsts!.atLeast(size), ends!.atLeast(size)]),
    /** They are there. */
    gathered(size: number, inOrder: boolean): void {
      several = allIds !== null
      ascending = inOrder
      count = size
      if (allIds === null) return
      const [from, to] = [firsts!.pointer, ends!.pointer]
      count = kernels.bagOffsets(offsets.atLeast(size + 1), from, to, size)
      kernels.gatherBags(ids.atLeast(count), allIds, from, to, size)
    },
    load(batch: SparseBatch['categorical'][number], size: number): void {
      several = batch.offsets !== null
      ascending = false
      count = batch.offsets ? batch.offsets[size]! : size
      heap.integers({ pointer: ids.atLeast(count), length: count }).set(batch.ids.subarray(0, count))
      if (!batch.offsets) return
      heap.integers({ pointer: offsets.atLeast(size + 1), length: size + 1 }).set(batch.offsets.subarray(0, size + 1))
    },
  }
}

/** Writes the record numbers of a place in an epoch of `count` rows. `rows` has room for `MORE_ROWS`. */
function createDraw(heap: SimdHeap, count: number, seed: number, batchSize: number, inNoOrder: boolean) {
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
    heap.kernels[inNoOrder ? 'drawRowSet' : 'drawRows'](
      rows,
      place.position,
      size,
      count,
      bits,
      keys.pointer,
      pending.atLeast(size + 4),
    )
  }
}

/** Turns `size` numbers of training rows into the numbers of their records, ascending. */
function createSort(heap: SimdHeap, records: number, count: number) {
  const words = Math.ceil(count / 64)
  const marks = heap.allocate(2 * (words + Math.ceil(words / 64))).pointer
  return (rows: number, size: number): void => heap.kernels.sortRows(rows, size, records, count, marks)
}
