// The last 24 hours of traffic go in, the next hour comes out:
// windows → split → basic LSTM cell → static RNN → output × weight + bias.
import {
  arrayInputFn, basicLSTMCell, Estimator, EstimatorSpec, EvalSpec,
  getGlobalStep, getVariable, initializers, LatestExporter, metrics,
  ModeKeys, type ModelFn, openData, PredictOutput, RegressionOutput,
  staticRnn, tf, train, trainAndEvaluate, TrainSpec, windowsOf,
} from 'estimator'
import { showSeries } from 'playground'

const HOURS = 24
const UNITS = 16
const STEPS = 400

// 200 weeks of cars on I-94, drawn from the measured profile.
const { table } = await openData('dayHour')
const column = table.columns.find(({ name }) => name === 'cars')!
const cars = Array.from(column.values as Int32Array)
const mean = cars.reduce((sum, x) => sum + x, 0) / cars.length
const spread = Math.sqrt(
  cars.reduce((sum, x) => sum + (x - mean) ** 2, 0) / cars.length,
)

// Scaled to mean 0 and standard deviation 1; the last 20 weeks are kept apart.
const windows = windowsOf(
  cars.map((x) => (x - mean) / spread),
  HOURS,
)
const rows = windows.x.shape[0]
const trained = rows - 20 * 168
const x = { hours: windows.x.slice([0, 0], [trained, HOURS]) }
const y = windows.y.slice([0, 0], [trained, 1])
const xLater = { hours: windows.x.slice([trained, 0]) }
const yLater = windows.y.slice([trained, 0])

const modelFn: ModelFn = (features, labels, mode) => {
  const hours = tf.split(features.hours as tf.Tensor, HOURS, 1)
  const { outputs } = staticRnn(
    basicLSTMCell(UNITS, { forgetBias: 1 }),
    hours,
  )
  const weight = getVariable(
    'weight',
    [UNITS, 1],
    initializers.randomNormal(),
  )
  const bias = getVariable('bias', [1], initializers.zeros())
  const predicted = tf.add(tf.matMul(outputs.at(-1)!, weight), bias)
  const predictions = { predicted }
  const exportOutputs = {
    predict: new PredictOutput(predictions),
    serving_default: new RegressionOutput({ value: predicted }),
  }
  if (mode === ModeKeys.PREDICT) {
    return new EstimatorSpec({ mode, predictions, exportOutputs })
  }
  const loss = tf.losses.meanSquaredError(labels!, predicted)
  // Large steps first, ten times smaller ones in the end.
  const rate = 0.03 * 0.1 ** (getGlobalStep().value / STEPS)
  return new EstimatorSpec({
    mode,
    predictions,
    loss,
    trainOp: train.adamOptimizer(rate).minimize(loss, getGlobalStep()),
    evalMetricOps: {
      rmse: metrics.rootMeanSquaredError(labels!, predicted),
    },
    exportOutputs,
  })
}

const estimator = new Estimator({
  modelFn,
  modelDir: 'lstm',
  config: { saveCheckpointsSteps: 50, tfRandomSeed: 1 },
})
const evalInput = arrayInputFn({ x: xLater, y: yLater, shuffle: false })
const results = await trainAndEvaluate(
  estimator,
  new TrainSpec({
    inputFn: arrayInputFn({
      x,
      y,
      batchSize: 64,
      numEpochs: null,
      shuffle: true,
      seed: 1,
    }),
    maxSteps: STEPS,
  }),
  new EvalSpec({
    inputFn: evalInput,
    steps: null,
    startDelaySecs: 0,
    throttleSecs: 0,
    exporters: new LatestExporter({
      name: 'latest',
      servingInputReceiverFn: () => ({ hours: tf.zeros([1, HOURS]) }),
    }),
  }),
)

// Against the truth, beside two forecasts that need no model.
const forecast: number[] = []
for await (const row of estimator.predict({ inputFn: evalInput })) {
  forecast.push(row.predicted![0]! * spread + mean)
}
const start = trained + HOURS
const truth = cars.slice(start)
const error = (guess: ArrayLike<number>) =>
  Math.sqrt(
    truth.reduce((sum, x, i) => sum + (x - guess[i]!) ** 2, 0) /
      truth.length,
  )
const lstm = results.rmse! * spread
const lastHour = error(cars.slice(start - 1))
const lastWeek = error(cars.slice(start - 168))
console.log(`RMSE of the LSTM: ${lstm.toFixed(0)} cars`)
console.log(`As the last hour: ${lastHour.toFixed(0)}`)
console.log(`As last week: ${lastWeek.toFixed(0)}`)
const below = (other: number) => `${(100 * (1 - lstm / other)).toFixed(0)} %`
showSeries({
  title: `RMSE ${below(lastHour)} below last hour, ${below(lastWeek)} below last week`,
  unit: 'cars an hour',
  xName: 'hour',
  lines: { forecast: forecast.slice(-168), truth: truth.slice(-168) },
})
