import type { DataSummary } from '../experiment/dataSummary'
import type { BackendName, DatasetRef, Experiment } from '../experiment/experiment'
import type { InspectAnswer, InspectQuestion } from './inspect'

/** Main thread → worker: imperative. */
export type TrainerCommand =
  /** Reads files that the person chose; answers `dataLoaded` or `dataFailed` with the same `requestId`. */
  | { type: 'openFiles'; requestId: number; files: File[]; dateOrders: Record<string, 'dayFirst' | 'monthFirst'> }
  | { type: 'openBuiltin'; requestId: number; dataset: DatasetRef }
  /** Stops reading files; `dataFailed` follows, which nobody waits for any more. */
  | { type: 'cancelOpening'; requestId: number }
  /** Encodes and starts a run. `weights`: bytes of an exported weights file to go on from. Replaces the current run, which is kept for `returnToRun`. */
  | {
      type: 'start'
      runId: number
      experiment: Experiment
      play: boolean
      weights?: ArrayBuffer
      /** A run of the same data that this one replaces: its vectors are taken over, each bucket from the bucket that its rows looked up there. */
      openFrom?: number
    }
  /** Back to a run that was replaced (undo): its weights, step and optimizer state are as they were. Started anew when it is no longer kept. */
  | { type: 'returnToRun'; runId: number; experiment: Experiment; play: boolean }
  | { type: 'play' }
  | { type: 'pause' }
  /** One mini-batch, or to the end of the epoch; ends paused. */
  | { type: 'step'; unit: 'batch' | 'epoch' }
  /** Applies while it runs. */
  | { type: 'tune'; learningRate: number }
  /** Upper bound on steps a second; null = as fast as it goes. */
  | { type: 'pace'; stepsPerSecond: number | null }
  /** Milliseconds to leave the processor to the page after each stretch of training. */
  | { type: 'rest'; ms: number }
  /** Puts the weights of the best validation epoch (or the last finite ones after a NaN) back; ends paused. */
  | { type: 'returnToCheckpoint'; which: 'best' | 'lastFinite' }
  /** Which table's vectors to send, and whether the day × hour grid is looked at. */
  | ({
      type: 'watch'
      table: string | null
      grid: boolean
      /** Nothing is sent while the run plays, only when it has come to stand: nobody looks at the way there. */
      standingOnly?: boolean
    } & NearnessAsked)
  | { type: 'returnSnapshot'; vectors: Float32Array<ArrayBuffer> }
  /** `ofRun`: one that was replaced and is kept; absent: the present one. */
  | { type: 'exportWeights'; requestId: number; optimizerState: boolean; ofRun?: number }
  /** Keeps an exported weights file, for columns that start from it (`startFrom`). Answers `checkpointAdded`. */
  | { type: 'addCheckpoint'; requestId: number; bytes: ArrayBuffer }
  /** One row by hand: values by key, as text. Answers `predicted`. */
  | { type: 'predict'; requestId: number; values: Record<string, string> }
  /** What the model recommends to a viewer of the data, or to one who rated these (folded in by ridge regression). Answers `recommended`. */
  | { type: 'recommend'; requestId: number; user: string | null; ratings: { item: string; rating: number }[] }
  /** What a watch list holds so far, by value of the item column, the oldest first. Answers `recommendedNext`. */
  | { type: 'recommendNext'; requestId: number; watched: string[] }
  /** How a column of the present run works inside. Answers `inspected`. */
  | { type: 'inspect'; requestId: number; question: InspectQuestion }

/** Worker → main thread: what has happened. */
export type TrainerEvent =
  | { type: 'ready'; backends: BackendInfo[] }
  | { type: 'dataProgress'; requestId: number; file: string; bytesRead: number; bytesTotal: number; rows: number }
  | { type: 'dataLoaded'; requestId: number; summary: DataSummary }
  | { type: 'dataFailed'; requestId: number; problem: DataProblem }
  | { type: 'exported'; requestId: number; bytes: ArrayBuffer }
  | { type: 'checkpointAdded'; requestId: number; checkpoint: CheckpointInfo }
  | { type: 'predicted'; requestId: number; outputs: Prediction[] }
  | { type: 'recommended'; requestId: number; items: Recommendation[]; rated: { item: string; rating: number }[] }
  /** Scores: the chance to be the next item, and of the popular ones the share of lists that hold it. */
  | { type: 'recommendedNext'; requestId: number; items: Recommendation[]; popular: Recommendation[] }
  | { type: 'inspected'; requestId: number; answer: InspectAnswer }
  /** The answer to a request that could not be met. */
  | { type: 'refused'; requestId: number; message: string }
  | { type: 'deviceLost'; message: string }
  | RunEvent

