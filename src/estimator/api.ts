/**
 * All that the code of a model may import, and the one module that the editor of the *Custom model* lab sees:
 *
 *     import { Estimator, EstimatorSpec, getVariable, ModeKeys, tf, train, trainAndEvaluate } from 'estimator'
 *
 * Names, defaults and answers are those of `tf.estimator`, `tf.compat.v1.train`, `tf.compat.v1.metrics` and `tf.keras`, in camelCase. What differs, because
 * TensorFlow.js computes at once where TensorFlow 1 first drew a graph, is said in docs/estimator.md.
 */

import type { Feature } from '../columns/feature'
import type { DataSet } from '../data/table'
import type { DenseColumn } from '../experiment/experiment'
import type { ModeKeys } from './modeKeys'
import type * as tf from './tf'

export { ModeKeys } from './modeKeys'
export * as tf from './tf'
export type { DataSet, Feature }

// ---------------------------------------------------------------- what a model function gets

/** Numbers as tensors [rows, …]; words, and several values a row, as `Feature`s for feature columns. */
export type Features = Record<string, tf.Tensor | Feature>

export interface Batch<F extends Features = Features> {
  features: F
  /** Left out where there are none: a prediction. */
  labels?: tf.Tensor
}

/** Where an input function is to start. One that honours `startStep` makes a resumed run the same as one never interrupted. */
export interface InputContext {
  mode: ModeKeys
  /** Batches that earlier calls of `train` took: the global step. 0 for evaluation and prediction. */
  startStep: number
}

/** Called once for each `train`, `evaluate`, `predict`. The tensors of a batch become the Estimator's: it disposes of them after the step. */
export type InputFn<F extends Features = Features> = (
  context: InputContext,
) => Iterable<Batch<F>> | AsyncIterable<Batch<F>>

/** [rows, …] as nested arrays, a tensor (kept the caller's), a typed array with its shape, texts, or several values a row. */
export type InputArray =
  | tf.Tensor
  | Feature
  | readonly number[]
  | readonly number[][]
  | readonly string[]
  | Float32Array
  | Int32Array

/**
 * TensorFlow's `numpy_input_fn`: rows of `x` and `y` in batches. `numEpochs` null = without end; `shuffle` is by `seed`, another order in each epoch, and starts at
 * any step at no cost. The last batch of an epoch may be short.
 */
export declare function arrayInputFn(options: {
  x: Record<string, InputArray>
  y?: InputArray
  /** 128 */
  batchSize?: number
  /** 1 */
  numEpochs?: number | null
  shuffle: boolean
  seed?: number
}): InputFn

/** A table as columns of `arrayInputFn`: every column of it by its name, or those of `columns`. */
export declare function tableInputFn(
  table: DataSet['table'],
  options: {
    label?: string
    columns?: string[]
    /** Row numbers; all of them by default. */
    rows?: Int32Array
    batchSize?: number
    numEpochs?: number | null
    shuffle: boolean
    seed?: number
  },
): InputFn

/** Data that the page (or the program around) holds: `dayHour`, `movies`, `airports`, `titles`, `yours`. Throws for other names and lists those there are. */
export declare function openData(name: string): Promise<DataSet>

// ---------------------------------------------------------------- the model function and its answer

/**
 * Called anew for each batch: it computes, where a TensorFlow 1 model function draws. Make variables by `getVariable`, so that each call finds those of the last.
 * `labels` are null in PREDICT mode (use `labels!` in the others).
 */
export type ModelFn<F extends Features = Features, P = Record<string, unknown>> = (
  features: F,
  labels: tf.Tensor | null,
  mode: ModeKeys,
  params: P,
) => EstimatorSpec

/**
 * The six things. TRAIN needs `loss` and `trainOp`, EVAL `loss`, PREDICT `predictions`; the constructor throws an `EstimatorSpecError` that
 * names which of the six is missing (`.missing`) or wrong.
 */
