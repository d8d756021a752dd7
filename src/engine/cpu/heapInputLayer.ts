import type { EncodedData } from '../../columns/sparseBatch'
import { categoricalName, columnName } from '../../experiment/columnName'
import type { Experiment } from '../../experiment/experiment'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { categoricalPosition } from '../../model/categoricalPosition'
import { initialKernel, initialTable } from '../../model/initialize'
import { type InputPart, inputParts } from '../../model/inputParts'
import type { Trainable } from '../../model/trainable'
import { type Variable, variableOf } from '../../model/variable'
import { createHeapDense, type DenseSpec, type HeapDense } from './heapDense'
import { createHeapInputPasses, type HeapInputPasses } from './heapInputPasses'
import type { HeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter } from './heapParameter'
import { createHeapTable } from './heapTable'
import { type EmbeddingPart, inputLayout } from './inputLayout'

/**
 * The dense columns times the first kernel: model/inputLayer.ts in a heap. Embeddings, then numbers, stand side by side in x, each from a
 * multiple of 4 on, and rows of zeros in the kernel face the gaps; the rows of an indicator column are a table of their own.
 */
export interface HeapInputLayer extends HeapInputPasses {
  readonly tables: Trainable['tables']
  readonly variables: Variable<HeapParameter>[]
  readonly dense: HeapDense
  /** To be called after numbers were written into the kernel or its slots: what faces gaps is as it was at first again. */
  resetGaps(): void
}

/** `name` of the layer, `hidden_0` or `head`. Throws what model/inputParts.ts throws. */
export function createHeapInputLayer(
  heap: SimdHeap,
  encoded: EncodedData,
  experiment: Experiment,
  name: string,
  { units, activation, piece }: Omit<DenseSpec, 'dInputs'>,
  optimizer: HeapOptimizer,
): HeapInputLayer {
  const parts = inputParts(encoded, experiment)
  const layout = inputLayout(parts)
  const width = parts.reduce((sum, { rows }) => sum + rows, 0)
  const kernel = initialKernel(experiment.seed, `${name}/kernel`, width, units)
  const rowsOf = (part: InputPart) => kernel.subarray(part.kernelRow * units, (part.kernelRow + part.rows) * units)
  const placed = new Float32Array(layout.inputs * units)
  for (const [part, column] of layout.columnOf) placed.set(rowsOf(part), column * units)
  const dense = createHeapDense(heap, placed, { units, activation, piece, dInputs: layout.trainedColumns }, optimizer)

  const { batchSize, seed } = experiment
  const embeddings = layout.embeddings.map((part) => {
    const { table, parameter } = createEmbedding(heap, encoded, part, seed, optimizer)
    const position = categoricalPosition(encoded, part.column.categorical)
    const column = layout.columnOf.get(part)!
    return { part, table, column, ...createHeapTable(heap, parameter, position, part.column.combiner, batchSize) }
  })
  const indicators = layout.indicators.map((part) => {
    const parameter = createHeapParameter(heap, rowsOf(part), units, optimizer.slots)
    return { part, ...createHeapTable(heap, parameter, part.position, 'sum', batchSize) }
  })

  const pieces = parts.map((part) => {
    const indicator = indicators.find((one) => one.part === part)
    if (indicator) return { parameter: indicator.parameter, firstRow: 0, rows: part.rows }
    return { parameter: dense.kernel!, firstRow: layout.columnOf.get(part)!, rows: part.rows }
  })
  const inOrder = parts.flatMap((part) => embeddings.filter((one) => one.part === part))
  return {
    dense,
    resetGaps: () => resetGaps(heap, dense, layout.gapRows),
    tables: inOrder.map(({ table }) => table),
    variables: [
      ...inOrder.map(({ table, parameter }) => variableOf(table.name, parameter)),
      { name: `${name}/kernel`, shape: [width, units], pieces },
      variableOf(`${name}/bias`, dense.bias, [units]),
    ],
    ...createHeapInputPasses(heap, encoded, dense, layout, { embeddings, indicators }, { batchSize, piece }),
  }
}

function createEmbedding(
  heap: SimdHeap,
  encoded: EncodedData,
  { column }: EmbeddingPart,
  seed: number,
  { slots }: HeapOptimizer,
) {
  const { dimension, initializerStddev, trainable } = column
  const name = columnName(column)
  const rows = encoded.categorical[categoricalPosition(encoded, column.categorical)]!.buckets
  const values = initialTable(seed, name, rows, dimension, initializerStddev)
  return {
    table: { name, column: categoricalName(column.categorical), rows, dimension },
    parameter: createHeapParameter(heap, values, dimension, slots, { trainable }),
  }
}

/** An accumulator of 0 would divide the gradient of 0 there to no number. */
function resetGaps(heap: SimdHeap, { kernel }: HeapDense, gapRows: readonly number[]): void {
  if (!kernel) return
  for (const { pointer, initial } of kernel.slots) {
    for (const row of gapRows) {
      heap.floats({ pointer: pointer + 4 * row * kernel.stride, length: kernel.width }).fill(initial)
    }
  }
}
