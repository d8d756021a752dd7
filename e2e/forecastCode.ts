/** Code of a model that forecasts an hourly series of the file that the person opened, an hour ahead. `when`, `what`: the columns of hours and of numbers. */
export function forecastCode({ when, what, steps }: { when: string; what: string; steps: number }): string {
  return `import {
  arrayInputFn, basicLSTMCell, Estimator, EstimatorSpec, EvalSpec, getGlobalStep, getVariable,
  metrics, ModeKeys, openData, staticRnn, tf, train, trainAndEvaluate, TrainSpec, windowsOf,
} from 'estimator'
import { showSeries } from 'playground'
const [INPUTS, UNITS, WEEK] = [24, 12, 168]

// Hour after hour, each once; NaN is a gap.
const { table } = await openData('yours')
const column = (name) => table.columns.find((column) => column.name === name)
const [when, what] = [column('${when}'), column('${what}')]
const hours = Array.from(when.codes, (code) => Date.parse(when.values[code].replace(' ', 'T') + 'Z') / 3_600_000)
const series = new Float32Array(hours.at(-1) - hours[0] + 1).fill(NaN)
hours.forEach((hour, row) => { series[hour - hours[0]] = what.values[row] })

const firstTest = Math.floor(series.length * 0.8)
const known = series.slice(0, firstTest).filter(Number.isFinite)
const mean = known.reduce((sum, x) => sum + x, 0) / known.length
const spread = Math.sqrt(known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / known.length)
const windows = windowsOf(series.map((x) => (x - mean) / spread), INPUTS)
const rows = [...windows.at.keys()]
const trained = rows.filter((row) => windows.at[row] < firstTest)
const kept = rows.filter((row) => windows.at[row] >= firstTest && Number.isFinite(series[windows.at[row] - WEEK]))
const input = (rows, batchSize, numEpochs) => arrayInputFn({
  x: { hours: tf.tidy(() => tf.gather(windows.x, rows).arraySync()) },
  y: rows.map((row) => (series[windows.at[row]] - mean) / spread),
  batchSize, numEpochs, shuffle: numEpochs === null,
})

const estimator = new Estimator({
  modelDir: 'yours',
  config: { saveCheckpointsSteps: ${Math.ceil(steps / 3)} },
  modelFn(features, labels, mode) {
    const { outputs } = staticRnn(basicLSTMCell(UNITS), tf.split(features.hours, INPUTS, 1))
    const weight = getVariable('weight', [UNITS, 1])
    const predicted = tf.reshape(tf.add(tf.matMul(outputs.at(-1), weight), getVariable('bias', [1])), [-1])
    const predictions = { predicted }
    if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions })
    const loss = tf.losses.meanSquaredError(labels, predicted)
    return new EstimatorSpec({
      mode, predictions, loss,
      trainOp: train.adamOptimizer(0.02).minimize(loss, getGlobalStep()),
      evalMetricOps: { rmse: metrics.rootMeanSquaredError(labels, predicted) },
    })
  },
})
await trainAndEvaluate(
  estimator,
  new TrainSpec({ inputFn: input(trained, 64, null), maxSteps: ${steps} }),
  new EvalSpec({ inputFn: input(kept, 512, 1), steps: null, throttleSecs: 0 }),
)

const forecast = []
for await (const row of estimator.predict({ inputFn: input(kept, 512, 1) })) forecast.push(row.predicted[0] * spread + mean)
const truth = kept.map((row) => series[windows.at[row]])
const before = (count) => kept.map((row) => series[windows.at[row] - count])
const guesses = { forecast, 'last hour': before(1), 'last week': before(WEEK) }
for (const [name, guess] of Object.entries(guesses)) {
  const squares = truth.map((x, i) => (x - guess[i]) ** 2).filter(Number.isFinite)
  console.log('RMSE of ' + name + ': ' + Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length))
}
const lastWeek = (values) => values.slice(-WEEK)
showSeries({
  title: 'Yours, forecast an hour ahead',
  xName: 'hour',
  lines: { forecast: lastWeek(forecast), truth: lastWeek(truth), 'last hour': lastWeek(before(1)), 'last week': lastWeek(before(WEEK)) },
})
`
}
