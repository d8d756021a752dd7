import {
  concat,
  dispose,
  engine,
  type NamedTensorMap,
  type Scalar,
  scalar,
  type Tensor1D,
  type Tensor2D,
  tensor1d,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core'
// TensorFlow.js in parts registers no gradients by itself.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import { embeddingBagGrad } from './embeddingBagGrad'
import { type LookupTable, offsetsOf, type RecordedLookup, weightsOf, withLookupTape } from './embeddingLookup'
import type { IndexedSlices } from './indexedSlices'
import { createRowIndexer, type RowIndex, type RowIndexer } from './rowIndex'
import { type WeightedRowIndexTensors, weightedEmbeddingBagGrad } from './weightedEmbeddingBagGrad'

export interface SparseGradients<T extends LookupTable> {
  /** What `f` returned. */
  value: Scalar
  /** By name of the variable, for `tf.train` optimizers' `applyGradients`; variables that `f` does not use are left out. */
  grads: NamedTensorMap
  /** Of the tables that `f` looked up: one summed gradient for each row touched, never a whole table. */
  slices: Map<T, IndexedSlices>
}

/**
 * TensorFlow.js's `variableGrads` for models with tables: the value of `f` and its gradients, of `variables` dense and of `tables` as rows touched,
 * for every `embeddingLookup` that `f` does of them. Lookups of other tables are constants. Gradients of gradients are not there.
 * The tensors returned are the caller's, as those of `variableGrads`: call within `tidy`, or dispose of them.
 */
export function sparseValueAndGrads<T extends LookupTable>(
  f: () => Scalar,
  variables: readonly Variable[],
  tables: readonly T[],
): SparseGradients<T> {
  const handles = new Map(tables.map((table): [T, Scalar] => [table, scalar(0)]))
  const lookups: RecordedLookup[] = []
  try {
    const { value, grads } = withLookupTape({ handles, lookups }, () =>
      engine().gradients(f, [...variables, ...handles.values()], undefined, true),
    )
    dispose(grads.slice(variables.length))
    const named = variables.flatMap(({ name }, i): [string, Tensor2D][] =>
      grads[i] ? [[name, grads[i] as Tensor2D]] : [],
    )
    const slices = tables.flatMap((table): [T, IndexedSlices][] => {
      const own = lookups.filter((lookup) => lookup.table === table)
      return own.length === 0 ? [] : [[table, slicesOf(table, own)]]
    })
    return { value, grads: Object.fromEntries(named), slices: new Map(slices) }
  } finally {
    dispose([...handles.values(), ...lookups.map(({ dOut }) => dOut)])
  }
}

/** Stamps of each table's rows, which go with the table. */
const indexers = new WeakMap<LookupTable, RowIndexer>()

function indexerOf(table: LookupTable): RowIndexer {
  const indexer = indexers.get(table) ?? createRowIndexer(table.tensor.shape[0], 'of embeddingLookup')
  indexers.set(table, indexer)
  return indexer
}

/** The gradients of all lookups of a table, each as rows touched, and then of rows that several of them touched summed. */
function slicesOf(table: LookupTable, lookups: readonly RecordedLookup[]): IndexedSlices {
  const indexer = indexerOf(table)
  const tableRows: Int32Array[] = []
  let touched = 0
  const { rows, values } = tidy(() => {
    const parts = lookups.map((lookup) => {
      const index = indexer.index(lookup.ids, lookup.offsets ?? null, null)
      // A copy: the next lookup overwrites it.
      tableRows.push(index.rows.slice())
      touched = index.touched
      const indexTensors = upload(index)
      return { rows: indexTensors.rows, values: gradientOf(lookup, indexTensors) }
    })
    const [only] = parts
    if (parts.length === 1 && only) return only
    const together = Int32Array.from(tableRows.flatMap((part) => [...part]))
    const index = indexer.index(together, null, null)
    touched = index.touched
    const stacked = concat(
      parts.map((part) => part.values),
      0,
    )
    const indexTensors = upload(index)
    const offsets = integers(offsetsOf(together, {}))
    return { rows: indexTensors.rows, values: embeddingBagGrad(stacked, table.tensor, indexTensors, offsets, 'sum', 0) }
  })
  return { touched, rows, values }
}

function gradientOf(lookup: RecordedLookup, index: WeightedRowIndexTensors): Tensor2D {
  const { table, ids, dOut, combiner = 'mean', weights, maxNorm } = lookup
  const offsets = integers(offsetsOf(ids, lookup))
  if (!weights && maxNorm === undefined) return embeddingBagGrad(dOut, table.tensor, index, offsets, combiner, 0)
  const weightTensor = weightsOf(ids, lookup)
  return weightedEmbeddingBagGrad(dOut, table.tensor, index, offsets, weightTensor, combiner, 0, maxNorm ?? null)
}

function upload({ touched, rows, starts, bags, lookups, counts }: RowIndex): WeightedRowIndexTensors {
  return {
    touched,
    rows: integers(rows),
    starts: integers(starts),
    bags: integers(bags),
    lookups: integers(lookups),
    counts: integers(counts),
  }
}

/** A copy of its own: the indexer overwrites its arrays, and the CPU backend would share them. */
function integers(values: Int32Array): Tensor1D {
  return tensor1d(values.slice(), 'int32')
}
