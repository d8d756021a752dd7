import type { EncodedLabel } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { assertNever } from '../lib/assertNever'
import { sumOfExponentials } from '../lib/sumOfExponentials'
import type { MetricName, Metrics } from '../protocol/trainer'

export interface MetricResult {
  metrics: Metrics
  /** Regression: R² of each target, in the label's order. */
  perTarget: { name: string; r2: number }[]
}

/** Takes in predictions batch by batch; `result` is over all rows so far. Everything is in label space and without L2. */
export interface MetricAccumulator {
  /** `outputs` [size × label.outputs]; `labels` as in `SparseBatch`. With `outputOf` row i was predicted as outputs[outputOf[i]], and rows of the same input share one. */
  add(outputs: Float32Array, labels: Float32Array, size: number, outputOf?: Int32Array): void
  /** NaN where there was no row (R² also where the labels do not vary, AUC where there is one class). */
  result(): MetricResult
}

/** The metrics worth a curve. `loss` is also in every result under its own name: `mse` or `logLoss`. */
export function metricNames({ label: { task }, model }: Pick<Experiment, 'label' | 'model'>): MetricName[] {
  if (model.type === 'watchList') return ['loss', 'recall10']
  switch (task) {
    case 'regression':
      return ['loss', 'rmse', 'r2']
    case 'binary':
      return ['loss', 'auc', 'accuracy']
    case 'multiclass':
      return ['loss', 'accuracy']
    default:
      return assertNever(task)
  }
}

export function createMetricAccumulator(label: Pick<EncodedLabel, 'task' | 'outputs' | 'names'>): MetricAccumulator {
  switch (label.task) {
    case 'regression':
      return createRegression(label.outputs, label.names)
    case 'binary':
      return createBinary()
    case 'multiclass':
      return createMulticlass(label.outputs)
    default:
      return assertNever(label.task)
  }
}

function createRegression(outputs: number, names: string[]): MetricAccumulator {
  let rows = 0
  const squaredError = new Float64Array(outputs)
  // Sums are taken around the first label, so that a far mean does not swallow the variance.
  const origin = new Float64Array(outputs)
  const sum = new Float64Array(outputs)
  const sumOfSquares = new Float64Array(outputs)
  return {
    add(predicted, labels, size, outputOf) {
      for (let i = 0; i < size * outputs; i++) {
        const t = i % outputs
        const y = labels[i]!
        if (rows === 0 && i < outputs) origin[t] = y
        const at = outputOf ? outputOf[(i - t) / outputs]! * outputs + t : i
        const error = predicted[at]! - y
        const shifted = y - origin[t]!
        squaredError[t]! += error * error
        sum[t]! += shifted
        sumOfSquares[t]! += shifted * shifted
      }
      rows += size
    },
    result() {
      const perTarget = names.map((name, t) => {
        const total = sumOfSquares[t]! - (sum[t]! * sum[t]!) / rows
        return { name, r2: total > 0 ? 1 - squaredError[t]! / total : Number.NaN }
      })
      const mse = squaredError.reduce((a, b) => a + b, 0) / (rows * outputs)
      const r2 = perTarget.reduce((a, target) => a + target.r2, 0) / outputs
      return { metrics: { loss: mse, mse, rmse: Math.sqrt(mse), r2 }, perTarget }
    },
  }
}

function createBinary(): MetricAccumulator {
  let loss = 0
  let right = 0
  let rows = 0
  const positive: number[] = []
  const negative: number[] = []
  return {
    add(logits, labels, size, outputOf) {
      for (let i = 0; i < size; i++) {
        const z = logits[outputOf ? outputOf[i]! : i]!
        const y = labels[i]!
        loss += Math.max(z, 0) - z * y + Math.log1p(Math.exp(-Math.abs(z)))
        if (z > 0 === y > 0.5) right++
        ;(y > 0.5 ? positive : negative).push(z)
      }
      rows += size
    },
    result() {
      const logLoss = loss / rows
      const auc = areaUnderCurve(Float32Array.from(positive), Float32Array.from(negative))
      return { metrics: { loss: logLoss, logLoss, auc, accuracy: right / rows }, perTarget: [] }
    },
  }
}

function createMulticlass(classes: number): MetricAccumulator {
  let loss = 0
  let right = 0
  let rows = 0
  return {
    add(logits, labels, size, outputOf) {
      const { best, normalizer } = softmaxOf(logits, classes)
      for (let row = 0; row < size; row++) {
        const at = outputOf ? outputOf[row]! : row
        const label = labels[row]!
        loss += normalizer[at]! - logits[at * classes + label]!
        if (best[at] === label) right++
      }
      rows += size
    },
    result: () => ({
      metrics: { loss: loss / rows, logLoss: loss / rows, accuracy: right / rows },
      perTarget: [],
    }),
  }
}

/** By row of logits: the class with the highest, and log Σ exp. */
function softmaxOf(logits: Float32Array, classes: number): { best: Int32Array; normalizer: Float64Array } {
  const rows = logits.length / classes
  const bests = new Int32Array(rows)
  const normalizer = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const [start, end] = [row * classes, (row + 1) * classes]
    let best = start
    let highest = logits[start]!
    for (let i = start + 1; i < end; i++) {
      const logit = logits[i]!
      if (logit > highest) {
        highest = logit
        best = i
      }
    }
    bests[row] = best - start
    normalizer[row] = highest + Math.log(sumOfExponentials(logits, start, end, highest))
  }
  return { best: bests, normalizer }
}

/** Exact area under the ROC curve: the share of (positive, negative) pairs in the right order, ties counted half. Sorts its arguments. */
export function areaUnderCurve(positive: Float32Array, negative: Float32Array): number {
  positive.sort()
  negative.sort()
  let below = 0
  let notAbove = 0
  let ordered = 0
  for (const score of positive) {
    while (below < negative.length && negative[below]! < score) below++
    while (notAbove < negative.length && negative[notAbove]! <= score) notAbove++
    ordered += below + (notAbove - below) / 2
  }
  return ordered / (positive.length * negative.length)
}
