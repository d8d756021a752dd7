import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { BatchInputs } from './batchInputs'
import type { Gradient } from './optimizer'
import type { Trainable } from './trainable'
import type { Variable } from './variable'

/** What a model computes, without loss, optimizer and bookkeeping. */
export interface Network {
  readonly tables: Trainable['tables']
  readonly variables: readonly Variable[]
  /** Call within `tidy`. */
  forward(inputs: BatchInputs): ForwardPass
}

export interface ForwardPass {
  /** [B, outputs] */
  outputs: Tensor2D
  /**
   * Gradients of all trainable parameters from the gradient of the outputs, none applied yet. `l2` and `l2Dense`: what is
   * added to the gradient for each lookup of a table's row, and to that of a dense kernel, times the weight itself.
   */
  backward(dOutputs: Tensor2D, l2: number, l2Dense: number): Gradient[]
}
