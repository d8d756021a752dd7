import { z } from 'zod'

/**
 * What is asked for: the single source of truth. The form edits it, the URL carries it, the worker runs it, exports quote it.
 * Same experiment + same backend = the same weights, bit for bit on the CPU path.
 */

const name = z.string().min(1).max(200)

/** Columns that turn a value into a bucket id, with TensorFlow's names and defaults. */
const simpleCategoricalSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('vocabularyList'),
    key: name,
    /** `data`: every value of the data set, in the order of the table. */
    vocabulary: z.union([z.literal('data'), z.array(z.string()).min(1)]),
    numOovBuckets: z.int().min(0).max(1_000_000).default(0),
    /** Id for a value out of the vocabulary; -1 drops it. */
    defaultValue: z.int().min(-1).default(-1),
  }),
  z.object({
    type: z.literal('identity'),
    key: name,
    numBuckets: z.int().min(1).max(100_000_000),
    defaultValue: z.int().min(0).nullable().default(null),
  }),
  z.object({ type: z.literal('hashBucket'), key: name, hashBucketSize: z.int().min(1).max(100_000_000) }),
  z.object({ type: z.literal('bucketized'), key: name, boundaries: z.array(z.number()).min(1).max(10_000) }),
])

const categoricalSchema = z.discriminatedUnion('type', [
  ...simpleCategoricalSchema.options,
  z.object({
    type: z.literal('crossed'),
    /** A key of the data set, or a categorical column that is not hashed. */
    keys: z
      .array(z.union([name, simpleCategoricalSchema]))
      .min(2)
      .max(6),
    /** Used when not `exact`. */
    hashBucketSize: z.int().min(1).max(100_000_000),
    /** Every combination of values has a bucket of its own: no collisions, product of the sizes in buckets. */
    exact: z.boolean().default(false),
  }),
])

/** What the model reads: TensorFlow's dense columns. */
const denseColumnSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('embedding'),
    categorical: categoricalSchema,
    dimension: z.int().min(1).max(256),
    combiner: z.enum(['mean', 'sum', 'sqrtn']).default('mean'),
    trainable: z.boolean().default(true),
    /** Standard deviation of the truncated normal initializer; null = TensorFlow's 1/√dimension. */
    initializerStddev: z.number().positive().max(10).nullable().default(null),
  }),
  z.object({ type: z.literal('indicator'), categorical: categoricalSchema }),
  z.object({
    type: z.literal('numeric'),
    key: name,
    normalizer: z.enum(['none', 'standardize', 'log1p']).default('standardize'),
  }),
])

const targetSchema = z.object({
  column: name,
  transform: z.enum(['none', 'log1p']).default('none'),
  standardize: z.boolean().default(false),
})

const labelSchema = z.discriminatedUnion('task', [
  z.object({ task: z.literal('regression'), targets: z.array(targetSchema).min(1).max(16) }),
  /** `positive`: the value that counts as 1. */
  z.object({ task: z.literal('binary'), column: name, positive: z.string() }),
  z.object({ task: z.literal('multiclass'), column: name }),
])

const modelSchema = z.discriminatedUnion('type', [
  /** ŷ = μ + b_user + b_item + ⟨user, item⟩. `user` and `item` are keys of two embedding columns of the same dimension. */
  z.object({ type: z.literal('dotProduct'), user: name, item: name, biases: z.boolean().default(true) }),
  /** Dense columns concatenated sorted by name, hidden layers, one linear head. */
  z.object({
    type: z.literal('tabular'),
    hiddenUnits: z.array(z.int().min(1).max(1024)).max(4).default([]),
    activation: z.enum(['relu', 'tanh']).default('relu'),
  }),
])

const datasetSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('builtin'), name: z.enum(['movies', 'dayHour', 'airports']) }),
  /** A file that the person brought: the link says which, it does not carry the rows. */
  z.object({ source: z.literal('file'), name, fingerprint: z.string() }),
])

export const experimentSchema = z.object({
  version: z.literal(1),
  dataset: datasetSchema,
  /** How ambiguous dates of a brought file are read, by column. */
  dateOrders: z.record(z.string(), z.enum(['dayFirst', 'monthFirst'])).default({}),
  label: labelSchema,
  columns: z.array(denseColumnSchema).min(1).max(32),
  model: modelSchema,
  optimizer: z.object({ type: z.enum(['sgd', 'adagrad', 'adam']), learningRate: z.number().positive().max(100) }),
  batchSize: z.int().min(1).max(65_536),
  /** λ of the term λ·mean over the batch of Σ‖looked-up rows‖² (and ‖dense kernels‖²) added to the loss. */
  l2: z.number().min(0).max(10),
  seed: z.int().min(0).max(4_294_967_295),
  split: z.object({ validationShare: z.number().min(0.01).max(0.5), seed: z.int().min(0).max(4_294_967_295) }),
  /** null: no such condition. `patience` counts epochs without a better validation loss. */
  stop: z.object({ epochs: z.int().min(1).max(100_000).nullable(), patience: z.int().min(1).max(1_000).nullable() }),
  /** `auto`: WebGPU on a hardware adapter, WASM otherwise. */
  backend: z.enum(['auto', 'webgpu', 'wasm', 'cpu']),
})

export type Experiment = z.infer<typeof experimentSchema>
export type DenseColumn = Experiment['columns'][number]
export type EmbeddingColumn = Extract<DenseColumn, { type: 'embedding' }>
export type SimpleCategoricalColumn = z.infer<typeof simpleCategoricalSchema>
export type CategoricalColumn = z.infer<typeof categoricalSchema>
export type CrossedColumn = Extract<CategoricalColumn, { type: 'crossed' }>
export type Label = Experiment['label']
export type Target = z.infer<typeof targetSchema>
export type Task = Label['task']
export type ModelSpec = Experiment['model']
export type OptimizerSpec = Experiment['optimizer']
export type DatasetRef = Experiment['dataset']
export type BuiltinName = Extract<DatasetRef, { source: 'builtin' }>['name']
export type BackendChoice = Experiment['backend']
export type BackendName = Exclude<BackendChoice, 'auto'>
