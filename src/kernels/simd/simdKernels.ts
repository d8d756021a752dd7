/** What assembly/index.ts exports. Pointers are bytes in the heap; every other number an element count unless said otherwise. */
export interface SimdKernels {
  /** First byte that is free. */
  heapBase(): number
  /** rows[i] = trainRows[π(position + i)], i < size: see columns/rowOrder.ts. `keys`: four u32. */
  gatherRows(
    rows: number,
    trainRows: number,
    position: number,
    size: number,
    count: number,
    bits: number,
    keys: number,
  ): void
}