export declare class EstimatorSpec {
  constructor(spec: EstimatorSpecOptions)
  readonly mode: ModeKeys
  readonly predictions: Record<string, tf.Tensor> | null
  readonly loss: tf.Scalar | null
  readonly trainOp: TrainOp | null
  readonly evalMetricOps: Record<string, MetricOp>
  readonly exportOutputs: Record<string, ExportOutput>
}

export interface EstimatorSpecOptions {
  mode: ModeKeys
  /** One tensor, or several by name; as many rows as the batch. */
  predictions?: tf.Tensor | Record<string, tf.Tensor> | null
  /** One number: shape [] (or [1]). */
  loss?: tf.Tensor | null
  /** `optimizer.minimize(loss, getGlobalStep())`. A function takes the step itself (see docs/estimator.md). */
  trainOp?: TrainOp | null
  /** From `metrics`. */
  evalMetricOps?: Record<string, MetricOp> | null
  /** What `exportSavedModel` names; PREDICT without it exports `predictions` as `PredictOutput`. */
  exportOutputs?: Record<string, ExportOutput> | null
}

export declare class EstimatorSpecError extends Error {
  /** mode, predictions, loss, trainOp, evalMetricOps or exportOutputs. */
  readonly part: keyof EstimatorSpecOptions
}

export declare class RegressionOutput {
  readonly kind: 'regression'
  constructor(options: { value: tf.Tensor })
}
/** Scores [B, classes] or class labels, or both. */
export declare class ClassificationOutput {
  readonly kind: 'classification'
  constructor(options: { scores?: tf.Tensor; classes?: tf.Tensor })
}
export declare class PredictOutput {
  readonly kind: 'predict'
  constructor(outputs: tf.Tensor | Record<string, tf.Tensor>)
}
export type ExportOutput = RegressionOutput | ClassificationOutput | PredictOutput

// ---------------------------------------------------------------- variables

/** First values: by shape, drawn from `random` (seeded by the Estimator's seed and the variable's name). */
export type Initializer = (
  shape: number[],
  random: { uniform(): number; normal(): number; truncatedNormal(): number },
) => Float32Array

/**
 * `tf.compat.v1.get_variable`: the variable of that name in the current scope, made at the first call of the model function. Twice in one call is an error, as in TensorFlow,
 * unless the scope says `reuse`. Only within a model function. Default initializer: Glorot uniform.
 */
export declare function getVariable(
  name: string,
  shape: number[],
  initializer?: Initializer,
  options?: { trainable?: boolean },
): tf.Variable

/** Names made in `f` start with `name/`. `reuse`: names that this call has already asked for are given again. */
export declare function variableScope<T>(name: string, f: () => T, options?: { reuse?: boolean }): T

/** The step count of the Estimator whose model function runs: for `minimize`, and `.value` for schedules. */
export declare function getGlobalStep(): GlobalStep
export interface GlobalStep {
  readonly value: number
}

export declare const initializers: {
  zeros(): Initializer
  ones(): Initializer
  constant(value: number | ArrayLike<number>): Initializer
  randomNormal(mean?: number, stddev?: number): Initializer
  truncatedNormal(mean?: number, stddev?: number): Initializer
  randomUniform(min?: number, max?: number): Initializer
  glorotUniform(): Initializer
}

/**
 * `tf.nn.embedding_lookup`: rows of `params` [V, D] by `ids` of any shape → [...shape, D]. The gradient touches only the rows looked up, and the optimizer only them:
 * a step costs the same whatever V is.
 */
export declare function embeddingLookup(params: tf.Variable, ids: tf.Tensor | Int32Array | readonly number[]): tf.Tensor

/** `tf.nn.embedding_lookup_sparse`: a bag of ids a row → [B, D]. `ids` from `categoricalIds`, or with `offsets` [B + 1]. */
export declare function embeddingLookupSparse(
  params: tf.Variable,
  ids: { ids: Int32Array; offsets: Int32Array; weights?: Float32Array | null },
  options?: { combiner?: 'mean' | 'sum' | 'sqrtn'; maxNorm?: number },
): tf.Tensor2D

