import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

/** Gradient of a table in the rows touched: values [U, D] of the first U of `rows`, which are distinct. */
export interface IndexedSlices {
  touched: number
  rows: Tensor1D
  values: Tensor2D
}
