import type { EncodedData } from '../../columns/sparseBatch'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapBatch } from './heapBatch'
import type { HeapDense, HeapMatrix } from './heapDense'
import type { HeapInputs } from './heapGroups'
import type { HeapOptimizer } from './heapOptimizer'
import { paddedWidth } from './heapParameter'
import { createHeapRowIndex } from './heapRowIndex'
import type { HeapTable } from './heapTable'
import type { InputLayout } from './inputLayout'

/** What the input layer does in a step: `touch` and `beginStep`, then `forward` and `backward` for one piece of the batch after the other, then `update`. */
export interface HeapInputPasses {
  /** Finds the rows that the batch looks up. Throws when an id is not a row of its table. */
  touch(inputs: HeapInputs): void
  /** After `touch`. `l2` is added for each lookup of a row, `l2Dense` for the kernel, times the weights. */
  beginStep(inputs: HeapInputs, l2: number, l2Dense: number): void
  forward(batch: HeapBatch, inputs: HeapInputs, from: number, rows: number): void
  /** From `dense.dOutputs`. */
  backward(inputs: HeapInputs, from: number, rows: number): void
  update(optimizer: HeapOptimizer): void
}

interface InputTables {
  /** In the order of the layout. `column`: where its vectors begin in x. */
  embeddings: readonly (HeapTable & { column: number })[]
  indicators: readonly HeapTable[]
}

export function createHeapInputPasses(
  heap: SimdHeap,
  encoded: EncodedData,
  dense: HeapDense,
  { inputs: columns, numericColumn, trainedColumns }: InputLayout,
  { embeddings, indicators }: InputTables,
  { batchSize, piece }: { batchSize: number; piece: number },
): HeapInputPasses {
  const { kernels } = heap
  const numbers = encoded.numeric.length
  const stride = paddedWidth(columns)
  const x: HeapMatrix = { pointer: heap.allocate(piece * stride).pointer, stride }
  const dStride = paddedWidth(trainedColumns)
  const dX: HeapMatrix = { pointer: heap.allocate(piece * dStride).pointer, stride: dStride }
  const at = (matrix: HeapMatrix, column: number) => ({ ...matrix, pointer: matrix.pointer + 4 * column })
  const places = embeddings.map(({ column }) => ({ x: at(x, column), dX: at(dX, column) }))
  const trained = embeddings.filter(({ parameter }) => parameter.trainable)
  const learning = [...trained, ...indicators]
  const indices = new Map(
    [...embeddings, ...indicators].map(({ position }) => {
      const { buckets, name } = encoded.categorical[position]!
      return [position, createHeapRowIndex(heap, buckets, name, batchSize)]
    }),
  )
  const indexOf = ({ position }: HeapTable) => indices.get(position)!
  return {
    touch(inputs) {
      for (const [position, index] of indices) index.touch(inputs.lookups[position]!)
    },
    beginStep(inputs, l2, l2Dense) {
      dense.beginStep(l2Dense)
      if (l2 > 0) {
        for (const [position, index] of indices) {
          index.count(inputs.lookups[position]!, inputs.rows, inputs.multiplicity)
        }
      }
      for (const table of learning) table.beginStep(indexOf(table), l2)
    },
    forward(batch, inputs, from, rows) {
      for (const [i, table] of embeddings.entries()) {
        table.lookUp(inputs.lookups[table.position]!, from, rows, places[i]!.x, 0)
      }
      if (numbers > 0) {
        kernels.copyColumns(batch.dense + 4 * from * numbers, numbers, x.pointer + 4 * numericColumn, stride, rows)
      }
      for (const [i, table] of indicators.entries()) {
        table.lookUp(inputs.lookups[table.position]!, from, rows, dense.outputs, i === 0 ? 0 : 1)
      }
      dense.forward(x, rows, indicators.length > 0 ? 1 : 0)
    },
    backward(inputs, from, rows) {
      dense.backward(x, rows)
      if (trainedColumns > 0) dense.dInput(dX, rows)
      for (const [i, table] of trained.entries()) {
        table.backward(inputs.lookups[table.position]!, indexOf(table), from, rows, places[i]!.dX)
      }
      for (const table of indicators) {
        table.backward(inputs.lookups[table.position]!, indexOf(table), from, rows, dense.dOutputs)
      }
    },
    update(optimizer) {
      for (const table of learning) table.update(optimizer, indexOf(table))
      dense.update(optimizer)
    },
  }
}
