import type { NetworkKernels } from './networkKernels'

/**
 * One optimizer step on rows touched, in place, see assembly/optimizers.ts. `stride`: from a row to the next, of table and slots; `width`: numbers
 * of a row, a multiple of 4, or 1; `rows` 0 = all rows from 0 to `touched` − 1. Slots that an optimizer has not are 0. `constant`: epsilon, or
 * the gradient's share in a momentum.
 */
export type UpdateRows = (
  table: number,
  first: number,
  second: number,
  stride: number,
  width: number,
  rows: number,
  touched: number,
  gradient: number,
  rate: number,
  constant: number,
) => void

/** The same on every row of the table, with a gradient of 0 where none is; `places`: of the row index of the same lookups. */
export type UpdateAllRows = (...args: [...Parameters<UpdateRows>, tableRows: number, places: number]) => void

/** What assembly/index.ts exports. Pointers are bytes in the heap; every other number an element count unless said otherwise. */
export interface SimdKernels extends NetworkKernels {
  /** First byte that is free. */
  heapBase(): number
  /** rows[i] = π(position + i), i < size: see columns/rowOrder.ts. `keys`: four u32; `rows` and `pending` have room for 4 more than `size`. */
  drawRows(
    rows: number,
    position: number,
    size: number,
    count: number,
    bits: number,
    keys: number,
    pending: number,
  ): void
  /** The same rows in no order. */
  drawRowSet: SimdKernels['drawRows']
  /** rows [size] = records[rows], ascending; they differ and are below `count`. `rows` has room for 8 more than `size`; `marks`: zeros, see assembly/sortRows.ts. */
  sortRows(rows: number, size: number, records: number, count: number, marks: number): void
  /** Word w of record rows[i] to targets[w] (a pointer, and bytes to the next). See assembly/gather.ts. */
  gatherRecords(records: number, words: number, rows: number, size: number, targets: number): void
  /** offsets [size + 1] of bags from firsts[i] to ends[i]; returns the number of lookups. */
  bagOffsets(offsets: number, firsts: number, ends: number, size: number): number
  gatherBags(target: number, ids: number, firsts: number, ends: number, size: number): void

  /** U, rows touched in the order of their first touch; or −1 − i when ids[i] is not a row of the table. See assembly/rowIndex.ts. */
  touchRows(ids: number, lookups: number, tableRows: number, places: number, rows: number, lookupPlaces: number): number
  /** The same of ids in ascending order. */
  touchSortedRows: SimdKernels['touchRows']
  /** The lookups sorted by row touched: starts [U + 1], bags [N], counts [U]. `starts` has room for U + 2. */
  sortLookups(
    lookupPlaces: number,
    offsets: number,
    bagCount: number,
    multiplicity: number,
    touched: number,
    starts: number,
    bags: number,
    counts: number,
  ): void

  /** Brings rows into the cache. */
  fetchRows(table: number, stride: number, rows: number, count: number): number

  /** outputs [size] of a batch. `users` and `items`: records of engine/cpu/dotProductSide.ts. See assembly/dotProduct.ts. */
  dotProducts(users: number, items: number, size: number, width: number, globalBias: number, outputs: number): void
  /** Adds what examples `start` … `end` − 1 give to the gradients of both sides; returns Σ of their loss. `start`: a multiple of 4; `task`: 0 squared error, 1 log loss; `outputs` and `dOutputs` [64]. */
  dotProductGradients(
    users: number,
    items: number,
    labels: number,
    size: number,
    start: number,
    end: number,
    width: number,
    task: number,
    globalBias: number,
    outputs: number,
    dOutputs: number,
  ): number

  sgdRows: UpdateRows
  momentumRows: UpdateRows
  adagradRows: UpdateRows
  rmspropRows: UpdateRows
  adamRows: UpdateRows
  ftrlRows: UpdateRows
  /** One accumulator a row, at first + 4 · stride · row. `dimension`: numbers of a row that are not padding. */
  rowAdagradRows(
    table: number,
    first: number,
    stride: number,
    width: number,
    rows: number,
    touched: number,
    gradient: number,
    rate: number,
    dimension: number,
  ): void
  adamAllRows: UpdateAllRows
  momentumAllRows: UpdateAllRows
  velocityAllRows: UpdateAllRows
  ftrlAllRows: UpdateAllRows

  /**
   * Records {user row, item row, target} from `record` up to `end` (bytes), one sample at a time; returns Σ of their squared errors.
   * See assembly/samples.ts, and engine/cpu/blockSteps.ts, which lays all of it out.
   */
  trainRecords(kind: number, record: number, end: number, rowBytes: number, settings: number, scratch: number): number
  /** Blocks of records, on every thread that takes some: see assembly/sampleBlocks.ts. */
  trainBlocks(control: number, scratch: number, maySleep: boolean): void
  /** A thread's whole life. Only over shared memory. */
  serveBlocks(control: number, scratch: number): void
}
