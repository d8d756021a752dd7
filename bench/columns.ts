import { createBatchCounter, createBatchDrawer } from '../src/columns/batches'
import { columnValues } from '../src/columns/columnValues'
import { encodeCategorical } from '../src/columns/encodeColumn'
import { encodeData } from '../src/columns/encodeData'
import { fingerprints } from '../src/columns/fingerprint64'
import { shuffledRows } from '../src/columns/rowOrder'
import type { Column, DataSet, Table } from '../src/data/table'
import type { Experiment } from '../src/experiment/experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../src/experiment/featureColumn'
import { labDefaults } from '../src/experiment/labs'
import { createRandom } from '../src/lib/random'
import { tableOf, writeResults } from './writeResults'

const ROWS = 1_000_000
const ROUNDS = 9
const BATCH = 1024

interface Measured {
  what: string
  values: number
  fastestMs: number
  medianMs: number
  slowestMs: number
}

/** Hashing, crossing and batching, on one thread. */
export async function bench(): Promise<void> {
  const rows = [...hashing(), ...crossing(), ...batching()]
  const lines = rows.map(({ what, values, fastestMs, medianMs, slowestMs }) => [
    what,
    values.toLocaleString('en'),
    Math.round(fastestMs),
    Math.round(medianMs),
    Math.round(slowestMs),
    Number((values / medianMs / 1000).toPrecision(3)).toLocaleString('en'),
  ])
  const parts = [
    `**Feature columns**, one thread, nothing cached, median of ${ROUNDS} rounds:`,
    tableOf(['what', 'values', 'fastest ms', 'median ms', 'slowest ms', 'million values/s'], lines),
  ]
  await writeResults('columns', { rows }, parts.join('\n\n'))
}

/** `make` gives each round an input that no cache knows. */
function measure<T>(what: string, values: number, make: () => T, run: (input: T) => unknown): Measured {
  const times = Array.from({ length: ROUNDS }, () => {
    const input = make()
    const startedAt = performance.now()
    run(input)
    return performance.now() - startedAt
  }).sort((a, b) => a - b)
  return { what, values, fastestMs: times[0]!, medianMs: times[ROUNDS >> 1]!, slowestMs: times.at(-1)! }
}

function hashing(): Measured[] {
  const titles = Array.from({ length: ROWS }, (_, i) => `Toy Story ${i} (1995)`)
  const short = Array.from({ length: ROWS }, (_, i) => String(i))
  const long = Array.from({ length: ROWS / 10 }, (_, i) => `${'a title of many words '.repeat(6)}${i}`)
  return [
    measure('fingerprint64 of 6 digits', ROWS, () => short, fingerprints),
    measure('fingerprint64 of a title, about 22 bytes', ROWS, () => titles, fingerprints),
    measure('fingerprint64 of 130 bytes', ROWS / 10, () => long, fingerprints),
    measure(
      'a hash bucket column of 1,000,000 different numbers',
      ROWS,
      () => tableOfColumns([integers('id', (i) => i * 7)]),
      (table) => encodeCategorical(categoricalColumnWithHashBucket('id', 100_000), table),
    ),
  ]
}

function crossing(): Measured[] {
  const cross = crossedColumn(['a', 'b'], 100_000)
  const pairs = (what: string, a: (row: number) => number, b: (row: number) => number) =>
    measure(
      what,
      ROWS,
      () => {
        const table = tableOfColumns([integers('a', a), integers('b', b)])
        // Reading the values of a column once is no part of a cross.
        for (const column of table.columns) columnValues(column)
        return table
      },
      (table) => encodeCategorical(cross, table),
    )
  const random = createRandom(1, 'bench columns')
  const people = Int32Array.from({ length: ROWS }, () => random.integer(1_000_000))
  const films = Int32Array.from({ length: ROWS }, () => random.integer(10_000))
  return [
    pairs(
      'two-key crosses: day × hour',
      (row) => row % 7,
      (row) => Math.floor(row / 7) % 24,
    ),
    pairs(
      'two-key crosses, nearly every pair another',
      (row) => people[row]!,
      (row) => films[row]!,
    ),
  ]
}

/** A vocabulary, a hashed cross and ranges: from columns of a table to every batch of an epoch. */
function batching(): Measured[] {
  const random = createRandom(2, 'bench columns')
  const films = Array.from({ length: 10_000 }, (_, i) => `Film ${i}`)
  const make = (): DataSet =>
    dataSetOf([
      {
        name: 'film',
        type: 'string',
        values: films,
        codes: Int32Array.from({ length: ROWS }, () => random.integer(10_000)),
      },
      integers('day', () => random.integer(7)),
      integers('hour', () => random.integer(24)),
      { name: 'price', type: 'number', values: Float32Array.from({ length: ROWS }, () => random.uniform() * 100) },
      { name: 'y', type: 'number', values: Float32Array.from({ length: ROWS }, () => random.uniform()) },
    ])
  const experiment: Experiment = {
    ...labDefaults.dayHour,
    label: { task: 'regression', targets: [{ column: 'y', transform: 'none', standardize: false }] },
    columns: [
      embeddingColumn(categoricalColumnWithVocabularyList('film', 'data'), 8),
      embeddingColumn(crossedColumn(['day', 'hour'], 1000), 4),
      indicatorColumn(bucketizedColumn(numericColumn('price'), [1, 5, 10, 20, 40, 80])),
    ],
    split: { validationShare: 0.01, seed: 1 },
    batchSize: BATCH,
  }
  return [
    measure(
      `batches of ${BATCH.toLocaleString('en')}: 3 columns of 1,000,000 rows, encoded, split, shuffled and drawn`,
      3 * ROWS,
      make,
      (data) => drawEpoch(data, experiment),
    ),
  ]
}

function drawEpoch(data: DataSet, experiment: Experiment): void {
  const encoded = encodeData(data, experiment)
  const draw = createBatchDrawer(encoded, experiment.batchSize, shuffledRows(encoded.trainRows, experiment.seed))
  const counter = createBatchCounter(encoded.trainRows.length, experiment.batchSize)
  let drawn = 0
  while (counter.epoch === 0) {
    drawn += draw(counter.save()).size
    counter.advance(1)
  }
  if (drawn !== encoded.trainRows.length) throw new Error(`${drawn} rows were drawn of ${encoded.trainRows.length}`)
}

function integers(name: string, value: (row: number) => number): Column {
  return { name, type: 'integer', values: Int32Array.from({ length: ROWS }, (_, row) => value(row)) }
}

function tableOfColumns(columns: Column[]): Table {
  return { name: 'bench', rowCount: ROWS, columns }
}

function dataSetOf(columns: Column[]): DataSet {
  const table = tableOfColumns(columns)
  const summary: DataSet['summary'] = {
    name: 'bench',
    title: 'Bench',
    fingerprint: 'bench',
    rowCount: ROWS,
    columns: columns.map(({ name, type }) => ({
      name,
      type,
      distinct: 0,
      missing: 0,
      min: null,
      max: null,
      samples: [],
      unit: null,
      derivedFrom: null,
      meaning: null,
      ambiguousDate: false,
    })),
    sampleRows: [],
    nature: 'yours',
    natureText: '',
    source: '',
    licence: '',
    kind: 'table',
    warnings: [],
  }
  return { table, summary, entities: [] }
}
