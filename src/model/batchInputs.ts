import { keep, type Tensor1D, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import type { EncodedData, SparseBatch } from '../columns/sparseBatch'
import type { RowIndexTensors } from '../kernels/embeddingBagGrad'
import { createRowIndexer, type RowIndex } from '../kernels/rowIndex'
import type { WeightedRowIndexTensors } from '../kernels/weightedEmbeddingBagGrad'

/** A batch on the backend in use. Call within `tidy`: the tensors live as long as it. */
export interface BatchInputs {
  /** B. */
  size: number
  /** In the order of `EncodedData.categorical`. */
  lookups: Lookup[]
  /** The lookups of several columns one after the other, bags of each behind those before: of tables that are shared. */
  join(positions: readonly number[]): Lookup
  /** [B × numeric columns]; null when there are none. */
  dense: Tensor2D | null
}

/** What a categorical column looks up: shared by all tables that it is the key of. */
export interface Lookup {
  ids: Tensor1D
  /** At least B + 1 offsets. */
  offsets: Tensor1D
  /** The lookups by row, for the gradient. Throws on ids that are no rows. */
  index(): RowIndexTensors
  /** The same for lookups with weights: which lookup each is. */
  weightedIndex(): WeightedRowIndexTensors
  /** The ids have weights of their own. */
  weighted: boolean
  /** [N], 1 where the ids have none. `positive`: those below 0 as 0, which a mean leaves out. */
  weights(positive: boolean): Tensor1D
}

export interface BatchReader {
  /** `multiplicity` [B]: how many examples each row of the batch stands for; null = one. */
  read(batch: SparseBatch, multiplicity: Int32Array | null): BatchInputs
  /** 0, 1, 2, … of at least this length; the reader's own. */
  range(length: number): Tensor1D
  dispose(): void
}

export function createBatchReader(encoded: EncodedData): BatchReader {
  const indexers = encoded.categorical.map(({ buckets, name }) => createRowIndexer(buckets, name))
  const range = createRange()
  return {
    range: range.atLeast,
    dispose: range.dispose,
    read(batch, multiplicity) {
      const width = encoded.numeric.length
      return {
        size: batch.size,
        dense: width === 0 ? null : tensor2d(batch.dense, [batch.size, width], 'float32'),
        lookups: batch.categorical.map((column, c) =>
          createLookup(column, batch.size, indexers[c]!, multiplicity, range.atLeast),
        ),
        join(positions) {
          const columns = positions.map((position) => batch.categorical[position]!)
          const counts = multiplicity && joined(positions.map(() => multiplicity))
          const size = batch.size * positions.length
          return createLookup(joinColumns(columns, batch.size), size, indexers[positions[0]!]!, counts, range.atLeast)
        },
      }
    },
  }
}

type BatchColumn = SparseBatch['categorical'][number]

function createLookup(
  { ids, offsets, weights }: BatchColumn,
  size: number,
  indexer: ReturnType<typeof createRowIndexer>,
  multiplicity: Int32Array | null,
  range: BatchReader['range'],
): Lookup {
  let sorted: RowIndex | null = null
  let indexed: RowIndexTensors | null = null
  const sort = () => {
    sorted ??= indexer.index(ids, offsets, multiplicity)
    return sorted
  }
  const index = () => {
    indexed ??= upload(sort())
    return indexed
  }
  return {
    ids: tensor1d(ids, 'int32'),
    offsets: offsets ? tensor1d(offsets, 'int32') : range(size + 1),
    index,
    weightedIndex: () => ({ ...index(), lookups: tensor1d(sort().lookups, 'int32') }),
    weighted: weights !== undefined,
    weights: (positive) => tensor1d(weightsOf(ids.length, weights, positive), 'float32'),
  }
}

/**
 * Columns of a batch of `size` as one of `size` times as many bags, always with offsets: the reader's range must not grow in the middle of a step. Where
 * only some have weights, the others' are 1.
 */
function joinColumns(columns: readonly BatchColumn[], size: number): BatchColumn {
  const ids = joined(columns.map((column) => column.ids))
  const weighted = columns.some(({ weights }) => weights !== undefined)
  const weights = columns.flatMap((column) => [...weightsOf(column.ids.length, column.weights, false)])
  const offsets = new Int32Array(size * columns.length + 1)
  let held = 0
  for (const [c, column] of columns.entries()) {
    for (let b = 0; b < size; b++) offsets[c * size + b + 1] = held + (column.offsets ? column.offsets[b + 1]! : b + 1)
    held += column.ids.length
  }
  return { ids, offsets, ...(weighted && { weights: Float32Array.from(weights) }) }
}

function joined(arrays: readonly Int32Array[]): Int32Array {
  const all = new Int32Array(arrays.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const array of arrays) {
    all.set(array, at)
    at += array.length
  }
  return all
}

function weightsOf(length: number, weights: Float32Array | undefined, positive: boolean): Float32Array {
  if (!weights) return new Float32Array(length).fill(1)
  return positive ? weights.map((weight) => Math.max(0, weight)) : weights
}

function upload(index: RowIndex): RowIndexTensors {
  return {
    touched: index.touched,
    rows: tensor1d(index.rows, 'int32'),
    starts: tensor1d(index.starts, 'int32'),
    bags: tensor1d(index.bags, 'int32'),
    counts: tensor1d(index.counts, 'int32'),
  }
}

/** The numbers from 0 as a tensor that grows with what is asked for: offsets of single ids, rows of a dense kernel. */
function createRange() {
  let tensor: Tensor1D | null = null
  return {
    atLeast(length: number): Tensor1D {
      if (tensor && tensor.size >= length) return tensor
      tensor?.dispose()
      tensor = keep(
        tensor1d(
          Int32Array.from({ length }, (_, i) => i),
          'int32',
        ),
      )
      return tensor
    },
    dispose(): void {
      tensor?.dispose()
      tensor = null
    },
  }
}
