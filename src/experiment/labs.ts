import type { BuiltinName, Experiment } from './experiment'
import {
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
} from './featureColumn'

const shared = {
  version: 1,
  dateOrders: {},
  seed: 42,
  split: { validationShare: 0.1, seed: 1 },
  backend: 'auto',
} as const satisfies Partial<Experiment>

/** What each built-in lab opens with. */
const dayHourColumn = embeddingColumn(crossedColumn(['day', 'hour'], 24 * 7, { exact: true }), 2)

export const labDefaults: Record<BuiltinName, Experiment> = {
  movies: {
    ...shared,
    dataset: { source: 'builtin', name: 'movies' },
    label: { task: 'regression', targets: [{ column: 'rating', transform: 'none', standardize: false }] },
    columns: [
      embeddingColumn(categoricalColumnWithVocabularyList('film', 'data'), 2, { initializerStddev: 0.1 }),
      embeddingColumn(categoricalColumnWithIdentity('viewer', 600), 2, { initializerStddev: 0.1 }),
    ],
    model: { type: 'dotProduct', user: 'viewer', item: 'film', biases: true },
    optimizer: { type: 'adam', learningRate: 0.01, flavor: 'tf1' },
    batchSize: 1024,
    l2: 0.02,
    stop: { epochs: 40, patience: null },
  },
  dayHour: {
    ...shared,
    dataset: { source: 'builtin', name: 'dayHour' },
    label: {
      task: 'regression',
      targets: ['cars', 'bike_members', 'bike_visitors', 'taxi_passengers'].map((column) => ({
        column,
        transform: 'log1p' as const,
        standardize: true,
      })),
    },
    columns: [dayHourColumn],
    model: { type: 'tabular', hiddenUnits: [], activation: 'relu' },
    optimizer: { type: 'adam', learningRate: 0.01, flavor: 'tf1' },
    batchSize: 1024,
    l2: 0,
    stop: { epochs: 40, patience: null },
  },
  television: {
    ...shared,
    dataset: { source: 'builtin', name: 'television' },
    label: { task: 'regression', targets: [{ column: 'tv_viewers', transform: 'log1p', standardize: true }] },
    columns: [dayHourColumn],
    model: { type: 'tabular', hiddenUnits: [], activation: 'relu' },
    optimizer: { type: 'adam', learningRate: 0.01, flavor: 'tf1' },
    batchSize: 1024,
    l2: 0,
    stop: { epochs: 40, patience: null },
  },
  airports: {
    ...shared,
    dataset: { source: 'builtin', name: 'airports' },
    label: { task: 'multiclass', column: 'destination' },
    columns: [embeddingColumn(categoricalColumnWithVocabularyList('origin', 'data'), 8)],
    model: { type: 'tabular', hiddenUnits: [], activation: 'relu' },
    // Gradients of a small airport are thousandths in a batch of thousands: at Adagrad's usual 0.1 it would stay at its initial noise.
    optimizer: { type: 'adagrad', learningRate: 1, flavor: 'tf1' },
    batchSize: 4096,
    l2: 0.0003,
    stop: { epochs: 40, patience: null },
  },
}
