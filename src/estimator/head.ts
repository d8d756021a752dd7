import {
  abs,
  add,
  argMax,
  cast,
  concat,
  exp,
  log1p,
  logSoftmax,
  mean,
  mul,
  neg,
  oneHot,
  relu,
  reshape,
  sigmoid,
  softmax,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core'
import { EstimatorSpec } from './estimatorSpec'
import { ClassificationOutput, PredictOutput, RegressionOutput } from './exportOutputs'
import { hostValues } from './hostValues'
import type { MetricOp } from './metricOp'
import { metrics } from './metrics'
import { ModeKeys } from './modeKeys'
import type { TrainOp } from './trainOp'

/** How the losses of a batch become one: `sum`, the default of TensorFlow 1's canned Estimators, or `mean`, TensorFlow 2's. */
export type LossReduction = 'sum' | 'mean'

/** What stands on the logits of a canned Estimator: loss, predictions, metrics, signatures, named as TensorFlow names them. */
export interface Head {
  /** Logits for each row. */
  readonly logitsDimension: number
  /** `weights` [B, 1]: what each row counts for in loss and metrics; null = 1. */
  spec(
    mode: ModeKeys,
    logits: Tensor2D,
    labels: Tensor | null,
    weights: Tensor2D | null,
    trainOp: (loss: Tensor) => TrainOp,
  ): EstimatorSpec
}

interface Parts {
  predictions: Record<string, Tensor>
  exportOutputs: ConstructorParameters<typeof EstimatorSpec>[0]['exportOutputs']
  /** By row (and output). */
  losses(labels: Tensor): Tensor
  metrics(labels: Tensor, losses: Tensor, weights: Tensor | undefined): Record<string, MetricOp>
}

function headOf(logitsDimension: number, reduction: LossReduction, parts: (logits: Tensor2D) => Parts): Head {
  return {
    logitsDimension,
    spec(mode, logits, labels, weights, trainOp) {
      const { predictions, exportOutputs, losses, metrics } = parts(logits)
      if (mode === ModeKeys.PREDICT)
        return new EstimatorSpec({ mode, predictions, exportOutputs: exportOutputs ?? null })
      if (!labels) throw new Error('The input function gave no labels, and training and evaluation need them.')
      const unreduced = losses(labels)
      const weighted = weights ? mul(unreduced, unreduced.rank === 1 ? reshape(weights, [-1]) : weights) : unreduced
      const loss = reduction === 'sum' ? sum(weighted) : mean(weighted)
      const evalMetricOps = mode === ModeKeys.EVAL ? metrics(labels, unreduced, weights ?? undefined) : {}
      return new EstimatorSpec({ mode, predictions, loss, trainOp: trainOp(loss), evalMetricOps })
    },
  }
}

/** Squared error of `labelDimension` numbers a row. */
export function regressionHead(labelDimension: number, reduction: LossReduction): Head {
  return headOf(labelDimension, reduction, (logits) => ({
    predictions: { predictions: logits },
    exportOutputs: {
      serving_default: new RegressionOutput({ value: logits }),
      regression: new RegressionOutput({ value: logits }),
      predict: new PredictOutput({ predictions: logits }),
    },
    losses: (labels) => square(sub(logits, shaped(labels, logits))),
    metrics: (labels, losses, weights) => ({
      average_loss: metrics.mean(losses, weights),
      'prediction/mean': metrics.mean(logits, weights),
      'label/mean': metrics.mean(labels, weights),
    }),
  }))
}

/** Log loss of one logit; labels are 0 and 1. */
export function binaryHead(reduction: LossReduction): Head {
  return headOf(1, reduction, (logits) => {
    const logistic = sigmoid(logits)
    const probabilities = concat([sub(1, logistic), logistic], 1)
    const classIds = reshape(argMax(probabilities, 1), [-1, 1])
    return {
      predictions: { logits, logistic, probabilities, class_ids: classIds },
      exportOutputs: {
        serving_default: new ClassificationOutput({ scores: probabilities }),
        classification: new ClassificationOutput({ scores: probabilities }),
        regression: new RegressionOutput({ value: logistic }),
        predict: new PredictOutput({ logits, logistic, probabilities, class_ids: classIds }),
      },
      losses(labels) {
        checkClasses(labels, 2)
        return sigmoidCrossEntropy(shaped(labels, logits), logits)
      },
      metrics: (labels, losses, weights) => ({
        accuracy: metrics.accuracy(labels, classIds, weights),
        accuracy_baseline: accuracyBaseline(labels, weights),
        auc: metrics.auc(labels, logistic, weights),
        auc_precision_recall: metrics.auc(labels, logistic, weights, { curve: 'PR' }),
        average_loss: metrics.mean(losses, weights),
        'label/mean': metrics.mean(labels, weights),
        precision: metrics.precision(labels, classIds, weights),
        'prediction/mean': metrics.mean(logistic, weights),
        recall: metrics.recall(labels, classIds, weights),
      }),
    }
  })
}

/** Softmax cross-entropy; labels are class numbers from 0. */
export function multiClassHead(nClasses: number, reduction: LossReduction): Head {
  return headOf(nClasses, reduction, (logits) => {
    const probabilities = softmax(logits)
    const classIds = reshape(argMax(logits, 1), [-1, 1])
    return {
      predictions: { logits, probabilities, class_ids: classIds },
      exportOutputs: {
        serving_default: new ClassificationOutput({ scores: probabilities }),
        classification: new ClassificationOutput({ scores: probabilities }),
        predict: new PredictOutput({ logits, probabilities, class_ids: classIds }),
      },
      losses(labels) {
        checkClasses(labels, nClasses)
        const classes = reshape(cast(labels, 'int32'), [logits.shape[0]])
        return neg(sum(mul(oneHot(classes, nClasses), logSoftmax(logits)), 1))
      },
      metrics: (labels, losses, weights) => ({
        accuracy: metrics.accuracy(labels, classIds, weights),
        average_loss: metrics.mean(losses, weights),
      }),
    }
  })
}

/** `nClasses` 2 = one logit. Throws a RangeError for fewer. */
export function classificationHead(nClasses: number, reduction: LossReduction): Head {
  if (!(Number.isInteger(nClasses) && nClasses >= 2))
    throw new RangeError(`nClasses is ${nClasses}; it must be a whole number from 2.`)
  return nClasses === 2 ? binaryHead(reduction) : multiClassHead(nClasses, reduction)
}

/** As TensorFlow computes it, without overflow: max(x, 0) − x · z + log(1 + exp(−|x|)). */
export function sigmoidCrossEntropy(labels: Tensor2D, logits: Tensor2D): Tensor2D {
  return add(sub(relu(logits), mul(logits, labels)), log1p(exp(neg(abs(logits)))))
}

/** What the best constant answer reaches. */
function accuracyBaseline(labels: Tensor, weights: Tensor | undefined): MetricOp {
  const { sums, result } = metrics.mean(labels, weights)
  return { sums, result: (total) => Math.max(result(total), 1 - result(total)) }
}

/** Labels as the logits lie: [B] is [B, 1]. */
function shaped(labels: Tensor, { shape, size }: Tensor2D): Tensor2D {
  if (labels.size === size) return cast(reshape(labels, shape), 'float32')
  const given = `[${labels.shape.join(', ')}]`
  throw new RangeError(`Labels of the shape ${given} were given for logits of the shape [${shape.join(', ')}].`)
}

/** Throws for what is no class, as TensorFlow does: its one-hot row would be all zeros, and it would cost nothing. */
function checkClasses(labels: Tensor, nClasses: number): void {
  const wrong = hostValues(labels).find((label) => !(label >= 0 && label <= nClasses - 1))
  if (wrong !== undefined) throw new RangeError(`Label ${wrong} is no class: there are 0 to ${nClasses - 1}.`)
}
