import { reshape, type Scalar, Tensor } from '@tensorflow/tfjs-core'
import type { ExportOutput } from './exportOutputs'
import type { MetricOp } from './metricOp'
import { ModeKeys } from './modeKeys'
import { isTrainOp, minimizeOps, type TrainOp } from './trainOp'

export interface EstimatorSpecOptions {
  mode: ModeKeys
  /** One tensor, or several by name; as many rows as the batch. */
  predictions?: Tensor | Record<string, Tensor> | null
  /** One number: shape [] or [1]. */
  loss?: Tensor | null
  /** `optimizer.minimize(loss, getGlobalStep())`, `optimizeLoss`, `group`, or a function that takes the step itself. */
  trainOp?: TrainOp | null
  /** From `metrics`, by the name under which `evaluate` answers. */
  evalMetricOps?: Record<string, MetricOp> | null
  /** What `exportSavedModel` names; PREDICT without it exports `predictions` as a `PredictOutput`. */
  exportOutputs?: Record<string, ExportOutput> | null
}

/** One of the six things is missing or wrong. */
export class EstimatorSpecError extends Error {
  constructor(
    readonly part: keyof EstimatorSpecOptions,
    message: string,
  ) {
    super(message)
    this.name = 'EstimatorSpecError'
  }
}

const required: Record<ModeKeys, readonly (keyof EstimatorSpecOptions)[]> = {
  [ModeKeys.TRAIN]: ['loss', 'trainOp'],
  [ModeKeys.EVAL]: ['loss'],
  [ModeKeys.PREDICT]: ['predictions'],
}

const modeNames: Record<ModeKeys, string> = { train: 'TRAIN', eval: 'EVAL', infer: 'PREDICT' }

/**
 * The six things a model function answers with: `tf.estimator.EstimatorSpec`. TRAIN needs `loss` and `trainOp`, EVAL `loss`, PREDICT `predictions`;
 * throws an `EstimatorSpecError` that names the one missing or wrong.
 */
export class EstimatorSpec {
  readonly mode: ModeKeys
  /** A single tensor is called `output`. */
  readonly predictions: Record<string, Tensor> | null
  readonly loss: Scalar | null
  readonly trainOp: TrainOp | null
  readonly evalMetricOps: Record<string, MetricOp>
  readonly exportOutputs: Record<string, ExportOutput>

  constructor(spec: EstimatorSpecOptions) {
    this.mode = checkedMode(spec.mode)
    for (const part of required[this.mode]) {
      if (spec[part] === undefined || spec[part] === null) {
        throw new EstimatorSpecError(
          part,
          `Missing ${part}: an EstimatorSpec in ${modeNames[this.mode]} mode needs it.`,
        )
      }
    }
    this.predictions = checkedPredictions(spec.predictions ?? null)
    this.loss = checkedLoss(spec.loss ?? null)
    this.trainOp = checkedTrainOp(spec.trainOp ?? null)
    this.evalMetricOps = checkedMetrics(spec.evalMetricOps ?? {})
    this.exportOutputs = checkedOutputs(spec.exportOutputs ?? {})
  }
}

function checkedMode(mode: ModeKeys | undefined): ModeKeys {
  if (mode === undefined)
    throw new EstimatorSpecError('mode', 'Missing mode: pass on the one your model function was given.')
  if (Object.hasOwn(required, mode)) return mode
  throw new EstimatorSpecError('mode', `mode is ${JSON.stringify(mode)}; it must be one of ModeKeys.`)
}

function checkedPredictions(predictions: Tensor | Record<string, Tensor> | null): Record<string, Tensor> | null {
  if (predictions === null) return null
  if (predictions instanceof Tensor) return { output: predictions }
  for (const [name, tensor] of Object.entries(predictions)) {
    if (!(tensor instanceof Tensor)) throw new EstimatorSpecError('predictions', `predictions.${name} is not a tensor.`)
  }
  return predictions
}

function checkedLoss(loss: Tensor | null): Scalar | null {
  if (loss === null) return null
  if (!(loss instanceof Tensor)) throw new EstimatorSpecError('loss', 'loss is not a tensor.')
  if (loss.rank === 0) return loss as Scalar
  if (loss.size === 1) return reshape(loss, [])
  throw new EstimatorSpecError(
    'loss',
    `loss has the shape [${loss.shape.join(', ')}]; it must be one number: take its mean.`,
  )
}

function checkedTrainOp(trainOp: TrainOp | null): TrainOp | null {
  if (trainOp === null) return null
  const hint = 'make it by optimizer.minimize(loss, getGlobalStep()).'
  if (!isTrainOp(trainOp)) throw new EstimatorSpecError('trainOp', `trainOp is not an operation of training: ${hint}`)
  if (typeof trainOp === 'function' || minimizeOps(trainOp).some(({ countsStep }) => countsStep)) return trainOp
  throw new EstimatorSpecError('trainOp', `trainOp counts no steps, so training would never end: ${hint}`)
}

function checkedMetrics(ops: Record<string, MetricOp>): Record<string, MetricOp> {
  for (const [name, op] of Object.entries(ops)) {
    if (typeof op?.sums === 'function' && typeof op.result === 'function') continue
    throw new EstimatorSpecError(
      'evalMetricOps',
      `evalMetricOps.${name} is not a metric: make it by metrics.mean and its kin.`,
    )
  }
  return ops
}

function checkedOutputs(outputs: Record<string, ExportOutput>): Record<string, ExportOutput> {
  for (const [name, output] of Object.entries(outputs)) {
    if (['regression', 'classification', 'predict'].includes(output?.kind)) continue
    const kinds = 'RegressionOutput, ClassificationOutput or PredictOutput'
    throw new EstimatorSpecError('exportOutputs', `exportOutputs.${name} must be a ${kinds}.`)
  }
  return outputs
}
