// Does this viewer like this film? One row: the film asked about,
// then films that the viewer liked. Ids start at 1; 0 pads.
import {
  arrayInputFn, embedding, EvalSpec, LatestExporter, modelToEstimator,
  openData, tf, train, trainAndEvaluate, TrainSpec,
} from 'estimator'

const LENGTH = 10
const OUTPUT_DIM = 4
const STEPS = 300

const { table } = await openData('movies')
const column = (name: string) =>
  table.columns.find((column) => column.name === name)!
const film = column('film')
if (film.type !== 'string') throw new Error('Films have titles.')
const viewers = column('viewer')
const ratings = column('rating')
if (viewers.type === 'string' || ratings.type === 'string') {
  throw new Error('Viewers and ratings are numbers.')
}

// What each viewer rated, in the order of the file.
const seen = new Map<number, { film: number; likes: boolean }[]>()
for (let row = 0; row < table.rowCount; row++) {
  const viewer = viewers.values[row]!
  if (!seen.has(viewer)) seen.set(viewer, [])
  const likes = ratings.values[row]! >= 4
  seen.get(viewer)!.push({ film: film.codes[row]! + 1, likes })
}

const rows: number[][] = []
const likes: number[] = []
for (const history of seen.values()) {
  for (const asked of history) {
    const liked = history
      .filter((other) => other.likes && other !== asked)
      .slice(0, LENGTH - 1)
      .map((other) => other.film)
    const pads = Array(LENGTH - 1 - liked.length).fill(0)
    rows.push([asked.film, ...liked, ...pads])
    likes.push(asked.likes ? 1 : 0)
  }
}
const trained = Math.floor(rows.length * 0.9)

const maxFeatures = film.values.length + 1
const model = tf.sequential({
  layers: [
    embedding({
      inputDim: maxFeatures,
      outputDim: OUTPUT_DIM,
      inputLength: LENGTH,
      name: 'films',
    }),
    tf.layers.flatten(),
    tf.layers.dense({ units: 16, activation: 'relu' }),
    tf.layers.dense({ units: 1, activation: 'sigmoid' }),
  ],
})
model.compile({
  optimizer: train.adamOptimizer(0.01),
  loss: 'binaryCrossentropy',
  metrics: ['accuracy'],
})
model.summary()

const estimator = modelToEstimator({
  kerasModel: model,
  modelDir: 'keras',
  keys: { films: ['(none)', ...film.values] },
  config: { saveCheckpointsSteps: 50, tfRandomSeed: 1 },
})
const inputFn = (from: number, to: number, numEpochs: number | null) =>
  arrayInputFn({
    x: { films_input: rows.slice(from, to) },
    y: likes.slice(from, to).map((like) => [like]),
    batchSize: 256,
    numEpochs,
    shuffle: numEpochs === null,
    seed: 1,
  })

const results = await trainAndEvaluate(
  estimator,
  new TrainSpec({ inputFn: inputFn(0, trained, null), maxSteps: STEPS }),
  new EvalSpec({
    inputFn: inputFn(trained, rows.length, 1),
    steps: null,
    startDelaySecs: 0,
    throttleSecs: 0,
    exporters: new LatestExporter({
      name: 'latest',
      servingInputReceiverFn: () => ({
        films_input: tf.zeros([1, LENGTH], 'int32'),
      }),
    }),
  }),
)
const always = Math.max(
  ...[0, 1].map(
    (answer) =>
      likes.slice(trained).filter((like) => like === answer).length /
      (likes.length - trained),
  ),
)
console.log('The last evaluation:', results)
console.log(`Always the same answer: ${(100 * always).toFixed(1)} % right`)
