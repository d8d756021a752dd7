import { readFile } from 'node:fs/promises'
import { openFiles } from '../src/data/brought/openFiles'
import { loadBuiltin } from '../src/data/builtin/loadBuiltin'
import { useBackend as startBackend } from '../src/model/backends'
import { movieLensZip, noMovieLens } from '../tests/movielens'
import { fileFrom } from '../tests/sharedData'
import { type EmbeddingSteps, LIMIT_MS, timeEmbeddingSteps, timeHugeTable } from './estimator/embeddingSteps'
import { type ExampleSteps, timeExamples } from './estimator/exampleSteps'
import { type Forecast, type ForecastOptions, forecastSeries } from './estimator/timeSeries'
import { drawnSeries, i94Series } from './estimator/trafficSeries'
import { learnWatchHistories, type WatchResult } from './estimator/watchHistories'
import { tableOf, writeResults } from './writeResults'

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'
const RESULTS = 'bench/results/estimator.json'
const forecastOptions: ForecastOptions = {
  inputs: 24,
  units: 16,
  steps: 600,
  learningRate: 0.01,
  testShare: 0.2,
}

interface Results {
  forecasts: (Forecast & { series: string })[]
  watched: (WatchResult & { data: string })[]
  embeddings: EmbeddingSteps[]
  examples: ExampleSteps[]
}

const measures: { [Part in keyof Results]: () => Promise<Results[Part]> } = {
  async forecasts() {
    await startBackend('wasm', { wasmPaths })
    const measured = await i94Series('tests/data/i94-traffic.csv.gz')
    return [
      { series: 'I-94, 2012 to 2018, as measured', ...(await forecastSeries(measured, forecastOptions)) },
      {
        series: '200 weeks drawn from the measured profile',
        ...(await forecastSeries(await drawnSeries(), forecastOptions)),
      },
    ]
  },
  async watched() {
    await startBackend('wasm', { wasmPaths })
    return watchHistories()
  },
  async embeddings() {
    // The WASM backend of TensorFlow.js has no gradient of gather, so that there is nothing to compare with.
    await startBackend('cpu', { wasmPaths })
    return [await timeEmbeddingSteps(10_000, 7), await timeEmbeddingSteps(100_000, 1), await timeHugeTable(1_000_000)]
  },
  examples: () => timeExamples(5),
}

/**
 * The time-series regressor against two forecasts that need no model, a Keras model of watch histories, and a Keras Embedding step with sparse and with dense
 * gradients, and the steps of the lab's examples. `parts`: those to measure anew, all by default; the others are taken from the last results.
 */
export async function bench(parts: string[]): Promise<void> {
  const names = Object.keys(measures) as (keyof Results)[]
  const unknown = parts.find((part) => !(part in measures))
  if (unknown !== undefined) throw new Error(`There is no part ${unknown}. There are: ${names.join(', ')}.`)
  const isAnew = (part: keyof Results) => parts.length === 0 || parts.includes(part)
  const last = names.every(isAnew) ? null : (JSON.parse(await readFile(RESULTS, 'utf8')) as Results)
  const results: Results = {
    forecasts: isAnew('forecasts') ? await measures.forecasts() : last!.forecasts,
    watched: isAnew('watched') ? await measures.watched() : last!.watched,
    embeddings: isAnew('embeddings') ? await measures.embeddings() : last!.embeddings,
    examples: isAnew('examples') ? await measures.examples() : last!.examples,
  }
  await writeResults('estimator', { forecastOptions, ...results }, report(results))
}

const WATCH_STEPS = 800

async function watchHistories(): Promise<Results['watched']> {
  const read = async (path: string) => new Uint8Array(await readFile(`public/${path}`)).buffer
  const movies = await loadBuiltin('movies', read)
  const results = [{ data: 'Movies, simulated viewers', ...(await learnWatchHistories(movies.table, WATCH_STEPS)) }]
  if (!movieLensZip) {
    console.log(`MovieLens is left out: ${noMovieLens}`)
    return results
  }
  const { table } = await openFiles([await fileFrom(movieLensZip)], { dateOrders: {}, onProgress: () => {} })
  return [...results, { data: 'MovieLens latest-small', ...(await learnWatchHistories(table, WATCH_STEPS)) }]
}

