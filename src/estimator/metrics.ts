import {
  cast,
  concat,
  equal,
  greater,
  greaterEqual,
  lessEqual,
  logicalAnd,
  logicalNot,
  mul,
  notEqual,
  ones,
  reshape,
  square,
  stack,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core'
import type { MetricOp } from './metricOp'

/** Numbers that `auc` compares predictions with, TensorFlow's: `thresholds` 200, the outer two beyond 0 and 1. */
const AUC_THRESHOLDS = 200
const EPSILON = 1e-7

/**
 * `tf.compat.v1.metrics`: each adds up over all batches of an evaluation, rows weighted by `weights` [B] where given. Over no rows they are 0, as TensorFlow's are.
 */
export const metrics = {
  mean: (values: Tensor, weights?: Tensor): MetricOp => ratio(() => totals(flat(values), weights)),

  meanSquaredError: (labels: Tensor, predictions: Tensor, weights?: Tensor): MetricOp =>
    ratio(() => totals(squares(labels, predictions), weights)),

  rootMeanSquaredError(labels: Tensor, predictions: Tensor, weights?: Tensor): MetricOp {
    const { sums, result } = metrics.meanSquaredError(labels, predictions, weights)
    return { sums, result: (total) => Math.sqrt(result(total)) }
  },

  /** Of class numbers, or of 0 and 1: round probabilities before. Predictions are cast to the type of the labels, as TensorFlow does. */
  accuracy: (labels: Tensor, predictions: Tensor, weights?: Tensor): MetricOp =>
    ratio(() => totals(cast(equal(...sameSize(labels, cast(predictions, labels.dtype))), 'float32'), weights)),

  /** Of 0 and 1 (what is not 0 is 1): of the rows predicted 1, how many are. */
  precision: (labels: Tensor, predictions: Tensor, weights?: Tensor): MetricOp =>
    ratio(() => hits(labels, predictions, weights, (_, predicted) => predicted)),

  /** Of 0 and 1 (what is not 0 is 1): of the rows that are 1, how many are predicted so. */
  recall: (labels: Tensor, predictions: Tensor, weights?: Tensor): MetricOp =>
    ratio(() => hits(labels, predictions, weights, (label) => label)),

  /**
   * Area under the ROC curve of probabilities, or of precision over recall (`PR`): TensorFlow's trapezoids over 200 thresholds, not the exact area. Refuses what is
   * no probability.
   */
  auc: (
    labels: Tensor,
    predictions: Tensor,
    weights?: Tensor,
    { curve = 'ROC' }: { curve?: 'ROC' | 'PR' } = {},
  ): MetricOp => ({
    sums: () => confusion(labels, predictions, weights),
    result: (sums) => areaUnderCurve(sums, curve),
  }),
}

function ratio(sums: () => Tensor1D): MetricOp {
  return { sums: () => tidy(sums), result: ([total = 0, count = 0]) => (count === 0 ? 0 : total / count) }
}

/** [Σ weight · value, Σ weight] */
function totals(values: Tensor1D, weights: Tensor | undefined): Tensor1D {
  const weight = weightsOf(values, weights)
  return stack([sum(mul(values, weight)), sum(weight)]) as Tensor1D
}

function hits(
  labels: Tensor,
  predictions: Tensor,
  weights: Tensor | undefined,
  among: (label: Tensor1D, predicted: Tensor1D) => Tensor1D,
): Tensor1D {
  const [label, predicted] = sameSize(labels, predictions).map(isOne) as [Tensor1D, Tensor1D]
  const weight = weightsOf(label, weights)
  return stack([sum(mul(mul(label, predicted), weight)), sum(mul(among(label, predicted), weight))]) as Tensor1D
}

function isOne(values: Tensor1D): Tensor1D {
  return cast(notEqual(values, 0), 'float32')
}

/** True positives of each threshold, then false positives, then all positives, all negatives, and what is no probability. */
function confusion(labels: Tensor, predictions: Tensor, weights: Tensor | undefined): Tensor1D {
  return tidy(() => {
    const [values, predicted] = sameSize(labels, predictions)
    const label = isOne(values)
    const weight = weightsOf(label, weights)
    const isProbability = logicalAnd(greaterEqual(predicted, 0), lessEqual(predicted, 1))
    const above = cast(greater(reshape(predicted, [1, -1]), reshape(tensor1d(thresholds), [-1, 1])), 'float32')
    const [positive, negative] = [mul(label, weight), mul(sub(1, label), weight)]
    const counts = [sum(mul(above, positive), 1), sum(mul(above, negative), 1)] as Tensor1D[]
    const others = sum(cast(logicalNot(isProbability), 'float32'))
    return concat([...counts, stack([sum(positive), sum(negative), others]) as Tensor1D])
  })
}

const thresholds = Array.from({ length: AUC_THRESHOLDS }, (_, i) => {
  if (i === 0) return -EPSILON
  return i === AUC_THRESHOLDS - 1 ? 1 + EPSILON : i / (AUC_THRESHOLDS - 1)
})

/** `tf.compat.v1.metrics.auc` guards its rates by 1e-6. */
function areaUnderCurve(sums: Float64Array, curve: 'ROC' | 'PR'): number {
  const guard = 1e-6
  const [positives = 0, negatives = 0, others] = sums.subarray(2 * AUC_THRESHOLDS)
  if (others) throw new RangeError('metrics.auc takes probabilities from 0 to 1: put logits through tf.sigmoid first.')
  const points = thresholds.map((_, i) => {
    const [truePositives, falsePositives] = [sums[i]!, sums[AUC_THRESHOLDS + i]!]
    const recall = (truePositives + guard) / (positives + guard)
    if (curve === 'ROC') return [falsePositives / (negatives + guard), recall] as const
    return [recall, (truePositives + guard) / (truePositives + falsePositives + guard)] as const
  })
  return points.slice(1).reduce((area, [x, y], i) => area + ((points[i]![0] - x) * (points[i]![1] + y)) / 2, 0)
}

function squares(labels: Tensor, predictions: Tensor): Tensor1D {
  const [label, predicted] = sameSize(labels, predictions)
  return square(sub(label, predicted)) as Tensor1D
}

/** Throws a RangeError where one would be spread over the other: [B] against [B, 1] are the same, [B] against [B, 2] are not. */
function sameSize(labels: Tensor, predictions: Tensor): [Tensor1D, Tensor1D] {
  if (labels.size === predictions.size) return [flat(labels), flat(predictions)]
  const shapes = `labels [${labels.shape.join(', ')}] and predictions [${predictions.shape.join(', ')}]`
  throw new RangeError(`A metric compares number with number; ${shapes} are not as many.`)
}

function flat(values: Tensor): Tensor1D {
  return reshape(cast(values, 'float32'), [values.size])
}

function weightsOf(values: Tensor1D, weights: Tensor | undefined): Tensor1D {
  if (!weights) return ones([values.size])
  if (values.size % weights.size !== 0)
    throw new RangeError(`${weights.size} weights were given for ${values.size} numbers.`)
  // A row's weight counts for each of its numbers.
  const perWeight = values.size / weights.size
  return perWeight === 1 ? flat(weights) : flat(mul(reshape(flat(weights), [-1, 1]), ones([1, perWeight])))
}

/** The mean loss of the batches, by which TensorFlow reports it. */
export function batchMean(loss: Tensor): MetricOp {
  return {
    sums: () => tidy(() => stack([reshape(loss, []), ones([])]) as Tensor1D),
    result: ([total = 0, count = 0]) => total / count,
  }
}
