import { engine, type NamedTensorMap, type Scalar, type Variable } from '@tensorflow/tfjs-core'
import type { LookupTable } from '../kernels/embeddingLookup'
import type { IndexedSlices } from '../kernels/indexedSlices'
import { type SparseGradients, sparseValueAndGrads } from '../kernels/sparseTape'
import { tableOf } from './embeddingLookups'

export interface Gradients {
  /** Dense ones, by the TensorFlow.js name of the variable. */
  grads: NamedTensorMap
  /** Of variables that were looked up, by `tableOf`. */
  slices: ReadonlyMap<LookupTable, IndexedSlices>
}

/** The value of `f` and its gradients: a variable that is looked up gets rows, one that is multiplied a whole array, one that is both both. Call within `tidy`. */
export function gradientsOf(f: () => Scalar, variables: readonly Variable[]): SparseGradients<LookupTable> {
  const tables = variables.filter(({ rank }) => rank === 2).map(tableOf)
  return sparseValueAndGrads(f, variables, tables)
}

/** All of TensorFlow.js, as its own `minimize` takes them when it is given no list. */
export function trainableVariables(): Variable[] {
  return Object.values(engine().registeredVariables).filter(({ trainable }) => trainable)
}
