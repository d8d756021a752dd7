import type { EncodedData } from '../../columns/sparseBatch'
import { categoricalName, columnName } from '../../experiment/columnName'
import type { EmbeddingColumn, Experiment } from '../../experiment/experiment'
import { combinerCodes } from '../../kernels/combiner'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import { categoricalPosition } from '../../model/categoricalPosition'
import { initialTable } from '../../model/initialize'
import type { SampleOptimizer } from '../../model/rowDrawer'
import { type Variable, variableOf } from '../../model/variable'
import type { HeapLookups } from './heapBatch'
import type { HeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter } from './heapParameter'
import { createHeapRoom } from './heapRoom'
import { createHeapRowIndex } from './heapRowIndex'
import { createSampleParameters } from './sampleParameters'

/** TILE of assembly/dotProduct.ts. */
export const TILE = 64

/** The users or the items of a dot product. */
export interface DotProductSide {
  readonly table: { name: string; column: string; rows: number; dimension: number }
  readonly variables: { table: Variable<HeapParameter>; bias: Variable<HeapParameter> | null }
  readonly parameter: HeapParameter
  /** Row of the table that each encoded row looks up, where each looks up one. */
  readonly ids: Int32Array
  /** Its column's in a batch. */
  readonly lookups: HeapLookups
  /** Floats of a row. */
  readonly width: number
  /** Where assembly/dotProduct.ts finds it: valid after `lookUp`. */
  readonly pointer: number
  /** Checks the ids of a batch: throws when one is not a row. */
  lookUp(): void
  /** Rows looked up. */
  readonly touched: number
  /** Which of them, counted from 0, an example looks up: where it has one id. */
  touchedBy(example: number): number
  /** Counts the lookups of each, in a batch of `size`: what L2 needs to know. */
  count(size: number): void
  /** Begins gradients of rows `from` … `to` − 1 of those looked up with `l2` · row for every lookup. */
  startGradient(l2: number, from: number, to: number): void
  /** One optimizer step on them. */
  update(from: number, to: number): void
}

/** `lookups` of the side's column in every batch. `sampleOptimizer`: rows are laid out for steps of one row each, see blockSteps.ts. */
export function createDotProductSide(
  heap: SimdHeap,
  encoded: EncodedData,
  { seed, batchSize }: Experiment,
  column: EmbeddingColumn,
  biases: boolean,
  lookups: HeapLookups,
  optimizer: HeapOptimizer,
  sampleOptimizer: SampleOptimizer | null,
): DotProductSide {
  const { dimension, initializerStddev, trainable, combiner } = column
  const { buckets: rows, name, ids } = encoded.categorical[categoricalPosition(encoded, column.categorical)]!
  const tableName = columnName(column)
  const values = initialTable(seed, tableName, rows, dimension, initializerStddev)
  const laidOut = sampleOptimizer && createSampleParameters(heap, values, dimension, sampleOptimizer)
  const table =
    laidOut?.table ?? createHeapParameter(heap, values, dimension, optimizer.slots, { trainable, lanes: true })
  const bias = biases ? (laidOut?.bias ?? createHeapParameter(heap, new Float32Array(rows), 1, optimizer.slots)) : null
  const index = createHeapRowIndex(heap, rows, name, batchSize)
  const trained = [...(trainable ? [table] : []), ...(bias ? [bias] : [])].map((parameter) => ({
    parameter,
    gradient: createHeapRoom(heap, Math.min(rows, batchSize) * parameter.width),
  }))
  const record = heap.allocate(FIELDS)
  const bags = heap.allocate(2 * TILE * table.width).pointer
  const gradientOf = (parameter: HeapParameter | null) =>
    trained.find((one) => one.parameter === parameter)?.gradient.pointer ?? 0

  return {
    table: { name: tableName, column: categoricalName(column.categorical), rows, dimension },
    variables: {
      table: variableOf(tableName, table),
      bias: bias && variableOf(`${categoricalName(column.categorical)}_bias`, bias),
    },
    parameter: table,
    ids,
    lookups,
    width: table.width,
    pointer: record.pointer,
    lookUp() {
      index.touch(lookups)
      for (const { parameter, gradient } of trained) gradient.atLeast(index.touched * parameter.width)
      // Side in assembly/dotProduct.ts.
      heap
        .integers(record)
        .set([
          table.table,
          table.stride,
          lookups.ids,
          lookups.offsets,
          combinerCodes[combiner],
          index.lookupPlaces,
          gradientOf(table),
          bias?.table ?? 0,
          bias?.stride ?? 0,
          gradientOf(bias),
          bags,
          bags + 4 * TILE * table.width,
        ])
    },
    get touched() {
      return index.touched
    },
    touchedBy: (example) => heap.integers({ pointer: index.lookupPlaces + 4 * example, length: 1 })[0]!,
    count: (size) => index.count(lookups, size, 0),
    startGradient(l2, from, to) {
      const [rows, counts] = [index.rows + 4 * from, index.counts + 4 * from]
      // Rows within one line are found as fast as they are asked for.
      if (table.stride > LINE) heap.kernels.fetchRows(table.table, table.stride, rows, to - from)
      for (const { parameter, gradient } of trained) {
        const { table, stride, width } = parameter
        const start = gradient.pointer + 4 * from * width
        heap.kernels.startRowGradient(table, stride, width, rows, counts, to - from, l2, start)
      }
    },
    update(from, to) {
      const touched = { rows: index.rows + 4 * from, touched: to - from, places: index.places }
      for (const { parameter, gradient } of trained) {
        optimizer.updateRows(parameter, touched, gradient.pointer + 4 * from * parameter.width)
      }
    },
  }
}

const FIELDS = 12
/** Floats of a cache line. */
const LINE = 16
