import type { SimdHeap } from '../../kernels/simd/simdHeap'

/** Memory for what differs in length from batch to batch. */
export interface HeapRoom {
  /** Stays where it is until `atLeast` asks for more than there is. */
  readonly pointer: number
  /** Room for `length` numbers, and its pointer; what was in it is lost when it grows. */
  atLeast(length: number): number
}

/**
 * Doubles when it is too small. A heap takes nothing back, so what it leaves behind is at most as much again; batches of one size, or a size that
 * was seen before, lay out nothing.
 */
export function createHeapRoom(heap: SimdHeap, length: number): HeapRoom {
  let block = heap.allocate(length)
  return {
    get pointer() {
      return block.pointer
    },
    atLeast(needed) {
      if (needed > block.length) block = heap.allocate(Math.max(needed, 2 * block.length))
      return block.pointer
    },
  }
}
