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
  spec(mode: ModeKeys, logits: Tensor2D, labels: Tensor | null, trainOp: (loss: Tensor) => TrainOp): EstimatorSpec
}

interface Parts {
  predictions: Record<string, Tensor>
  exportOutputs: ConstructorParameters<typeof EstimatorSpec>[0]['exportOutputs']
  /** By row (and output). */
  losses(labels: Tensor): Tensor
  metrics(labels: Tensor, losses: Tensor): Record<string, MetricOp>
}

function headOf(logitsDimension: number, reduction: LossReduction, parts: (logits: Tensor2D) => Parts): Head {
  return {
    logitsDimension,
    spec(mode, logits, labels, trainOp) {
      const { predictions, exportOutputs, losses, metrics } = parts(logits)
      if (mode === ModeKeys.PREDICT)
        return new EstimatorSpec({ mode, predictions, exportOutputs: exportOutputs ?? null })
      if (!labels) throw new Error('The input function gave no labels, and training and evaluation need them.')
      const unreduced = losses(labels)
      const loss = reduction === 'sum' ? sum(unreduced) : mean(unreduced)
      const evalMetricOps = mode === ModeKeys.EVAL ? metrics(labels, unreduced) : {}
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
      predict: new PredictOutput({ predictions: logits }),
    },
    losses: (labels) => square(sub(logits, shaped(labels, labelDimension))),
    metrics: (labels, losses) => ({
      average_loss: metrics.mean(losses),
      'prediction/mean': metrics.mean(logits),
      'label/mean': metrics.mean(labels),
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
        regression: new RegressionOutput({ value: logistic }),
        predict: new PredictOutput({ logits, logistic, probabilities, class_ids: classIds }),
      },
      losses: (labels) => sigmoidCrossEntropy(shaped(labels, 1), logits),
      metrics: (labels, losses) => ({
        accuracy: metrics.accuracy(labels, classIds),
        accuracy_baseline: accuracyBaseline(labels),
        auc: metrics.auc(labels, logistic),
        average_loss: metrics.mean(losses),
        'label/mean': metrics.mean(labels),
        precision: metrics.precision(labels, classIds),
        'prediction/mean': metrics.mean(logistic),
        recall: metrics.recall(labels, classIds),
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
        predict: new PredictOutput({ logits, probabilities, class_ids: classIds }),
      },
      losses: (labels) => neg(sum(mul(oneHot(cast(reshape(labels, [-1]), 'int32'), nClasses), logSoftmax(logits)), 1)),
      metrics: (labels, losses) => ({
        accuracy: metrics.accuracy(labels, classIds),
        average_loss: metrics.mean(losses),
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
function accuracyBaseline(labels: Tensor): MetricOp {
  const { sums, result } = metrics.mean(labels)
  return { sums, result: (total) => Math.max(result(total), 1 - result(total)) }
}

function shaped(labels: Tensor, width: number): Tensor2D {
  if (labels.size % width !== 0)
    throw new RangeError(`Labels of the shape [${labels.shape.join(', ')}] are not ${width} numbers a row.`)
  return cast(reshape(labels, [-1, width]), 'float32') as Tensor2D
}
