import { type Combiner, combinerCodes } from '../../kernels/combiner'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapLookups } from './heapBatch'
import type { HeapMatrix } from './heapDense'
import type { HeapOptimizer } from './heapOptimizer'
import type { HeapParameter } from './heapParameter'
import { createHeapRoom } from './heapRoom'
import type { HeapRowIndex } from './heapRowIndex'

/** A table whose rows are looked up in bags, piece by piece of a batch: a range of columns of a matrix, and back. */
export interface HeapTable {
  readonly parameter: HeapParameter
  /** Of its categorical column in `EncodedData.categorical`. */
  readonly position: number
  /** `l2` · row for each lookup of the row is what its gradient begins with: counted before, unless `l2` is 0. */
  beginStep(index: HeapRowIndex, l2: number): void
  /** Bags `from` … into `out`; `add` 1: added to what is there. */
  lookUp(lookups: HeapLookups, from: number, rows: number, out: HeapMatrix, add: 0 | 1): void
  backward(lookups: HeapLookups, index: HeapRowIndex, from: number, rows: number, dOut: HeapMatrix): void
  update(optimizer: HeapOptimizer, index: HeapRowIndex): void
}

export function createHeapTable(
  heap: SimdHeap,
  parameter: HeapParameter,
  position: number,
  combiner: Combiner,
  batchSize: number,
): HeapTable {
  const { kernels } = heap
  const { table, stride, width, trainable } = parameter
  const code = combinerCodes[combiner]
  // No batch touches more rows than the table has.
  const gradient = createHeapRoom(heap, trainable ? Math.min(batchSize, parameter.rows) * width : 0)
  return {
    parameter,
    position,
    beginStep({ rows, touched, counts }, l2) {
      kernels.startRowGradient(table, stride, width, rows, counts, touched, l2, gradient.atLeast(touched * width))
    },
    lookUp({ ids, offsets }, from, rows, out, add) {
      kernels.embeddingBag(table, stride, width, ids, offsets, from, rows, code, out.pointer, out.stride, add)
    },
    backward({ offsets }, { lookupPlaces }, from, rows, dOut) {
      const { pointer } = gradient
      kernels.embeddingBagGrad(dOut.pointer, dOut.stride, width, lookupPlaces, offsets, from, rows, code, pointer)
    },
    update: (optimizer, index) => optimizer.updateRows(parameter, index, gradient.pointer),
  }
}