/** Shows a table on the map while it trains. `keys`: what each row stands for. */
export declare function watchEmbedding(params: tf.Variable, options: { name: string; keys: readonly string[] }): void

// ---------------------------------------------------------------- feature columns
// The page's own: categoricalColumnWithVocabularyList, …WithIdentity, …WithHashBucket, bucketizedColumn, crossedColumn, numericColumn, embeddingColumn, indicatorColumn.
export {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../experiment/featureColumn'

/** `tf.compat.v1.feature_column.input_layer`: the dense columns side by side, sorted by name [B, Σ widths]; embedding tables are variables of the model function. */
export declare function inputLayer(features: Features, columns: readonly DenseColumn[]): tf.Tensor2D

// ---------------------------------------------------------------- layers that TensorFlow.js lacks

export interface LSTMState {
  c: tf.Tensor2D
  h: tf.Tensor2D
}

/** `tf.nn.rnn_cell.BasicLSTMCell`: its gates in the order i, j, f, o; variables `basic_lstm_cell/kernel` [inputs + units, 4 units] and `/bias`. */
export declare function basicLSTMCell(numUnits: number, options?: { forgetBias?: number; name?: string }): LSTMCell
export interface LSTMCell {
  readonly numUnits: number
  zeroState(batchSize: number): LSTMState
  call(input: tf.Tensor2D, state: LSTMState): { output: tf.Tensor2D; state: LSTMState }
}

/** `tf.nn.static_rnn`: the cell along a list of inputs [B, inputs]. `outputs[t]` [B, units]. */
export declare function staticRnn(
  cell: LSTMCell,
  inputs: readonly tf.Tensor[],
  options?: { initialState?: LSTMState },
): { outputs: tf.Tensor2D[]; state: LSTMState }

/** `tf.layers.dense` of a model function: variables `<name>/kernel`, `<name>/bias`. */
export declare function dense(
  inputs: tf.Tensor,
  units: number,
  options?: {
    activation?: 'relu' | 'tanh' | 'sigmoid' | null
    useBias?: boolean
    name?: string
    kernelInitializer?: Initializer
  },
): tf.Tensor2D

/** Each row: `inputs` numbers of the series that follow one another, and the number after them. [windows, inputs], [windows, 1]. */
export declare function windowsOf(
  series: ArrayLike<number>,
  inputs: number,
): { x: tf.Tensor2D; y: tf.Tensor2D /** Place in the series of each y. */; at: Int32Array }

// ---------------------------------------------------------------- training

export interface TrainOp {
  /** For people: "Adam(0.01) minimizes the loss". */
  readonly description: string
}

/** TensorFlow 1's optimizers with its defaults. They also go into `model.compile({ optimizer })` of a Keras model. */
export declare const train: {
  gradientDescentOptimizer(learningRate: number): Optimizer
  momentumOptimizer(learningRate: number): Optimizer
  adagradOptimizer(learningRate: number): Optimizer
  rmsPropOptimizer(learningRate: number): Optimizer
  /** 0.001 */
  adamOptimizer(learningRate?: number): Optimizer
  ftrlOptimizer(learningRate: number): Optimizer
}
export interface Optimizer extends tf.Optimizer {
  /** The operation of one step: the Estimator runs it. `varList`: what it may change, all trainable variables by default. */
  minimize(loss: tf.Tensor, globalStep: GlobalStep, varList?: tf.Variable[]): TrainOp
  /** TensorFlow.js's own: takes the step at once. */
  minimize(f: () => tf.Scalar, returnCost?: boolean, varList?: tf.Variable[]): tf.Scalar | null
}

/** `tf.contrib.layers.optimize_loss`, as the course writes it. */
export declare function optimizeLoss(options: {
  loss: tf.Tensor
  globalStep: GlobalStep
  learningRate: number
  optimizer: 'SGD' | 'Adam' | 'Adagrad' | 'Ftrl' | 'Momentum' | 'RMSProp'
}): TrainOp

export interface MetricOp {
  readonly name: string
}
/** `tf.compat.v1.metrics`: they accumulate over all batches of an evaluation. `weights` as many as labels. `auc` has TensorFlow's 200 thresholds. */
export declare const metrics: {
  mean(values: tf.Tensor, weights?: tf.Tensor): MetricOp
  meanSquaredError(labels: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor): MetricOp
  rootMeanSquaredError(labels: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor): MetricOp
  /** Of class numbers (or booleans as 0 and 1), not of probabilities. */
  accuracy(labels: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor): MetricOp
  precision(labels: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor): MetricOp
  recall(labels: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor): MetricOp
  auc(labels: tf.Tensor, predictions: tf.Tensor, weights?: tf.Tensor): MetricOp
}

/** TensorFlow's defaults: a checkpoint every 600 s, 5 kept. Steps and seconds exclude one another. */
export interface RunConfig {
  tfRandomSeed?: number
  saveCheckpointsSteps?: number | null
  saveCheckpointsSecs?: number | null
  keepCheckpointMax?: number
  /** Steps between "loss = …, step = …". */
  logStepCountSteps?: number
}

export interface RunHook {
  begin?(): void
  afterRun?(context: { globalStep: number; loss: number; requestStop(): void }): void
  end?(): void
}

/** `modelDir`: where its checkpoints lie; another Estimator with the same one goes on from them. Default: a new name. */
export declare class Estimator<F extends Features = Features, P = Record<string, unknown>> {
  constructor(options: { modelFn: ModelFn<F, P>; modelDir?: string; params?: P; config?: RunConfig })
  readonly modelDir: string
  /** Until `maxSteps` in total, `steps` more, the input's end, or a hook's `requestStop`. Starts at the latest checkpoint and ends with one. */
  train(options: { inputFn: InputFn<F>; steps?: number; maxSteps?: number; hooks?: RunHook[] }): Promise<this>
  /** Of the latest checkpoint (or `checkpointPath`): the metrics, `loss` and `globalStep`. Throws when nothing was trained. */
  evaluate(options: {
    inputFn: InputFn<F>
    steps?: number | null
    name?: string
    checkpointPath?: string
  }): Promise<Record<string, number>>
  /** One object a row: `{ predicted: [12.5] }`. */
  predict(options: {
    inputFn: InputFn<F>
    predictKeys?: string[]
    checkpointPath?: string
  }): AsyncIterable<Record<string, number[]>>
  exportSavedModel(exportDirBase: string, servingInputReceiverFn: ServingInputReceiverFn<F>): Promise<string>
  /** null: nothing saved yet. */
  latestCheckpoint(): Promise<string | null>
  getVariableNames(): Promise<string[]>
  getVariableValue(name: string): Promise<{ shape: number[]; values: Float32Array }>
}

/** An example batch that shows the shapes and types that the exported model will be given. */
export type ServingInputReceiverFn<F extends Features = Features> = () => F

/** `tf.estimator.TrainSpec`. */
export declare class TrainSpec<F extends Features = Features> {
  constructor(options: { inputFn: InputFn<F>; maxSteps?: number | null; hooks?: RunHook[] })
}
/** `tf.estimator.EvalSpec`: steps 100, startDelaySecs 120, throttleSecs 600. A local run evaluates at each checkpoint, but not sooner than `throttleSecs` after the last one. */
export declare class EvalSpec<F extends Features = Features> {
  constructor(options: {
    inputFn: InputFn<F>
    steps?: number | null
    name?: string
    exporters?: Exporter<F> | Exporter<F>[]
    startDelaySecs?: number
    throttleSecs?: number
  })
}
export interface Exporter<F extends Features = Features> {
  readonly name: string
  export(context: {
    estimator: Estimator<F>
    exportPath: string
    checkpointPath: string
    evalResult: Record<string, number>
    isTheFinalExport: boolean
  }): Promise<string | null>
}
export interface ExporterOptions<F extends Features = Features> {
  name: string
  servingInputReceiverFn: ServingInputReceiverFn<F>
  /** 5; null = all. Not for FinalExporter. */
  exportsToKeep?: number | null
}
export declare class LatestExporter<F extends Features = Features> implements Exporter<F> {
  constructor(options: ExporterOptions<F>)
  readonly name: string
  export: Exporter<F>['export']
}
export declare class FinalExporter<F extends Features = Features> implements Exporter<F> {
  constructor(options: Omit<ExporterOptions<F>, 'exportsToKeep'>)
  readonly name: string
  export: Exporter<F>['export']
}
/** `compareFn`: whether the current result is better; default: the smaller loss. */
export declare class BestExporter<F extends Features = Features> implements Exporter<F> {
  constructor(
    options: ExporterOptions<F> & {
      compareFn?: (best: Record<string, number>, current: Record<string, number>) => boolean
    },
  )
  readonly name: string
  export: Exporter<F>['export']
}

/** Trains to `maxSteps` and evaluates on the way and at the end; answers with the last evaluation. */
export declare function trainAndEvaluate<F extends Features>(
  estimator: Estimator<F>,
  trainSpec: TrainSpec<F>,
  evalSpec: EvalSpec<F>,
): Promise<Record<string, number>>

// ---------------------------------------------------------------- canned Estimators

export interface LinearOptions {
  featureColumns: readonly DenseColumn[]
  modelDir?: string
  optimizer?: Optimizer
  config?: RunConfig
}
export interface DNNOptions extends LinearOptions {
  hiddenUnits: readonly number[]
  dropout?: number | null
}
export interface DNNLinearCombinedOptions {
  linearFeatureColumns?: readonly DenseColumn[]
  linearOptimizer?: Optimizer
  dnnFeatureColumns?: readonly DenseColumn[]
  dnnOptimizer?: Optimizer
  dnnHiddenUnits?: readonly number[]
  dnnDropout?: number | null
  modelDir?: string
  config?: RunConfig
}
/** Default optimizer: Ftrl, learning rate min(0.2, 1/√columns). */
export declare class LinearRegressor extends Estimator {
  constructor(options: LinearOptions & { labelDimension?: number })
}
export declare class LinearClassifier extends Estimator {
  constructor(options: LinearOptions & { nClasses?: number })
}
/** Default optimizer: Adagrad, learning rate 0.05. */
export declare class DNNRegressor extends Estimator {
  constructor(options: DNNOptions & { labelDimension?: number })
}
export declare class DNNClassifier extends Estimator {
  constructor(options: DNNOptions & { nClasses?: number })
}
/** Wide & deep. Default optimizers: Ftrl for the linear part, Adagrad 0.05 for the deep one. */
export declare class DNNLinearCombinedRegressor extends Estimator {
  constructor(options: DNNLinearCombinedOptions & { labelDimension?: number })
}
export declare class DNNLinearCombinedClassifier extends Estimator {
  constructor(options: DNNLinearCombinedOptions & { nClasses?: number })
}

// ---------------------------------------------------------------- Keras

/**
 * `tf.keras.layers.Embedding` that trains through the sparse gradient: a step costs the same whatever `inputDim` is. With a `train` optimizer, in `fit` and in
 * Estimators. `maskZero`: id 0 stands for nothing and counts in no mean over the bag.
 */
export declare function embedding(options: {
  inputDim: number
  outputDim: number
  inputLength?: number
  maskZero?: boolean
  name?: string
}): tf.layers.Layer

/**
 * `tf.keras.estimator.model_to_estimator`: a compiled model as an Estimator. Layer `XYZ` takes the feature `XYZ_input`; features with other keys are an
 * error that lists the keys expected and given.
 */
export declare function modelToEstimator(options: {
  kerasModel: tf.LayersModel
  modelDir?: string
  config?: RunConfig
}): Estimator