function report({ forecasts, watched, embeddings, examples }: Results): string {
  const { inputs, units, steps } = forecastOptions
  const round = (value: number) => Math.round(value).toLocaleString('en')
  const better = (ours: number, theirs: number) => `${Math.round((1 - ours / theirs) * 100)} %`
  return [
    `**An hour ahead**, RMSE in cars an hour on the last fifth of the hours, never trained on: windows of ${inputs} hours → basic LSTM cell of ${units} units → static RNN → last output × weight + bias; ${steps} steps of Adam on 64 windows:`,
    tableOf(
      ['series', 'LSTM', 'same as last hour', 'same hour last week', 'LSTM is better by', 'test hours'],
      forecasts.map(({ series, lstm, lastHour, lastWeek, testHours }) => [
        series,
        round(lstm),
        round(lastHour),
        round(lastWeek),
        `${better(lstm, lastHour)} and ${better(lstm, lastWeek)}`,
        round(testHours),
      ]),
    ),
    'RMSE at each evaluation of `trainAndEvaluate`:',
    tableOf(
      ['series', ...forecasts[0]!.evaluations.map(({ step }) => `step ${step}`)],
      forecasts.map(({ series, evaluations }) => [series, ...evaluations.map(({ rmse }) => round(rmse))]),
    ),
    `**Does this viewer like this film** (4 stars or more), area under the ROC curve on a tenth of the ratings, never trained on: a Keras model, Embedding(1 + 2 · films, 8) of 30 films that the viewer rated, liked or not, averaged, times Embedding(films, 8) of the film → Dense(1, sigmoid), by \`modelToEstimator\`; ${WATCH_STEPS} steps of lazy Adam on 256 rows:`,
    tableOf(
      ['data', 'the model', 'share of others who like the film', 'ratings trained on', 'kept apart'],
      watched.map(({ data, auc, popularityAuc, trainRows, testRows }) => [
        data,
        auc.toFixed(2),
        popularityAuc.toFixed(2),
        round(trainRows),
        round(testRows),
      ]),
    ),
    '**A Keras Embedding layer**, one training step of Embedding(rows, 8) → Flatten → Dense(1, sigmoid) on 32 ids, Adagrad, plain JavaScript backend (the WASM backend of TensorFlow.js cannot train its own layer); median of rounds in turn:',
    tableOf(
      ['rows', 'sparse gradient ms', 'stock TensorFlow.js ms', 'times as fast', 'lowest and highest', 'rounds'],
      embeddings.map(({ rows, sparseMs, stockMs, ratios, rounds }) => [
        rows.toLocaleString('en'),
        sparseMs.toPrecision(3),
        stockMs === null ? `not done after ${round(LIMIT_MS)}` : round(stockMs),
        stockMs === null ? `over ${round(LIMIT_MS / sparseMs)}` : round(stockMs / sparseMs),
        ratios.length < 2 ? '–' : `${round(Math.min(...ratios))} … ${round(Math.max(...ratios))}`,
        rounds,
      ]),
    ),
    '**The examples of the *Custom model* lab**, training steps a second as the sandbox takes them, one thread, evaluations apart; median of rounds in turn:',
    tableOf(
      ['example', 'WebAssembly', 'plain JavaScript', 'times as fast', 'lowest and highest', 'rounds'],
      examples.map(({ example, wasm, cpu, ratios }) => [
        example,
        round(wasm),
        round(cpu),
        (wasm / cpu).toFixed(1),
        `${Math.min(...ratios).toFixed(1)} … ${Math.max(...ratios).toFixed(1)}`,
        ratios.length,
      ]),
    ),
  ].join('\n\n')
}
