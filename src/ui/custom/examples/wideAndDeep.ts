// Wide: one weight for each of the 168 hours of the week, hashed.
// Deep: embeddings of day, hour and their cross, through a small network.
import {
  categoricalColumnWithIdentity, crossedColumn, DNNLinearCombinedRegressor,
  embeddingColumn, EvalSpec, LatestExporter, openData,
  tableInputFn, tf, train, trainAndEvaluate, TrainSpec,
} from 'estimator'

const STEPS = 400

const { table } = await openData('dayHour')
const cars = table.columns.find(({ name }) => name === 'cars')!
// In thousands, so that losses are small numbers.
const thousands = Float32Array.from(
  cars.values as Int32Array,
  (x) => x / 1000,
)
const data = {
  ...table,
  columns: table.columns.map((column) =>
    column === cars
      ? { name: 'cars', type: 'number' as const, values: thousands }
      : column,
  ),
}

const day = categoricalColumnWithIdentity('day', 7)
const hour = categoricalColumnWithIdentity('hour', 24)
const cross = crossedColumn(['day', 'hour'], 1000)

const estimator = new DNNLinearCombinedRegressor({
  linearFeatureColumns: [cross],
  dnnFeatureColumns: [
    embeddingColumn(day, 2),
    embeddingColumn(hour, 2),
    embeddingColumn(cross, 2),
  ],
  dnnHiddenUnits: [16, 8],
  // The defaults are slower: 0.005 and 0.001.
  linearOptimizer: train.ftrlOptimizer(0.2),
  dnnOptimizer: train.adagradOptimizer(0.1),
  modelDir: 'wide_deep',
  config: { saveCheckpointsSteps: 50, tfRandomSeed: 1 },
})

// Every tenth row is kept for the evaluation.
const all = Array.from({ length: table.rowCount }, (_, row) => row)
const trained = Int32Array.from(all.filter((row) => row % 10 !== 0))
const kept = Int32Array.from(all.filter((row) => row % 10 === 0))
const columns = ['day', 'hour']

const results = await trainAndEvaluate(
  estimator,
  new TrainSpec({
    inputFn: tableInputFn(data, {
      label: 'cars',
      columns,
      rows: trained,
      batchSize: 512,
      numEpochs: null,
      shuffle: true,
      seed: 1,
    }),
    maxSteps: STEPS,
  }),
  new EvalSpec({
    inputFn: tableInputFn(data, {
      label: 'cars',
      columns,
      rows: kept,
      batchSize: 1024,
      shuffle: false,
    }),
    steps: null,
    startDelaySecs: 0,
    throttleSecs: 0,
    exporters: new LatestExporter({
      name: 'latest',
      servingInputReceiverFn: () => ({
        day: tf.tensor1d([4], 'int32'),
        hour: tf.tensor1d([17], 'int32'),
      }),
    }),
  }),
)
console.log('The last evaluation:', results)
