import { tensor1d, tidy } from '@tensorflow/tfjs-core'
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers'
import type { Table } from '../../src/data/table'
import { arrayInputFn } from '../../src/estimator/arrayInputFn'
import { memoryStorage } from '../../src/estimator/checkpointStorage'
import { setHost } from '../../src/estimator/host'
import { embedding } from '../../src/estimator/kerasEmbedding'
import { metrics } from '../../src/estimator/metrics'
import { modelToEstimator } from '../../src/estimator/modelToEstimator'
import { optimizers } from '../../src/estimator/train'
import { EvalSpec, TrainSpec, trainAndEvaluate } from '../../src/estimator/trainAndEvaluate'
import { createRandom } from '../../src/lib/random'

const LENGTH = 30
const DIMENSION = 8
const LIKED = 4

export interface WatchResult {
  /** Area under the ROC curve on ratings kept apart. */
  auc: number
  /** Of the share of others who like the film, the answer without a viewer. */
  popularityAuc: number
  trainRows: number
  testRows: number
}

interface Rows {
  film: number[]
  history: number[][]
  liked: number[]
}

/** Does this viewer like this film (4 stars or more)? A Keras model of the films that the viewer rated otherwise, liked or not, and of the film asked about. */
export async function learnWatchHistories(table: Table, steps: number): Promise<WatchResult> {
  const { trained, kept, films } = rowsOf(table)
  const kerasModel = watchModel(films)
  kerasModel.compile({ optimizer: optimizers.lazyAdam(0.005), loss: 'binaryCrossentropy', metrics: ['accuracy'] })
  const restore = setHost({ storage: memoryStorage(), observer: {} })
  const estimator = modelToEstimator({ kerasModel, modelDir: 'watch', config: { saveCheckpointsSteps: steps } })
  const inputFn = ({ film, history, liked }: Rows, batchSize: number, numEpochs: number | null) =>
    arrayInputFn({ x: { film, history }, y: liked, batchSize, numEpochs, shuffle: numEpochs === null })
  const evalFn = inputFn(kept, 512, 1)
  await trainAndEvaluate(
    estimator,
    new TrainSpec({ inputFn: inputFn(trained, 256, null), maxSteps: steps }),
    new EvalSpec({ inputFn: evalFn, steps: null, throttleSecs: 0 }),
  )
  const answers: number[] = []
  for await (const row of estimator.predict({ inputFn: evalFn })) answers.push(Object.values(row)[0]![0]!)
  restore()
  return {
    auc: aucOf(kept.liked, answers),
    popularityAuc: aucOf(kept.liked, popularity(trained, kept, films)),
    trainRows: trained.liked.length,
    testRows: kept.liked.length,
  }
}

/** Embedding(maxFeatures, 8) of the history, averaged, times Embedding(films, 8) of the film, beside a number for each film → Dense(1, sigmoid). */
function watchModel(films: number): LayersModel {
  const [history, film] = [input({ shape: [LENGTH], name: 'history' }), input({ shape: [1], name: 'film' })]
  const maxFeatures = 1 + 2 * films
  const seen = embedding({ inputDim: maxFeatures, outputDim: DIMENSION, name: 'seen' }).apply(history)
  const taste = layers.globalAveragePooling1d({}).apply(seen)
  const lookUp = (name: string, outputDim: number) =>
    layers.flatten().apply(embedding({ inputDim: films, outputDim, name }).apply(film) as SymbolicTensor)
  const matched = layers.multiply().apply([taste, lookUp('films', DIMENSION)] as SymbolicTensor[])
  const joined = layers.concatenate().apply([matched, lookUp('praise', 1)] as SymbolicTensor[])
  const outputs = layers.dense({ units: 1, activation: 'sigmoid', name: 'likes' }).apply(joined) as SymbolicTensor
  return model({ inputs: [history, film], outputs })
}

/** A tenth of the ratings is kept apart; histories hold only what is trained on, and never the film asked about. */
function rowsOf(table: Table) {
  const viewer = table.columns.some(({ name }) => name === 'viewer') ? 'viewer' : 'user'
  const [viewers, filmOf, stars] = [viewer, 'film', 'rating'].map((name) => codesOf(table, name))
  const random = createRandom(1, 'watch histories')
  const isKept = Array.from(viewers!, () => random.uniform() < 0.1)
  const films = filmOf!.reduce((most, film) => Math.max(most, film), 0) + 1
  const byViewer = new Map<number, number[]>()
  for (const [row, viewer] of viewers!.entries()) {
    if (!isKept[row]) byViewer.set(viewer, [...(byViewer.get(viewer) ?? []), row])
  }
  const trained: Rows = { film: [], history: [], liked: [] }
  const kept: Rows = { film: [], history: [], liked: [] }
  for (const [row, viewer] of viewers!.entries()) {
    const others = (byViewer.get(viewer) ?? []).filter((other) => filmOf![other] !== filmOf![row])
    const step = Math.max(1, others.length / LENGTH)
    const taken = Array.from({ length: Math.min(LENGTH, others.length) }, (_, i) => others[Math.floor(i * step)]!)
    const history = taken.map((other) => 1 + filmOf![other]! + (stars![other]! >= LIKED ? films : 0))
    const into = isKept[row] ? kept : trained
    into.film.push(filmOf![row]!)
    into.history.push([...history, ...Array<number>(LENGTH - history.length).fill(0)])
    into.liked.push(stars![row]! >= LIKED ? 1 : 0)
  }
  return { trained, kept, films }
}

/** Numbers as they are, texts and ids counted from 0. */
function codesOf(table: Table, name: string): number[] {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (!column) throw new Error(`The table has no ${name}.`)
  if (column.type === 'string') return Array.from(column.codes)
  if (column.type === 'number') return Array.from(column.values)
  const places = new Map<number, number>()
  return Array.from(column.values, (value) => {
    if (!places.has(value)) places.set(value, places.size)
    return places.get(value)!
  })
}

function popularity(trained: Rows, { film }: Rows, films: number): number[] {
  const [likes, all] = [new Float64Array(films), new Float64Array(films)]
  for (const [i, id] of trained.film.entries()) {
    likes[id]! += trained.liked[i]!
    all[id]!++
  }
  return film.map((id) => (likes[id]! + 1) / (all[id]! + 2))
}

function aucOf(labels: number[], answers: number[]): number {
  const { sums, result } = metrics.auc(tensor1d(labels), tensor1d(answers))
  return result(Float64Array.from(tidy(() => sums().dataSync())))
}
