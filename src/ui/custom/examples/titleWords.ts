// Is a film rated R? Only the words of its title are known:
// each word has a vector, a title is the mean of its words' vectors.
import {
  arrayInputFn, ClassificationOutput, embeddingLookupSparse, Estimator,
  EstimatorSpec, EvalSpec, type Feature, getGlobalStep, getVariable,
  initializers, LatestExporter, metrics, ModeKeys, type ModelFn, openData,
  tf, train, trainAndEvaluate, TrainSpec, watchEmbedding,
} from 'estimator'

const DIMENSION = 2
const STEPS = 300

const { table } = await openData('titles')
const column = (name: string) => {
  const found = table.columns.find((column) => column.name === name)
  if (found?.type !== 'string') throw new Error(`No words in ${name}.`)
  return Array.from(found.codes, (code) => found.values[code] ?? '')
}
const answers = column('r_rated')
const titles = column('title')
  .map((title, i) => ({
    words: title.toLowerCase().match(/[a-z']+/g) ?? [],
    isR: answers[i] === 'yes' ? 1 : 0,
    known: answers[i] !== '',
  }))
  .filter(({ words, known }) => known && words.length > 0)

// Words of at least three titles; all others share number 0.
const counts = new Map<string, number>()
for (const word of titles.flatMap(({ words }) => [...new Set(words)])) {
  counts.set(word, (counts.get(word) ?? 0) + 1)
}
const often = [...counts].filter(([, count]) => count >= 3)
const vocabulary = ['(rare)', ...often.map(([word]) => word)]
const idOf = new Map(vocabulary.map((word, id) => [word, id]))

/** Several ids a row: row r holds values[offsets[r]] and on. */
function wordsOf(rows: typeof titles): Feature {
  const offsets = new Int32Array(rows.length + 1)
  rows.forEach(({ words }, row) => {
    offsets[row + 1] = offsets[row]! + words.length
  })
  const values = rows.flatMap(({ words }) =>
    words.map((word) => idOf.get(word) ?? 0),
  )
  return { type: 'integer', values, offsets }
}

const modelFn: ModelFn = (features, labels, mode) => {
  const words = features.words as Feature
  const table = getVariable(
    'word_embedding',
    [vocabulary.length, DIMENSION],
    initializers.truncatedNormal(0, 0.3),
  )
  watchEmbedding(table, { name: 'words', keys: vocabulary })
  const ids = Int32Array.from(words.values, Number)
  const title = embeddingLookupSparse(table, {
    ids,
    offsets: words.offsets!,
  })
  const weight = getVariable('weight', [DIMENSION, 1])
  const bias = getVariable('bias', [1], initializers.zeros())
  const logits = tf.add(tf.matMul(title, weight), bias)
  const probability = tf.sigmoid(logits)
  const predictions = { probability }
  const exportOutputs = {
    rating: new ClassificationOutput({ scores: probability }),
  }
  if (mode === ModeKeys.PREDICT) {
    return new EstimatorSpec({ mode, predictions, exportOutputs })
  }
  const loss = tf.losses.sigmoidCrossEntropy(labels!, logits)
  return new EstimatorSpec({
    mode,
    predictions,
    loss,
    trainOp: train.adamOptimizer(0.005).minimize(loss, getGlobalStep()),
    evalMetricOps: {
      accuracy: metrics.accuracy(labels!, tf.greater(probability, 0.5)),
      auc: metrics.auc(labels!, probability),
    },
    exportOutputs,
  })
}

const estimator = new Estimator({
  modelFn,
  modelDir: 'titles',
  config: { saveCheckpointsSteps: 50, tfRandomSeed: 1 },
})

// Every fifth title is kept for the evaluation.
const kept = titles.filter((_, i) => i % 5 === 0)
const trained = titles.filter((_, i) => i % 5 !== 0)
const inputFn = (rows: typeof titles, numEpochs: number | null) =>
  arrayInputFn({
    x: { words: wordsOf(rows) },
    y: rows.map(({ isR }) => [isR]),
    batchSize: 128,
    numEpochs,
    shuffle: numEpochs === null,
    seed: 1,
  })

const results = await trainAndEvaluate(
  estimator,
  new TrainSpec({ inputFn: inputFn(trained, null), maxSteps: STEPS }),
  new EvalSpec({
    inputFn: inputFn(kept, 1),
    steps: null,
    startDelaySecs: 0,
    throttleSecs: 0,
    exporters: new LatestExporter({
      name: 'latest',
      servingInputReceiverFn: () => ({ words: wordsOf(kept.slice(0, 1)) }),
    }),
  }),
)
const share = kept.filter(({ isR }) => isR === 1).length / kept.length
console.log('The last evaluation:', results)
console.log(
  `Always the same answer: ${(100 * Math.max(share, 1 - share)).toFixed(1)} % right`,
)
