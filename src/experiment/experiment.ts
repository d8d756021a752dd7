import * as z from 'zod/mini'

/**
 * What is asked for: the single source of truth. The form edits it, the URL carries it, the worker runs it, exports quote it.
 * Same experiment + same backend = the same weights, bit for bit on the CPU path.
 * Written with zod/mini: bundled it costs 9 kB gzipped where zod costs 94.
 */

const name = z.string().check(z.minLength(1), z.maxLength(200))

function integer(min: number, max: number) {
  return z.int().check(z.minimum(min), z.maximum(max))
}

/** Column of the data whose number is the weight of a row's ids: TensorFlow's `weighted_categorical_column`. Absent: every id counts the same. */
const weighted = { weightKey: z.optional(name) }

/** Columns that turn a value into a bucket id, with TensorFlow's names and defaults. */
const simpleCategoricalSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('vocabularyList'),
    key: name,
    /** `data`: every value of the data set, in the order of the table (whole numbers ascending). */
    vocabulary: z.union([z.literal('data'), z.array(z.string()).check(z.minLength(1))]),
    numOovBuckets: z._default(integer(0, 1_000_000), 0),
    /** Id for a value out of the vocabulary; -1 drops it. */
    defaultValue: z._default(z.int().check(z.minimum(-1)), -1),
    /** `words`: a text is split into its words first, so that a row holds several ids, or none. Absent: the value is one word. */
    split: z.optional(z.literal('words')),
    ...weighted,
  }),
  z.object({
    type: z.literal('identity'),
    key: name,
    numBuckets: integer(1, 100_000_000),
    defaultValue: z._default(z.nullable(z.int().check(z.minimum(0))), null),
    ...weighted,
  }),
  z.object({ type: z.literal('hashBucket'), key: name, hashBucketSize: integer(1, 100_000_000), ...weighted }),
  z.object({
    type: z.literal('bucketized'),
    key: name,
    boundaries: z.array(z.number()).check(z.minLength(1), z.maxLength(10_000)),
    ...weighted,
  }),
])

const categoricalSchema = z.discriminatedUnion('type', [
  simpleCategoricalSchema,
  z.object({
    type: z.literal('crossed'),
    /** A key of the data set, or a categorical column that is not hashed. */
    keys: z.array(z.union([name, simpleCategoricalSchema])).check(z.minLength(2), z.maxLength(6)),
    /** Used when not `exact`. */
    hashBucketSize: integer(1, 100_000_000),
    /** Every combination of values has a bucket of its own: no collisions, product of the sizes in buckets. */
    exact: z._default(z.boolean(), false),
    /** TensorFlow's `hash_key`; absent or 0 = its default. */
    hashKey: z.optional(integer(0, Number.MAX_SAFE_INTEGER)),
    ...weighted,
  }),
])

/** What the model reads: TensorFlow's dense columns. */
const denseColumnSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('embedding'),
    categorical: categoricalSchema,
    dimension: integer(1, 256),
    combiner: z._default(z.enum(['mean', 'sum', 'sqrtn']), 'mean'),
    trainable: z._default(z.boolean(), true),
    /** Standard deviation of the truncated normal initializer; null = TensorFlow's 1/√dimension. */
    initializerStddev: z._default(z.nullable(z.number().check(z.positive(), z.maximum(10))), null),
    /** A longer row is looked up scaled down to this length, before rows are combined; absent = none is. */
    maxNorm: z.optional(z.number().check(z.positive(), z.maximum(1_000_000))),
    /** Embedding columns of one name look their rows up in one table: TensorFlow's `shared_embedding_columns`. Absent: a table of its own. */
    sharedEmbeddingCollectionName: z.optional(name),
    /**
     * TensorFlow's checkpoint to start from: the first rows, taken over by key. `ckptToLoadFrom` is what a person calls it, `fingerprint` tells it; the
     * weights are not in here.
     */
    startFrom: z.optional(z.object({ ckptToLoadFrom: name, fingerprint: name, tensorNameInCkpt: name })),
  }),
  z.object({ type: z.literal('indicator'), categorical: categoricalSchema }),
  z.object({
    type: z.literal('numeric'),
    key: name,
    normalizer: z._default(z.enum(['none', 'standardize', 'log1p']), 'standardize'),
  }),
])

const targetSchema = z.object({
  column: name,
  transform: z._default(z.enum(['none', 'log1p']), 'none'),
  standardize: z._default(z.boolean(), false),
})

