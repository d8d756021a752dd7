import { add, losses, matMul, split, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { arrayInputFn } from '../../src/estimator/arrayInputFn'
import { memoryStorage } from '../../src/estimator/checkpointStorage'
import { Estimator } from '../../src/estimator/estimator'
import { EstimatorSpec } from '../../src/estimator/estimatorSpec'
import { RegressionOutput } from '../../src/estimator/exportOutputs'
import { setHost } from '../../src/estimator/host'
import { initializers } from '../../src/estimator/initializers'
import { basicLSTMCell, staticRnn } from '../../src/estimator/lstm'
import { metrics } from '../../src/estimator/metrics'
import { ModeKeys } from '../../src/estimator/modeKeys'
import type { ModelFn } from '../../src/estimator/modelFn'
import { train } from '../../src/estimator/train'
import { EvalSpec, TrainSpec, trainAndEvaluate } from '../../src/estimator/trainAndEvaluate'
import { getGlobalStep, getVariable } from '../../src/estimator/variables'
import { windowsOf } from '../../src/estimator/windowsOf'

const WEEK = 168

export interface Forecast {
  /** RMSE on the hours kept for testing, in the units of the series. */
  lstm: number
  lastHour: number
  lastWeek: number
  /** RMSE at each evaluation. */
  evaluations: { step: number; rmse: number }[]
  trainHours: number
  testHours: number
}

export interface ForecastOptions {
  inputs: number
  units: number
  steps: number
  learningRate: number
  /** The last share of the hours, never trained on. */
  testShare: number
}

type Params = Pick<ForecastOptions, 'inputs' | 'units' | 'learningRate'>

/** The research paper's model: windows → split → basic LSTM cell → static RNN → last output × weight + bias. */
const modelFn: ModelFn<{ hours: Tensor }, Params> = ({ hours }, labels, mode, { inputs, units, learningRate }) => {
  const { outputs } = staticRnn(basicLSTMCell(units, { forgetBias: 1 }), split(hours, inputs, 1))
  const weight = getVariable('weight', [units, 1], initializers.glorotUniform()) as Tensor as Tensor2D
  const predicted = add<Tensor2D>(matMul(outputs.at(-1)!, weight), getVariable('bias', [1], initializers.zeros()))
  const exportOutputs = { serving_default: new RegressionOutput({ value: predicted }) }
  if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions: { predicted }, exportOutputs })
  const loss = losses.meanSquaredError(labels!, predicted)
  return new EstimatorSpec({
    mode,
    predictions: { predicted },
    loss,
    trainOp: train.adamOptimizer(learningRate).minimize(loss, getGlobalStep()),
    evalMetricOps: { rmse: metrics.rootMeanSquaredError(labels!, predicted) },
    exportOutputs,
  })
}

/** Trains on the first hours and forecasts each of the last, an hour ahead; NaN = a gap. Only hours that all three can forecast are compared. */
export async function forecastSeries(series: Float32Array, options: ForecastOptions): Promise<Forecast> {
  const { inputs, units, steps, learningRate, testShare } = options
  const firstTest = Math.floor(series.length * (1 - testShare))
  const known = series.subarray(0, firstTest).filter(Number.isFinite)
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length
  const deviation = Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / known.length)
  const { x, y, at } = windowsOf(
    series.map((value) => (value - mean) / deviation),
    inputs,
  )
  const rowsOf = (isWanted: (hour: number) => boolean) =>
    Int32Array.from([...at.keys()].filter((row) => isWanted(at[row]!)))
  const trainRows = rowsOf((hour) => hour < firstTest)
  const testRows = rowsOf((hour) => hour >= firstTest && Number.isFinite(series[hour - WEEK]))
  const batches = (rows: Int32Array, batchSize: number, numEpochs: number | null) => {
    const [xRows, yRows] = [gather(x, rows, inputs), gather(y, rows, 1)]
    return arrayInputFn({ x: { hours: xRows }, y: yRows, batchSize, numEpochs, shuffle: numEpochs === null })
  }
  const evaluations: Forecast['evaluations'] = []
  const evaluated = ({ globalStep, metrics }: { globalStep: number; metrics: Readonly<Record<string, number>> }) => {
    evaluations.push({ step: globalStep, rmse: metrics.rmse! * deviation })
  }
  const restore = setHost({ storage: memoryStorage(), observer: { evaluated } })
  const estimator = new Estimator({
    modelFn,
    modelDir: 'lstm',
    params: { inputs, units, learningRate },
    config: { saveCheckpointsSteps: Math.ceil(steps / 5) },
  })
  const trainSpec = new TrainSpec({ inputFn: batches(trainRows, 64, null), maxSteps: steps })
  const evalSpec = new EvalSpec({ inputFn: batches(testRows, 1024, 1), steps: null, throttleSecs: 0 })
  const { rmse } = await trainAndEvaluate(estimator, trainSpec, evalSpec)
  restore()
  x.dispose()
  y.dispose()
  const against = (hoursBefore: number) => {
    const squares = Array.from(testRows, (row) => (series[at[row]!]! - series[at[row]! - hoursBefore]!) ** 2)
    return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length)
  }
  return {
    lstm: rmse! * deviation,
    lastHour: against(1),
    lastWeek: against(WEEK),
    evaluations,
    trainHours: trainRows.length,
    testHours: testRows.length,
  }
}

function gather(from: Tensor2D, rows: Int32Array, width: number): number[][] {
  const values = from.dataSync()
  return Array.from(rows, (row) => [...values.subarray(row * width, (row + 1) * width)])
}
