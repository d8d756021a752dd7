import type { ModeKeys } from './modeKeys'

/** How a host sees a run. Every member is optional; an observer that throws ends the run. Called between steps, in order. */
export interface RunObserver {
  /** After each training step. */
  stepped?(event: Stepped): void
  evaluated?(event: Evaluated): void
  checkpointSaved?(event: CheckpointSaved): void
  /** By an exporter of `trainAndEvaluate`, or `exportSavedModel`. */
  exported?(artifact: ExportedArtifact): void
  /** What the model function returned: its first call in each mode, then at most every half second. */
  spec?(parts: SpecParts): void
  /** A table that the code wants on the map (`watchEmbedding`): at its first call, and again when its keys or its shape change. */
  tableDeclared?(table: WatchedTable): void
  /** What TensorFlow would log at INFO: "Saving checkpoints for 100 into …". */
  info?(message: string): void
}

export interface Stepped {
  modelDir: string
  /** Counted in total, over every call of `train`. */
  globalStep: number
  loss: number
  /** The step alone, inputs and hooks apart. */
  stepMs: number
  /** Tensors alive after it, in all of TensorFlow.js. */
  tensors: number
  /** How many of them this step left behind: variables and optimizer slots are not counted, so it should be 0. */
  leakedTensors: number
}

export interface Evaluated {
  modelDir: string
  /** `eval`, or `eval_<name>`. */
  name: string
  globalStep: number
  /** The mean loss is called `loss`, as in TensorFlow. */
  metrics: Readonly<Record<string, number>>
}

export interface CheckpointSaved {
  /** As `latestCheckpoint` gives it. */
  path: string
  globalStep: number
  bytes: number
}

export interface ExportedArtifact {
  /** Name of the exporter, or `exportSavedModel`. */
  exporter: string
  /** Folder: `model/export/best/100`. */
  path: string
  globalStep: number
  /** In the storage, under `path`. */
  files: { name: string; bytes: number }[]
}

/** The six things of an `EstimatorSpec`, in plain data; null = not given. */
export interface SpecParts {
  mode: ModeKeys
  globalStep: number
  predictions: Record<string, TensorSummary> | null
  loss: number | null
  /** "Adam(0.01) minimizes the loss over 5 variables" */
  trainOp: string | null
  /** Names. */
  evalMetricOps: string[] | null
  exportOutputs: Record<
    string,
    { kind: 'regression' | 'classification' | 'predict'; outputs: Record<string, TensorSummary> }
  > | null
}

export interface TensorSummary {
  dtype: string
  shape: number[]
  /** The first numbers, at most 8. */
  head: number[]
}

export interface WatchedTable {
  name: string
  /** What each row stands for; as many as `rows`. */
  keys: readonly string[]
  rows: number
  dimension: number
  /** A fresh copy [rows × dimension] of the values as they are now. To be called whenever a picture is wanted. */
  read(): Promise<Float32Array>
}
