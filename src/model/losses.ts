import {
  abs,
  add,
  div,
  exp,
  log1p,
  mul,
  neg,
  relu,
  type Scalar,
  sigmoid,
  slice,
  square,
  sub,
  sum,
  type Tensor2D,
} from '@tensorflow/tfjs-core'
import type { Task } from '../experiment/experiment'
import { LOSS_COLUMN, softmaxCrossEntropy } from '../kernels/softmaxCrossEntropy'

/** B examples. */
export interface Loss {
  /** Σ over the examples. */
  total: Scalar
  /** Gradient of the mean over the examples, as wide as the outputs. */
  dOutputs: Tensor2D
}

/** `labels`: [B, outputs]; for `multiclass` the class counts of `classLoss`. Call within `tidy`. */
export function lossOf(task: Task, outputs: Tensor2D, labels: Tensor2D, examples: number): Loss {
  if (task === 'regression') return squaredError(outputs, labels)
  return task === 'binary' ? sigmoidCrossEntropy(outputs, labels) : classLoss(outputs, labels, examples)
}

/** Squared error, mean over the targets. */
export function squaredError(outputs: Tensor2D, labels: Tensor2D): Loss {
  const [examples, targets] = outputs.shape
  const error = sub<Tensor2D>(outputs, labels)
  return {
    total: div(sum(square(error)), targets),
    dOutputs: mul(error, 2 / (examples * targets)),
  }
}

/** Log loss of logits [B, 1] against labels 0 or 1, as TensorFlow computes it without overflow. */
function sigmoidCrossEntropy(logits: Tensor2D, labels: Tensor2D): Loss {
  const perExample = add(sub(relu(logits), mul(logits, labels)), log1p(exp(neg(abs(logits)))))
  return {
    total: sum(perExample),
    dOutputs: div(sub(sigmoid(logits), labels), logits.shape[0]),
  }
}

/**
 * Log loss of class logits. Examples with the same input share a row: `counts` [rows, classes] says how many of them have
 * each class. The same sum and the same gradient as one row an example, in as many rows as there are distinct inputs.
 */
function classLoss(logits: Tensor2D, counts: Tensor2D, examples: number): Loss {
  const { statistics, dLogits } = softmaxCrossEntropy(logits, counts, 1 / examples)
  return { total: sum(slice(statistics, [0, LOSS_COLUMN], [-1, 1])), dOutputs: dLogits }
}
