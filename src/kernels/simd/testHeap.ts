import { createRandom } from '../../lib/random'
import { type Block, createSimdHeap } from './simdHeap'

/** A heap with arrays in it, for tests of kernels. Views are taken anew each time: the heap may have grown. */
export function createTestHeap() {
  const heap = createSimdHeap()
  const placed = (block: Block) => ({
    pointer: block.pointer,
    floats: () => heap.floats(block),
    integers: () => heap.integers(block),
  })
  return {
    kernels: heap.kernels,
    floats(values: ArrayLike<number>) {
      const block = heap.allocate(values.length)
      heap.floats(block).set(values)
      return placed(block)
    },
    integers(values: ArrayLike<number>) {
      const block = heap.allocate(values.length)
      heap.integers(block).set(values)
      return placed(block)
    },
  }
}

export const sizes = [0, 1, 63, 64, 65]

/** Normal numbers as 32 bits have them. */
export function normals(count: number, seed = 1): Float32Array {
  const random = createRandom(seed, 'kernels')
  return Float32Array.from({ length: count }, random.normal)
}
