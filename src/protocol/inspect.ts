import type { BackendName, CategoricalColumn } from '../experiment/experiment'
import type { Prediction } from './trainer'

/** Questions about the insides of the columns of the present run, each with one answer of the same `about`. */
export type InspectQuestion =
  /** Hashed into `buckets`, whatever the column itself says. */
  | { about: 'collisions'; column: CategoricalColumn; buckets: number }
  | { about: 'collisionFree'; column: CategoricalColumn }
  /** A row followed through the columns. `seek`: this one, or the next after it with several ids in a column, or with none. */
  | { about: 'row'; row: number; seek: 'this' | 'several' | 'empty' }
  /** The batch that comes next, as a categorical column (by name) reads it. */
  | { about: 'sparse'; column: string }
  /** Times a one-hot product against a lookup, in tables made for it. */
  | { about: 'lookupTime'; vocabulary: number; dimension: number }
  /** Trains the column's indicator and its embedding, on the same labels behind the same hidden layer. */
  | { about: 'inputs'; column: CategoricalColumn; dimension: number }

export interface InspectAnswers {
  collisions: Collisions
  collisionFree: CollisionFree
  row: RowFlow
  sparse: SparseView
  lookupTime: LookupTime
  inputs: InputsCompared
}

export type About = keyof InspectAnswers
export type InspectAnswer = { [A in About]: { about: A } & InspectAnswers[A] }[About]

export interface Collisions {
  buckets: number
  /** Distinct values, or combinations that occur. */
  values: number
  used: number
  /** Values that share their bucket with another. */
  shared: number
  /** What an even hash gives on average. */
  expectedUsed: number
  expectedShared: number
  /** By number of values in a bucket, 0, 1, 2 …; the last counts buckets with at least so many. */
  loads: { expected: number; actual: number }[]
  /** Buckets with more than one value, the fullest first, at most 100. */
  groups: SharedBucket[]
  groupCount: number
  /** [7 × 24] bucket of each hour of the week; -1 where the data has no such hour. null unless the column is keyed by day and hour alone. */
  cells: Int32Array | null
}

export interface SharedBucket {
  bucket: number
  /** What a person calls them; at most 24. */
  labels: string[]
  /** All of them. */
  values: number
  rows: number
}

/** `size` null: not found in about a second. */
export interface CollisionFree {
  size: number | null
  values: number
}

export interface RowFlow {
  /** Counted from 0. */
  row: number
  rowCount: number
  /** Rows in which some column has several ids, or none. */
  severalRows: number
  emptyRows: number
  step: number
  /** Sorted by name: as they are concatenated. */
  columns: FlowColumn[]
  /** What the dense columns make together; null for a dot product, whose two sides are not concatenated. */
  inputWidth: number | null
  /** What a dot product adds up, in label space; null for other models. */
  terms: FlowTerm[] | null
  outputs: Prediction[]
  /** Label of the row in the data, as text. */
  labels: { name: string; text: string }[]
}

export interface FlowTerm {
  name: string
  value: number
}

export interface FlowColumn {
  /** As TensorFlow names it: `film_embedding`. */
  name: string
  /** The keys it reads and what the row holds of them; '' = missing. `label`: what a person calls it. */
  raw: { key: string; text: string; label: string }[]
  /** Place of its first number in the concatenated input. */
  start: number
  width: number
  made:
    | {
        type: 'embedding'
        combiner: 'mean' | 'sum' | 'sqrtn'
        /** Longer rows are scaled down to this length before they are combined; null = none is. */
        maxNorm: number | null
        buckets: number
        lookups: FlowLookup[]
        combined: number[]
      }
    /** One number for each bucket, 0 but for these. */
    | { type: 'indicator'; buckets: number; lookups: FlowLookup[] }
    /** (transform(value) − mean) / deviation. */
    | { type: 'numeric'; transform: 'none' | 'log1p'; mean: number; deviation: number; missing: boolean; value: number }
}

export interface FlowLookup {
  id: number
  /** What is in the bucket, as a person calls it. */
  key: string
  /** Row `id` of the table; empty for an indicator. */
  vector: number[]
  /** What it counts: 1 where the column has no weights. */
  weight: number
}

export interface SparseView {
  column: string
  /** B rows of the data, in the order of the batch. */
  rows: Uint32Array
  buckets: number
  /** Row i of the batch holds ids[offsets[i]] … ids[offsets[i + 1] - 1]. */
  ids: Int32Array
  offsets: Int32Array
  /** Of each id; null = 1. */
  weights: Float32Array | null
  /** The ids that occur in the batch, ascending, and what each stands for. */
  dictionary: { id: number; key: string }[]
  /** Of the whole dictionary: UTF-8 text, and a 32-bit id each. */
  dictionaryBytes: number
  batch: SparseBytes
  all: SparseBytes & { rows: number }
}

/** The same ids in three forms; numbers of 32 bits. */
export interface SparseBytes {
  /** Ids held. */
  values: number
  oneHot: number
  /** Row, column and value of each number that is not 0. */
  triplets: number
  /** Ids alone, with the offsets where rows hold several or none: what this page computes with. */
  ids: number
}

export interface LookupTime {
  rows: number
  vocabulary: number
  dimension: number
  lookupMs: number
  tableBytes: number
  oneHotBytes: number
  /** null: refused, for the memory. */
  oneHotMs: number | null
  /** Between the two results. */
  largestDifference: number | null
}

export interface InputsCompared {
  /** Width of the hidden layer. */
  hidden: number
  batchSize: number
  epochs: number
  backend: BackendName
  indicator: InputsRun
  embedding: InputsRun
}

export interface InputsRun {
  /** Width of what the hidden layer reads. */
  inputs: number
  parameters: number
  msPerEpoch: number
  /** After each epoch, from the first weights on. */
  validationLoss: number[]
}