/** About one run; the store drops those of an earlier run. */
export type RunEvent = { runId: number } & (
  | { type: 'started'; run: RunInfo }
  | { type: 'played' }
  | { type: 'paused'; step: number; reason: PauseReason }
  | { type: 'progress'; step: number; epoch: number; examplesPerSecond: number; trainLoss: number; memoryBytes: number }
  /** In the order of their steps; several where epochs are short. */
  | { type: 'evaluated'; evaluations: Evaluation[] }
  | { type: 'points'; points: PointsInfo }
  | {
      type: 'snapshot'
      step: number
      table: string
      rows: number
      dimension: number
      vectors: Float32Array<ArrayBuffer>
    }
  | { type: 'gridObserved'; grid: ObservedGrid }
  /** [targets × 7 × 24], in the units of the data. */
  | { type: 'gridPredicted'; step: number; values: Float32Array }
  | { type: 'probed'; step: number; table: string; probes: Probe[]; comparisons: Comparison[] }
  /** The run could not start or broke. `field`: path in the experiment ('columns.2.dimension') that the message is about. */
  | { type: 'failed'; message: string; field: string | null; stack: string | null }
)

export type PauseReason =
  | { why: 'asked' }
  | { why: 'epochs' }
  | { why: 'noImprovement'; bestEpoch: number }
  /** `cause` names the setting that is the likely cause, in words. */
  | { why: 'notFinite'; cause: string; field: string; lastFiniteStep: number }

export interface BackendInfo {
  name: BackendName
  available: boolean
  /** Runs on the CPU in software: never chosen by `auto`. */
  software: boolean
  /** `NVIDIA H100`, `SIMD`. */
  detail: string
  /** Why it is not available, in words. */
  reason: string | null
}

export interface DataProblem {
  message: string
  file: string | null
  /** 1-based, the header counted as row 1. */
  row: number | null
  column: string | null
}

/** Everything about a run that does not change while it trains. */
export interface RunInfo {
  experiment: Experiment
  summary: DataSummary
  backend: BackendName
  /** Why this backend, in one sentence. */
  backendReason: string
  /** Of the CPU. */
  threads: number
  columns: ColumnReport[]
  tables: TableInfo[]
  /** All trained numbers, and their bytes with optimizer state. */
  parameters: number
  bytes: number
  trainRows: number
  validationRows: number
  stepsPerEpoch: number
  /** By categorical column: ids that occur only in validation rows. */
  validationOnlyIds: { column: string; ids: number; rows: number }[]
  metricNames: MetricName[]
  /** Set when going on from imported weights. */
  startStep: number
  /** Of a run that has just been started from a weights file. */
  imported?: ImportReport
  /** Of the columns with `startFrom`, in a run that began with their rows. */
  warmStarts?: WarmStart[]
}

/** What a weights file holds to start from. */
export interface CheckpointInfo {
  /** Of its bytes: what `startFrom` names. */
  fingerprint: string
  /** Of the data it was trained on. */
  title: string
  tables: TableInfo[]
}

/** How many rows of a table began with those of a checkpoint. */
export interface WarmStart {
  /** `film_embedding`. */
  table: string
  ckptToLoadFrom: string
  tensorNameInCkpt: string
  /** What told the rows: their key, the name that a person calls them by, or the number of a hash bucket. */
  by: 'key' | 'name' | 'bucket'
  /** Rows with a key, and those of them that began with a row of the checkpoint; the others have their usual first values. */
  values: number
  found: number
}

/** How a weights file fits the data at hand. */
export interface ImportReport {
  /** By categorical column whose rows are matched by value: values of the data, and those of them that the file has a row for. */
  matched: { column: string; values: number; found: number }[]
  /** Inputs and outputs that the file scales, or whose values it orders, otherwise than these data do. */
  changed: string[]
}

/** An embedding table of the model. */
export interface TableInfo {
  /** `film_embedding`. */
  name: string
  column: string
  rows: number
  dimension: number
}

