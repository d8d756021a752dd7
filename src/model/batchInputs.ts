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
        lookups: batch.categorical.map(({ ids, offsets, weights }, column) => {
          let sorted: RowIndex | null = null
          let indexed: RowIndexTensors | null = null
          const sort = () => {
            sorted ??= indexers[column]!.index(ids, offsets, multiplicity)
            return sorted
          }
          const index = () => {
            indexed ??= upload(sort())
            return indexed
          }
          return {
            ids: tensor1d(ids, 'int32'),
            offsets: offsets ? tensor1d(offsets, 'int32') : range.atLeast(batch.size + 1),
            index,
            weightedIndex: () => ({ ...index(), lookups: tensor1d(sort().lookups, 'int32') }),
            weighted: weights !== undefined,
            weights: (positive) => tensor1d(weightsOf(ids.length, weights, positive), 'float32'),
          }
        }),
      }
    },
  }
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
