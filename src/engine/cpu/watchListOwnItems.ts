import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapLookups } from './heapBatch'
import type { HeapMatrix } from './heapDense'
import { createHeapRoom } from './heapRoom'
import type { HeapTable } from './heapTable'

/** The item that each example is labelled with: another one for each, beside the candidates that all of a step share. */
export interface OwnItems {
  /** Their rows and biases: the first `size` of the lookups. `correction` of example i is added to its bias. */
  lookUp(
    table: HeapTable,
    biases: HeapTable,
    lookups: HeapLookups,
    size: number,
    correction: (i: number) => number,
  ): void
  /** Logits of examples `from` …, whose bags are in x, into the column `place` of `logits`. */
  logits(x: HeapMatrix, from: number, examples: number, logits: HeapMatrix, place: number): void
  /** From the slopes in that column: what is added to `dX`, and the items' gradients, into `dRows` [examples × W] and `dBiases`. */
  backward(
    x: HeapMatrix,
    dX: HeapMatrix,
    from: number,
    examples: number,
    slopes: HeapMatrix,
    place: number,
    dRows: number,
    dBiases: number,
  ): void
}

/** `width` W of a row, padded as the bags are. */
export function createOwnItems(heap: SimdHeap, width: number, batchSize: number): OwnItems {
  const [rows, biases] = [createHeapRoom(heap, batchSize * width), createHeapRoom(heap, batchSize)]
  const view = (pointer: number, length: number) => heap.floats({ pointer, length })
  return {
    lookUp(table, biasTable, lookups, size, correction) {
      table.lookUp(lookups, 0, size, { pointer: rows.atLeast(size * width), stride: width }, 0)
      biasTable.lookUp(lookups, 0, size, { pointer: biases.atLeast(size), stride: 1 }, 0)
      const corrected = view(biases.pointer, size)
      for (let i = 0; i < size; i++) corrected[i]! += correction(i)
    },
    logits(x, from, examples, logits, place) {
      const out = view(logits.pointer, examples * logits.stride)
      const bags = view(x.pointer, examples * width)
      const own = view(rows.pointer + 4 * from * width, examples * width)
      const ownBiases = view(biases.pointer + 4 * from, examples)
      for (let i = 0; i < examples; i++) {
        let sum = ownBiases[i]!
        for (let at = i * width; at < (i + 1) * width; at++) sum += bags[at]! * own[at]!
        out[i * logits.stride + place] = sum
      }
    },
    backward(x, dX, from, examples, slopes, place, dRows, dBiases) {
      const slope = view(slopes.pointer, examples * slopes.stride)
      const bags = view(x.pointer, examples * width)
      const dBags = view(dX.pointer, examples * width)
      const own = view(rows.pointer + 4 * from * width, examples * width)
      const [dOwn, dOwnBias] = [view(dRows, examples * width), view(dBiases, examples)]
      for (let i = 0; i < examples; i++) {
        const along = slope[i * slopes.stride + place]!
        dOwnBias[i] = along
        for (let at = i * width; at < (i + 1) * width; at++) {
          dOwn[at] = along * bags[at]!
          dBags[at]! += along * own[at]!
        }
      }
    },
  }
}
