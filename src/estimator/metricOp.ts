import type { Tensor1D } from '@tensorflow/tfjs-core'

/**
 * A metric over all batches of an evaluation: sums that add up from batch to batch, and what they make in the end. An EVAL call of the
 * model function describes one batch's.
 */
export interface MetricOp {
  /** Of this batch. Called in EVAL mode only, so that a metric costs a training step nothing. */
  sums(): Tensor1D
  result(sums: Float64Array): number
}
