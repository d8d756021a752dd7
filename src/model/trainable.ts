import type { BatchPlace } from '../columns/rowOrder'
import type { SparseBatch } from '../columns/sparseBatch'

/**
 * A model with its weights and optimizer state on one backend. One owner (the run); steps in order.
 * Losses and predictions are in label space (standardized where the label is).
 */
export interface Trainable {
  /** Embedding tables, as TensorFlow names them. */
  readonly tables: { name: string; column: string; rows: number; dimension: number }[]
  readonly parameters: number
  /** Weights and optimizer state. */
  readonly bytes: number
  /** Forward, backward and update on one mini-batch. Does not wait for the device. */
  trainStep(batch: SparseBatch): void
  /** Mean training loss (with L2 left out) of the steps since the last call, over their examples; NaN when there was none. */
  takeTrainLoss(): Promise<number>
  /** [B × outputs]: regression outputs, the binary logit, or class logits. A fresh array. */
  predict(batch: SparseBatch): Promise<Float32Array>
  /** Copies a table [rows × dimension] into `target`. */
  readTable(name: string, target: Float32Array): Promise<void>
  setLearningRate(learningRate: number): void
  /** All weights and optimizer state as plain arrays, exact to the bit. */
  save(): Promise<Checkpoint>
  restore(checkpoint: Checkpoint): void
  dispose(): void
}

/** `weights` and `optimizer` by variable name: `film_embedding`, `film_bias`, `global_bias`, `hidden_0/kernel`, `head/bias`; slots `film_embedding/accumulator`, `…/m`, `…/v`. */
export interface Checkpoint {
  weights: Record<string, NamedArray>
  optimizer: Record<string, NamedArray>
  /** Optimizer steps taken (Adam's bias correction). */
  steps: number
}

export interface NamedArray {
  shape: number[]
  values: Float32Array
}

/** Threads that train together; `missing`: why there are no more. */
export interface ThreadReport {
  count: number
  missing: string | null
}

/** A model that holds the encoded data itself and draws its own batches. */
export interface ResidentTrainable extends Trainable {
  /**
   * `steps` mini-batches of one epoch from `at` on, in the order of model/rowDrawer.ts: position
   * in the epoch counts rows, the last batch may be short. Does not wait for the device. Never crosses the end of the epoch.
   */
  trainSteps(at: BatchPlace, steps: number): void
  /** `predict` for rows of the encoded data; rejects with a RangeError for a number that is none. */
  predictRows(rows: Uint32Array): Promise<Float32Array>
  /** Steps that are best asked for in one go: of a device, about as many as it does in one submit; absent: one. */
  stepsAtOnce?(): number
  /** Absent where one thread is all there can be. */
  readonly threads?: Promise<ThreadReport>
  /** Of a device that works behind its caller; absent where a step is done when its call returns. */
  readonly queue?: {
    /** Resolves when it could take more. */
    ready(): Promise<void>
  }
}
