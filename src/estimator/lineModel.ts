import { add, losses, mul, type Tensor } from '@tensorflow/tfjs-core'
import { arrayInputFn } from './arrayInputFn'
import { EstimatorSpec } from './estimatorSpec'
import { initializers } from './initializers'
import { metrics } from './metrics'
import { ModeKeys } from './modeKeys'
import type { ModelFn } from './modelFn'
import { train } from './train'
import { getGlobalStep, getVariable } from './variables'

/** For tests: the smallest model, y = slope · x + bias, of points that lie on y = 2x + 1. */
export const lineModel: ModelFn<{ x: Tensor }> = ({ x }, labels, mode) => {
  const slope = getVariable('slope', [], initializers.zeros())
  const predictions = add(mul(x, slope), getVariable('bias', [], initializers.zeros()))
  if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions })
  const loss = losses.meanSquaredError(labels!, predictions)
  return new EstimatorSpec({
    mode,
    predictions,
    loss,
    trainOp: train.gradientDescentOptimizer(0.1).minimize(loss, getGlobalStep()),
    evalMetricOps: { rmse: metrics.rootMeanSquaredError(labels!, predictions) },
  })
}

const x = Array.from({ length: 20 }, (_, i) => i / 10 - 1)

/** Five batches an epoch. */
export function linePoints(numEpochs: number | null = null, shuffle = true) {
  return arrayInputFn({ x: { x }, y: x.map((value) => 2 * value + 1), batchSize: 4, numEpochs, shuffle })
}
