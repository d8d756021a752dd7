import { outOfRange } from '../../kernels/rowIndex'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapLookups } from './heapBatch'
import { createHeapRoom } from './heapRoom'

/** The lookups of a batch by table row: kernels/rowIndex.ts in a heap. Pointers hold until the next batch. */
export interface HeapRowIndex {
  /** U, rows touched. */
  readonly touched: number
  /** [U], in the order of first touch. */
  readonly rows: number
  /** [N], for each lookup the place of its row in `rows`. */
  readonly lookupPlaces: number
  /** [V]: row r is touched when places[r] < U and rows[places[r]] = r. */
  readonly places: number
  /** [U + 1] and [N], after `sort`. */
  readonly starts: number
  readonly bags: number
  /** [U], after `sort` or `count`. */
  readonly counts: number
  /** Finds the rows touched. Throws when an id is not a row of the table. */
  touch(lookups: HeapLookups): void
  /** Sorts the lookups touched. `multiplicity` [B] or 0. */
  sort(lookups: HeapLookups, bagCount: number, multiplicity: number): void
  /** Counts them only. */
  count(lookups: HeapLookups, bagCount: number, multiplicity: number): void
}

/** One a categorical column, shared by all tables that it looks up in. `tableRows` = V; `name` of the column, for the message. */
export function createHeapRowIndex(heap: SimdHeap, tableRows: number, name: string, batchSize: number): HeapRowIndex {
  const { kernels } = heap
  const places = heap.allocate(tableRows)
  const rows = createHeapRoom(heap, batchSize)
  const lookupPlaces = createHeapRoom(heap, batchSize)
  const [starts, bags, counts] = [createHeapRoom(heap, 0), createHeapRoom(heap, 0), createHeapRoom(heap, 0)]
  let touched = 0
  return {
    get touched() {
      return touched
    },
    get rows() {
      return rows.pointer
    },
    get lookupPlaces() {
      return lookupPlaces.pointer
    },
    places: places.pointer,
    get starts() {
      return starts.pointer
    },
    get bags() {
      return bags.pointer
    },
    get counts() {
      return counts.pointer
    },
    touch({ ids, count, ascending }) {
      // A place left by an earlier batch is looked at in `rows`: never beyond what is laid out, as room only grows.
      touched = kernels[ascending ? 'touchSortedRows' : 'touchRows'](
        ids,
        count,
        tableRows,
        places.pointer,
        rows.atLeast(count),
        lookupPlaces.atLeast(count),
      )
      if (touched >= 0) return
      const at = -1 - touched
      touched = 0
      throw new Error(outOfRange(name, heap.integers({ pointer: ids, length: count })[at]!, tableRows))
    },
    sort({ offsets, count }, bagCount, multiplicity) {
      kernels.sortLookups(
        lookupPlaces.pointer,
        offsets,
        bagCount,
        multiplicity,
        touched,
        starts.atLeast(touched + 2),
        bags.atLeast(count),
        counts.atLeast(touched),
      )
    },
    count({ offsets }, bagCount, multiplicity) {
      kernels.countLookups(lookupPlaces.pointer, offsets, bagCount, multiplicity, touched, counts.atLeast(touched))
    },
  }
}