const labelSchema = z.discriminatedUnion('task', [
  z.object({
    task: z.literal('regression'),
    targets: z.array(targetSchema).check(z.minLength(1), z.maxLength(16)),
  }),
  /** `positive`: the value that counts as 1. */
  z.object({ task: z.literal('binary'), column: name, positive: z.string() }),
  z.object({ task: z.literal('multiclass'), column: name }),
])

const modelSchema = z.discriminatedUnion('type', [
  /** ŷ = μ + b_user + b_item + ⟨user, item⟩. `user` and `item` are keys of two embedding columns of the same dimension. */
  z.object({ type: z.literal('dotProduct'), user: name, item: name, biases: z._default(z.boolean(), true) }),
  /** Dense columns concatenated sorted by name, hidden layers, one linear head. */
  z.object({
    type: z.literal('tabular'),
    hiddenUnits: z._default(z.array(integer(1, 1024)).check(z.maxLength(4)), []),
    activation: z._default(z.enum(['relu', 'tanh']), 'relu'),
  }),
  /** The items that a user's list holds so far, as one bag of embeddings → softmax over the next one. The label is the item; the one embedding column reads it as well. */
  z.object({
    type: z.literal('watchList'),
    /** Whose lists. */
    user: name,
    /** Column of numbers that a list is sorted by; null = an order drawn with the split's seed. */
    order: z._default(z.nullable(name), null),
    /** Rows whose number in `column` is at least that are on a list; null = all are. */
    liked: z._default(z.nullable(z.object({ column: name, atLeast: z.number() })), null),
    /** Only the last so many items of a list are read. */
    length: z._default(integer(1, 1000), 50),
    /** Items drawn for each batch where the softmax is sampled. */
    candidates: z._default(integer(1, 10_000), 512),
  }),
])

const datasetSchema = z.discriminatedUnion('source', [
  z.object({ source: z.literal('builtin'), name: z.enum(['movies', 'dayHour', 'airports', 'television']) }),
  /** A file that the person brought: the link says which, it does not carry the rows. */
  z.object({ source: z.literal('file'), name, fingerprint: z.string() }),
])

export const experimentSchema = z.object({
  version: z.literal(1),
  dataset: datasetSchema,
  /** How ambiguous dates of a brought file are read, by column. */
  dateOrders: z._default(z.record(z.string(), z.enum(['dayFirst', 'monthFirst'])), {}),
  label: labelSchema,
  columns: z.array(denseColumnSchema).check(z.minLength(1), z.maxLength(32)),
  model: modelSchema,
  optimizer: z.object({
    /** `adam` is lazy, `adamAllRows` is the libraries' own, `rowAdagrad` keeps one number a row. */
    type: z.enum(['sgd', 'momentum', 'adagrad', 'rowAdagrad', 'rmsprop', 'adam', 'adamAllRows', 'ftrl']),
    learningRate: z.number().check(z.positive(), z.maximum(100)),
    /** Whose formula and defaults: TensorFlow 1's where absent. See optimizerRules.ts. */
    flavor: z.optional(z.enum(['tf1', 'keras'])),
  }),
  batchSize: integer(1, 65_536),
  /** λ of the term λ·mean over the batch of Σ‖looked-up rows‖² (and ‖dense kernels‖²) added to the loss. */
  l2: z.number().check(z.minimum(0), z.maximum(10)),
  seed: integer(0, 4_294_967_295),
  split: z.object({
    validationShare: z.number().check(z.minimum(0.01), z.maximum(0.5)),
    seed: integer(0, 4_294_967_295),
    /** At most so many rows to learn from, drawn with a seed of their own: the validation rows stay the same. Absent: all that are left. */
    trainSample: z.optional(z.object({ rows: integer(1, 1_000_000_000), seed: integer(0, 4_294_967_295) })),
  }),
  /** null: no such condition. `patience` counts epochs without a better validation loss. */
  stop: z.object({ epochs: z.nullable(integer(1, 100_000)), patience: z.nullable(integer(1, 1_000)) }),
  /** `auto`: WebGPU on a hardware adapter, WASM otherwise. */
  backend: z.enum(['auto', 'webgpu', 'wasm', 'cpu']),
})

export type Experiment = z.infer<typeof experimentSchema>
export type DenseColumn = Experiment['columns'][number]
export type EmbeddingColumn = Extract<DenseColumn, { type: 'embedding' }>
export type StartFrom = NonNullable<EmbeddingColumn['startFrom']>
export type IndicatorColumn = Extract<DenseColumn, { type: 'indicator' }>
export type NumericColumn = Extract<DenseColumn, { type: 'numeric' }>
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
