// Does this viewer like this film? One row is a bag of ids: the film asked
// about, and films of the viewer's history, liked or not, each crossed with
// the age rating of the film asked about. 0 pads.
import {
  addMetrics, arrayInputFn, embedding, EvalSpec, LatestExporter, metrics,
  modelToEstimator, openData, tf, train, trainAndEvaluate, TrainSpec,
} from 'estimator'

const LENGTH = 40
const OUTPUT_DIM = 2
const STEPS = 200

const { table, entities } = await openData('movies')
const column = (name: string) =>
  table.columns.find((column) => column.name === name)!
const film = column('film')
if (film.type !== 'string') throw new Error('Films have titles.')
const viewers = column('viewer')
const ratings = column('rating')
if (viewers.type === 'string' || ratings.type === 'string') {
  throw new Error('Viewers and ratings are numbers.')
}

const mpaa = entities
  .find((entity) => entity.column === 'film')
  ?.attributes.find(({ name }) => name === 'mpaa')
if (mpaa?.kind !== 'category') throw new Error('Films have a rating.')

// A film asked about has one of the first ids, crosses have the rest.
const films = film.values.length
const crossOf = (asked: number, other: number, likes: boolean) =>
  1 + films + (mpaa.codes[asked]! * 2 + (likes ? 1 : 0)) * films + other
const maxFeatures = 1 + films + mpaa.categories.length * 2 * films

// What each viewer rated, in the order of the file.
const seen = new Map<number, { code: number; likes: boolean }[]>()
for (let row = 0; row < table.rowCount; row++) {
  const viewer = viewers.values[row]!
  if (!seen.has(viewer)) seen.set(viewer, [])
  const likes = ratings.values[row]! >= 4
  seen.get(viewer)!.push({ code: film.codes[row]!, likes })
}

const rows: number[][] = []
const likes: number[] = []
for (const history of seen.values()) {
  for (const [i, one] of history.entries()) {
    // Others of this viewer, evenly from the whole history.
    const others = history.filter((_, j) => j !== i)
    const step = Math.max(1, others.length / (LENGTH - 1))
    const bag = [1 + one.code]
    for (let at = 0; at < others.length && bag.length < LENGTH; at += step) {
      const other = others[Math.floor(at)]!
      bag.push(crossOf(one.code, other.code, other.likes))
    }
    rows.push([...bag, ...Array(LENGTH - bag.length).fill(0)])
    likes.push(one.likes ? 1 : 0)
  }
}
// The last tenth: viewers that training never sees.
const trained = Math.floor(rows.length * 0.9)

const model = tf.sequential({
  layers: [
    embedding({
      inputDim: maxFeatures,
      outputDim: OUTPUT_DIM,
      inputLength: LENGTH,
      name: 'films',
    }),
    tf.layers.globalAveragePooling1d({}),
    tf.layers.dense({ units: 1, activation: 'sigmoid', name: 'likes' }),
  ],
})
model.compile({
  optimizer: train.adamOptimizer(0.01),
  loss: 'binaryCrossentropy',
  metrics: ['accuracy'],
})
model.summary()

const keras = modelToEstimator({
  kerasModel: model,
  modelDir: 'keras',
  keys: {
    films: [
      '(none)',
      ...film.values,
      ...mpaa.categories.flatMap((rating) =>
        ['✗', '♥'].flatMap((mark) =>
          film.values.map((title) => `${title} ${mark} → ${rating}`),
        ),
      ),
    ],
  },
  config: { saveCheckpointsSteps: 50, tfRandomSeed: 1 },
})
// Keras's own 'AUC' is not in TensorFlow.js: added as TensorFlow adds any.
const estimator = addMetrics(keras, ({ labels, predictions }) => ({
  auc: metrics.auc(labels as tf.Tensor, predictions.likes!),
}))
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