/** One card: what a feature column does to this data set. */
export interface ColumnReport {
  /** `film_embedding`, as TensorFlow names it. */
  name: string
  buckets: number
  /** Buckets that at least one row of the data uses. */
  used: number
  /** Distinct values (or combinations) that share their bucket with another. */
  colliding: number
  /** Distinct values or combinations seen. */
  distinct: number
  /** Rows whose value is dropped (out of vocabulary or missing). */
  droppedRows: number
  parameters: number
  bytes: number
}

/** `recall10`: of a watch list; `popularity10`: the same of the most popular items, whatever the list. */
export type MetricName = 'loss' | 'mse' | 'rmse' | 'r2' | 'logLoss' | 'auc' | 'accuracy' | 'recall10' | 'popularity10'
export type Metrics = Partial<Record<MetricName, number>>

export interface Evaluation {
  step: number
  epoch: number
  /** Over a fixed sample of training rows, as many as there are validation rows. */
  train: Metrics
  validation: Metrics
  /** Per target of a regression with several: validation R². */
  perTarget: { name: string; r2: number }[]
  isBest: boolean
}

/** The points of a table: what they are called and what they can be coloured by. Sent once per table and run. */
export interface PointsInfo {
  table: string
  /** Bucket key beside each row (for a hashed bucket the values in it, joined by ' · '). */
  keys: string[]
  /** [rows] 1 = several values share it; null or absent: none does. */
  shared?: Uint8Array | null
  /** What a person calls it; a film's title, `Fri 17 h`. */
  labels: string[]
  /** Training rows that look this bucket up; sizes the dot. */
  counts: Uint32Array
  attributes: Attribute[]
  /** Name of the attribute to colour by at first. */
  colorBy: string | null
}

/** The points of an embedding table with their vectors at one moment of a run. */
export interface LearntTable {
  points: PointsInfo
  dimension: number
  /** [rows × dimension] */
  vectors: Float32Array
}

export type Attribute =
  /** `codes[row]` indexes `categories`; -1 = unknown. `ordered`: colours follow the order. */
  | { kind: 'category'; name: string; title: string; categories: string[]; ordered: boolean; codes: Int16Array }
  | { kind: 'number'; name: string; title: string; unit: string | null; values: Float32Array }
  /** A value on a circle of the given period: hour 24, day 7. */
  | { kind: 'cyclic'; name: string; title: string; period: number; values: Float32Array }

export interface ObservedGrid {
  /** Target names with units, as many as the label has. */
  targets: { name: string; unit: string | null }[]
  /** [targets × 7 × 24] mean of the training rows in label space, in the units of the data; NaN where there is no row. */
  values: Float32Array
  /** [7 × 24] training rows. */
  counts: Uint32Array
  /** Columns that hold day and hour. */
  dayColumn: string
  hourColumn: string
  /** Whether the model reads nothing else, so that it has one answer to an hour. */
  readsOnlyTheWeek: boolean
  /** [7 × 24] row of the watched cross table, -1 where the table is not keyed by both day and hour. By table name. */
  tableRows: Record<string, Int32Array>
}

/** A number that says how well a table knows something it was not told: 5-fold cross-validated R² of a linear fit. */
export interface Probe {
  attribute: string
  title: string
  r2: number
  /** The same with rows shuffled: what chance gives. */
  shuffledR2: number
}

/** How the neighbours are found that vectors are compared by; left out: 8, and what suits the dimension (distance up to 2, cosine above). */
export interface NearnessAsked {
  neighbors?: number
  similarity?: 'cosine' | 'euclidean' | 'dot' | null
}

/** What vectors near one another have in common, beside the same with the facts shuffled over the rows. NaN: it cannot be told. */
export interface Comparison {
  truth:
    | { kind: 'category'; title: string; ordered: boolean }
    | { kind: 'place'; km: number }
    /** `week`: the key holds the day as well. */
    | { kind: 'hour'; week: boolean }
  /** Neighbours looked at for each row. */
  neighbors: number
  /** Rows whose neighbours were looked up, of all that are known and were trained. */
  askedRows: number
  rows: number
  /** Share of the nearest that are related, and the most that any vectors could reach. */
  overlap: Measured & { reachable: number }
  /** Share of triples whose nearer one is nearer; 0.5 is chance. */
  triplets: Measured
  /** Spearman's correlation of distances in the vectors and in truth. */
  ranks: Measured
}

export interface Measured {
  learnt: number
  shuffled: number
}

export interface Prediction {
  name: string
  value: number
  unit: string | null
}

export interface Recommendation {
  item: string
  label: string
  score: number
}
