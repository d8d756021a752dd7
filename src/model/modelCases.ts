import type { EncodedData } from '../columns/sparseBatch'
import type { DenseColumn, Experiment } from '../experiment/experiment'
import { categoricalColumnWithIdentity } from '../experiment/featureColumn'
import { sharedEmbeddingColumns } from '../experiment/sharedEmbeddingColumns'
import { createRandom } from '../lib/random'
import { createSyntheticData, embeddingOfKey, experimentOf } from './syntheticData'

/** One of each kind of model, small: for tests on every backend. */
export interface ModelCase {
  name: string
  encoded: EncodedData
  experiment: Experiment
}

export function modelCases(overrides: Partial<Experiment> = {}): ModelCase[] {
  return [
    dotProductCase('dot product, regression', 'regression', false, overrides),
    dotProductCase('dot product of bags, binary', 'binary', true, overrides),
    tabularCase('network on all kinds of columns, two targets, tanh', 'regression', [5, 4], 'tanh', overrides),
    tabularCase('network on all kinds of columns, binary, relu', 'binary', [6], 'relu', overrides),
    tabularCase('linear model on all kinds of columns, classes', 'multiclass', [], 'relu', overrides),
    groupedCase(overrides),
  ]
}

/** Two columns that look up one table, beside another: of bags and numbers, and of single ids, whose examples are grouped. */
export function sharedCases(overrides: Partial<Experiment> = {}): ModelCase[] {
  const shared = sharedEmbeddingColumns(
    ['seen', 'before'].map((key) => categoricalColumnWithIdentity(key, 7)),
    3,
  )
  const made = (task: 'regression' | 'multiclass', multi: boolean, numeric: string[]): ModelCase => ({
    name: `a table that two columns share, ${task}`,
    encoded: createSyntheticData({
      rows,
      categorical: [
        { name: 'before', buckets: 7, multi },
        { name: 'other', buckets: 4 },
        { name: 'seen', buckets: 7 },
      ],
      numeric,
      task,
      outputs: 3,
    }),
    experiment: experimentOf({
      columns: [
        ...shared,
        embeddingOfKey('other', 4, 2),
        ...numeric.map((key): DenseColumn => ({ type: 'numeric', key, normalizer: 'none' })),
      ],
      model: { type: 'tabular', hiddenUnits: [4], activation: 'tanh' },
      label: labelOf(task),
      ...overrides,
    }),
  })
  return [made('regression', true, ['temp']), made('multiclass', false, [])]
}

/** The same, the ids of every column weighted from −0.25 to 2: some count nothing where a combiner divides by the weights. */
export function weightedCase({ name, encoded, experiment }: ModelCase): ModelCase {
  const random = createRandom(5, name)
  const categorical = encoded.categorical.map((column) => ({
    ...column,
    weights: Float32Array.from(column.ids, () => 2.25 * random.uniform() - 0.25),
  }))
  return { name: `${name}, weighted`, encoded: { ...encoded, categorical }, experiment }
}

const rows = 60

function dotProductCase(
  name: string,
  task: 'regression' | 'binary',
  multi: boolean,
  overrides: Partial<Experiment>,
): ModelCase {
  return {
    name,
    encoded: createSyntheticData({
      rows,
      categorical: [
        { name: 'film', buckets: 9, multi },
        { name: 'viewer', buckets: 7 },
      ],
      task,
      outputs: 1,
    }),
    experiment: experimentOf({
      columns: [embeddingOfKey('film', 9, 3), embeddingOfKey('viewer', 7, 3)],
      model: { type: 'dotProduct', user: 'viewer', item: 'film', biases: true },
      label: labelOf(task),
      ...overrides,
    }),
  }
}

function tabularCase(
  name: string,
  task: 'regression' | 'binary' | 'multiclass',
  hiddenUnits: number[],
  activation: 'relu' | 'tanh',
  overrides: Partial<Experiment>,
): ModelCase {
  const genre: DenseColumn = { ...embeddingOfKey('genre', 8, 2), combiner: 'sqrtn' }
  return {
    name,
    encoded: createSyntheticData({
      rows,
      categorical: [
        { name: 'day', buckets: 7 },
        { name: 'genre', buckets: 8, multi: true },
        { name: 'tag', buckets: 6, multi: true },
      ],
      numeric: ['temp', 'hour'],
      task,
      outputs: task === 'regression' ? 2 : task === 'binary' ? 1 : 3,
    }),
    experiment: experimentOf({
      columns: [
        { type: 'numeric', key: 'temp', normalizer: 'none' },
        genre,
        { type: 'indicator', categorical: { type: 'identity', key: 'tag', numBuckets: 6, defaultValue: null } },
        embeddingOfKey('day', 7, 3),
        { type: 'numeric', key: 'hour', normalizer: 'none' },
      ],
      model: { type: 'tabular', hiddenUnits, activation },
      label: labelOf(task),
      ...overrides,
    }),
  }
}

/** Single ids only: examples with the same two ids are computed once. */
function groupedCase(overrides: Partial<Experiment>): ModelCase {
  return {
    name: 'classes given two ids, one of them an indicator',
    encoded: createSyntheticData({
      rows,
      categorical: [
        { name: 'carrier', buckets: 3 },
        { name: 'origin', buckets: 5 },
      ],
      task: 'multiclass',
      outputs: 4,
    }),
    experiment: experimentOf({
      columns: [
        { type: 'indicator', categorical: { type: 'identity', key: 'carrier', numBuckets: 3, defaultValue: null } },
        embeddingOfKey('origin', 5, 2),
      ],
      model: { type: 'tabular', hiddenUnits: [3], activation: 'tanh' },
      label: labelOf('multiclass'),
      ...overrides,
    }),
  }
}

function labelOf(task: 'regression' | 'binary' | 'multiclass'): Experiment['label'] {
  if (task === 'binary') return { task, column: 'y', positive: '1' }
  if (task === 'multiclass') return { task, column: 'y' }
  return { task, targets: [{ column: 'y', transform: 'none', standardize: false }] }
}
