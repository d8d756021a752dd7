import { reshape, type Tensor, type Tensor2D, type Variable } from '@tensorflow/tfjs-core'
import type { Combiner } from '../kernels/combiner'
import { type LookupTable, embeddingLookup as lookUp } from '../kernels/embeddingLookup'
import { originOf, withOrigin } from './graph/origins'
import { hostValues } from './hostValues'

const tables = new WeakMap<Variable, LookupTable>()

/** The variable as a table that kernels look up; always the same object, by which gradients are told apart. */
export function tableOf(params: Variable): LookupTable {
  const table = tables.get(params) ?? { tensor: params as Variable & Tensor2D }
  tables.set(params, table)
  return table
}

/**
 * `tf.nn.embedding_lookup`: rows of `params` [V, D] by `ids` of any shape → [...shape, D]. Its gradient holds the rows looked up alone: a step costs the
 * same whatever V is, but for optimizers that move every row. Throws a RangeError for an id that is not a row.
 */
export function embeddingLookup(params: Variable, ids: Tensor | Int32Array | readonly number[]): Tensor {
  checkTable(params)
  const isTensor = 'dataId' in ids
  const values = isTensor
    ? withOrigin(Int32Array.from(hostValues(ids)), { from: 'tensor', tensor: ids })
    : Int32Array.from(ids)
  const shape = isTensor ? ids.shape : [values.length]
  return reshape(lookUp(tableOf(params), values), [...shape, params.shape[1]!])
}

/** Ids of each row as CSR: row r has ids[offsets[r]] … ids[offsets[r + 1] − 1]; ids below 0 are dropped. */
export interface SparseIds {
  ids: Int32Array
  /** [B + 1] */
  offsets: Int32Array
  /** By id. */
  weights?: Float32Array | null
}

/** `tf.nn.safe_embedding_lookup_sparse`: the vectors of each row's ids combined → [B, D]; zeros for a row without any. `combiner`: mean. */
export function embeddingLookupSparse(
  params: Variable,
  ids: SparseIds,
  { combiner = 'mean', maxNorm }: { combiner?: Combiner; maxNorm?: number } = {},
): Tensor2D {
  checkTable(params)
  const { ids: kept, offsets, weights } = withoutDropped(ids, combiner)
  return lookUp(tableOf(params), kept, {
    offsets,
    combiner,
    ...(weights && { weights }),
    ...(maxNorm !== undefined && { maxNorm }),
  })
}

/** As TensorFlow prunes: ids below 0, and weights that are not above 0 where the combiner divides by them. */
function withoutDropped({ ids, offsets, weights }: SparseIds, combiner: Combiner): SparseIds {
  const isKept = (i: number) => ids[i]! >= 0 && (combiner === 'sum' || !weights || weights[i]! > 0)
  if (ids.every((_, i) => isKept(i))) return { ids, offsets, weights: weights ?? null }
  const places: number[] = []
  const starts = new Int32Array(offsets.length)
  for (let row = 0; row + 1 < offsets.length; row++) {
    for (let i = offsets[row]!; i < offsets[row + 1]!; i++) if (isKept(i)) places.push(i)
    starts[row + 1] = places.length
  }
  const kept = <T extends Int32Array | Float32Array>(all: T, some: T): T =>
    withOrigin(some, originOf(all) ?? { from: 'kept', all })
  return {
    ids: kept(
      ids,
      Int32Array.from(places, (i) => ids[i]!),
    ),
    offsets: kept(offsets, starts),
    weights: weights
      ? kept(
          weights,
          Float32Array.from(places, (i) => weights[i]!),
        )
      : null,
  }
}

function checkTable({ rank, shape }: Variable): void {
  if (rank !== 2) throw new RangeError(`Rows are looked up in a table [rows, dimension], not in [${shape.join(', ')}].`)
}
