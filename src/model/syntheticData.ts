import type { EncodedColumn } from '../columns/encodedColumn'
import type { EncodedData, SparseBatch } from '../columns/sparseBatch'
import type { EmbeddingColumn, Experiment, Task } from '../experiment/experiment'
import { categoricalColumnWithIdentity, embeddingColumn } from '../experiment/featureColumn'
import { createRandom, type Random } from '../lib/random'

/** Data for tests and benchmarks of models: no meaning, but shapes of any kind. Not part of the page. */
export interface SyntheticSpec {
  rows: number
  /** `multi`: 0 to 3 ids a row. */
  categorical: { name: string; buckets: number; multi?: boolean }[]
  numeric?: string[]
  task: Task
  outputs: number
  /** Label of a row from its ids (of each column, the first or −1) and numbers; default a small random value. */
  labelOf?: (ids: number[], numbers: number[], output: number, random: Random) => number
}

export function createSyntheticData(spec: SyntheticSpec, seed = 7): EncodedData {
  const { rows, task, outputs, numeric = [] } = spec
  const random = createRandom(seed, 'synthetic')
  const categorical = [...spec.categorical]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, buckets, multi }) => column(name, buckets, rows, multi ?? false, random))
  const numbers = [...numeric]
    .sort()
    .map((name) => ({ name, values: Float32Array.from({ length: rows }, random.normal) }))
  const width = task === 'regression' ? outputs : 1
  const labelOf = spec.labelOf ?? defaultLabel(task, outputs)
  const values = new Float32Array(rows * width)
  for (let row = 0; row < rows; row++) {
    const ids = categorical.map(({ ids, offsets }) =>
      offsets ? (offsets[row] === offsets[row + 1] ? -1 : ids[offsets[row]!]!) : ids[row]!,
    )
    const dense = numbers.map((one) => one.values[row]!)
    for (let output = 0; output < width; output++) values[row * width + output] = labelOf(ids, dense, output, random)
  }
  return {
    rowCount: rows,
    categorical,
    numeric: numbers,
    label: {
      task,
      outputs,
      names: Array.from({ length: outputs }, (_, i) => `y${i}`),
      units: Array.from({ length: outputs }, () => null),
      values,
      scaling: Array.from({ length: outputs }, () => ({ mean: 0, deviation: 1, transform: 'none' as const })),
    },
    trainRows: Uint32Array.from({ length: rows }, (_, i) => i),
    validationRows: new Uint32Array(0),
  }
}

function defaultLabel(task: Task, outputs: number): NonNullable<SyntheticSpec['labelOf']> {
  if (task === 'regression') return (_ids, _numbers, _output, random) => random.normal()
  return (_ids, _numbers, _output, random) => random.integer(task === 'binary' ? 2 : outputs)
}

function column(name: string, buckets: number, rows: number, multi: boolean, random: Random): EncodedColumn {
  const offsets = new Int32Array(rows + 1)
  for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row]! + (multi ? random.integer(4) : 1)
  // Squared: some ids are much more frequent than others, as they are in real data.
  const ids = Int32Array.from({ length: offsets[rows]! }, () => Math.floor(random.uniform() ** 2 * buckets))
  return {
    name,
    buckets,
    ids,
    offsets: multi ? offsets : null,
    bucketKeys: [],
    distinct: 0,
    colliding: 0,
    droppedRows: 0,
  }
}

/** Rows `from` … `from + size − 1` as a batch. */
export function batchOfRows({ categorical, numeric, label }: EncodedData, from: number, size: number): SparseBatch {
  const width = label.task === 'regression' ? label.outputs : 1
  const dense = new Float32Array(size * numeric.length)
  for (let b = 0; b < size; b++)
    for (const [n, { values }] of numeric.entries()) dense[b * numeric.length + n] = values[from + b]!
  return {
    size,
    dense,
    labels: label.values.slice(from * width, (from + size) * width),
    categorical: categorical.map(({ ids, offsets, weights }) => {
      const [first, end] = offsets ? [offsets[from]!, offsets[from + size]!] : [from, from + size]
      return {
        ids: ids.slice(first, end),
        offsets: offsets?.slice(from, from + size + 1).map((offset) => offset - first) ?? null,
        ...(weights && { weights: weights.slice(first, end) }),
      }
    }),
  }
}

/** A complete experiment around columns and a model. */
export function experimentOf(parts: Pick<Experiment, 'columns' | 'model' | 'label'> & Partial<Experiment>): Experiment {
  return {
    version: 1,
    dataset: { source: 'builtin', name: 'movies' },
    dateOrders: {},
    optimizer: { type: 'adagrad', learningRate: 0.1 },
    batchSize: 1024,
    l2: 0,
    seed: 1,
    split: { validationShare: 0.1, seed: 1 },
    stop: { epochs: null, patience: null },
    backend: 'auto',
    ...parts,
  }
}

/** An embedding column over an identity column. */
export function embeddingOfKey(key: string, buckets: number, dimension: number): EmbeddingColumn {
  return embeddingColumn(categoricalColumnWithIdentity(key, buckets), dimension)
}
