import { useBackend as startBackend } from '../src/model/backends'
import { type EmbeddingSteps, timeEmbeddingSteps } from './estimator/embeddingSteps'
import { type Forecast, type ForecastOptions, forecastSeries } from './estimator/timeSeries'
import { drawnSeries, i94Series } from './estimator/trafficSeries'
import { tableOf, writeResults } from './writeResults'

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'
export const forecastOptions: ForecastOptions = {
  inputs: 24,
  units: 16,
  steps: 600,
  learningRate: 0.01,
  testShare: 0.2,
}

/** The time-series regressor against two forecasts that need no model, and a Keras Embedding step with sparse and with dense gradients. */
export async function bench(): Promise<void> {
  await startBackend('wasm', { wasmPaths })
  const forecasts = [
    {
      series: 'I-94, 2012 to 2018, as measured',
      ...(await forecastSeries(await i94Series('tests/data/i94-traffic.csv.gz'), forecastOptions)),
    },
    {
      series: '200 weeks drawn from the measured profile',
      ...(await forecastSeries(await drawnSeries(), forecastOptions)),
    },
  ]
  // The WASM backend of TensorFlow.js has no gradient of gather, so that there is nothing to compare with.
  await startBackend('cpu', { wasmPaths })
  const embeddings = [await timeEmbeddingSteps(10_000, 7), await timeEmbeddingSteps(1_000_000, 1)]
  await writeResults('estimator', { forecastOptions, forecasts, embeddings }, report(forecasts, embeddings))
}

function report(forecasts: (Forecast & { series: string })[], embeddings: EmbeddingSteps[]): string {
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
    '**A Keras Embedding layer**, one training step of Embedding(rows, 8) → Flatten → Dense(1, sigmoid) on 32 × 10 ids, Adagrad, plain JavaScript backend (the WASM backend of TensorFlow.js cannot train its own layer); median of rounds in turn:',
    tableOf(
      ['rows', 'sparse gradient ms', 'stock TensorFlow.js ms', 'times as fast', 'lowest and highest', 'rounds'],
      embeddings.map(({ rows, sparseMs, stockMs, ratios, rounds }) => [
        rows.toLocaleString('en'),
        sparseMs.toPrecision(3),
        round(stockMs),
        round(stockMs / sparseMs),
        `${round(Math.min(...ratios))} … ${round(Math.max(...ratios))}`,
        rounds,
      ]),
    ),
  ].join('\n\n')
}
