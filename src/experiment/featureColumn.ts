import type {
  CategoricalColumn,
  CrossedColumn,
  EmbeddingColumn,
  IndicatorColumn,
  NumericColumn,
  SimpleCategoricalColumn,
  StartFrom,
} from './experiment'

/**
 * The feature columns of TensorFlow (`tf.feature_column`), with its names, defaults and refusals. Each returns a plain
 * description, part of an `Experiment`; `encodeCategorical` applies it to a table.
 */

function refuse(condition: boolean, message: string) {
  if (condition) throw new RangeError(message)
}

function isWhole(value: number, min: number): boolean {
  return Number.isInteger(value) && value >= min
}

/**
 * A bucket for each word of `vocabularyList`, in its order; `'data'` takes every value of the data set. Other values get
 * `defaultValue` (-1: dropped) or one of `numOovBuckets` further buckets by hash. Throws a RangeError for a word named twice or both options at once.
 */
export function categoricalColumnWithVocabularyList(
  key: string,
  vocabularyList: readonly string[] | 'data',
  { numOovBuckets = 0, defaultValue = -1 }: { numOovBuckets?: number; defaultValue?: number } = {},
): SimpleCategoricalColumn {
  refuse(!isWhole(numOovBuckets, 0), `numOovBuckets of '${key}' is ${numOovBuckets}; it must be a whole number from 0`)
  refuse(numOovBuckets > 0 && defaultValue !== -1, `'${key}' cannot have both numOovBuckets and defaultValue`)
  if (vocabularyList === 'data') {
    refuse(!isWhole(defaultValue, -1), `defaultValue of '${key}' is ${defaultValue}; it must be a bucket, or -1`)
    return { type: 'vocabularyList', key, vocabulary: 'data', numOovBuckets, defaultValue }
  }
  refuse(vocabularyList.length === 0, `The vocabulary of '${key}' is empty`)
  const seen = new Set<string>()
  for (const word of vocabularyList) {
    refuse(seen.has(word), `The vocabulary of '${key}' names '${word}' twice`)
    seen.add(word)
  }
  refuse(
    !isWhole(defaultValue, -1) || defaultValue >= vocabularyList.length,
    `defaultValue of '${key}' is ${defaultValue}; it must lie in 0 … ${vocabularyList.length - 1}, or be -1`,
  )
  return { type: 'vocabularyList', key, vocabulary: [...vocabularyList], numOovBuckets, defaultValue }
}

/** The value, a whole number in 0 … numBuckets - 1, is the bucket. Without `defaultValue` a value out of that range is an error when encoded; -1 is missing. */
export function categoricalColumnWithIdentity(
  key: string,
  numBuckets: number,
  { defaultValue = null }: { defaultValue?: number | null } = {},
): SimpleCategoricalColumn {
  refuse(!isWhole(numBuckets, 1), `numBuckets of '${key}' is ${numBuckets}; it must be a whole number from 1`)
  refuse(
    defaultValue !== null && (!isWhole(defaultValue, 0) || defaultValue >= numBuckets),
    `defaultValue of '${key}' is ${defaultValue}; it must lie in 0 … ${numBuckets - 1}`,
  )
  return { type: 'identity', key, numBuckets, defaultValue }
}

/** Fingerprint64 of the value as text, modulo `hashBucketSize`. */
export function categoricalColumnWithHashBucket(key: string, hashBucketSize: number): SimpleCategoricalColumn {
  refuse(
    !isWhole(hashBucketSize, 1),
    `hashBucketSize of '${key}' is ${hashBucketSize}; it must be a whole number from 1`,
  )
  return { type: 'hashBucket', key, hashBucketSize }
}

/** A number as it is: no normalizer unless asked, as in TensorFlow. */
export function numericColumn(
  key: string,
  { normalizer = 'none' }: { normalizer?: NumericColumn['normalizer'] } = {},
): NumericColumn {
  return { type: 'numeric', key, normalizer }
}

/** Ranges of a number: (-∞, b₀), [b₀, b₁), … [bₙ, ∞). Boundaries must ascend strictly. */
export function bucketizedColumn(sourceColumn: NumericColumn, boundaries: readonly number[]): SimpleCategoricalColumn {
  const { key } = sourceColumn
  refuse(sourceColumn.normalizer !== 'none', `'${key}' is bucketized by its raw value: give it no normalizer`)
  refuse(boundaries.length === 0, `The boundaries of '${key}' are empty`)
  boundaries.forEach((boundary, i) => {
    refuse(i > 0 && !(boundary > boundaries[i - 1]!), `The boundaries of '${key}' must ascend; ${boundary} does not`)
  })
  return { type: 'bucketized', key, boundaries: [...boundaries] }
}

/**
 * All combinations of the values of `keys` (names of the data, or categorical columns), hashed into `hashBucketSize`
 * buckets; `exact` gives each combination a bucket of its own, which TensorFlow does not offer. A crossed column among the keys counts as its own keys;
 * a hashed one is refused, as TensorFlow does: cross its key instead. `hashKey` 0 is TensorFlow's default key.
 */
export function crossedColumn(
  keys: readonly (string | CategoricalColumn)[],
  hashBucketSize: number,
  { exact = false, hashKey = 0 }: { exact?: boolean; hashKey?: number } = {},
): CrossedColumn {
  refuse(keys.length < 2, 'A cross needs at least two keys')
  refuse(
    !isWhole(hashBucketSize, 1),
    `hashBucketSize of a cross is ${hashBucketSize}; it must be a whole number from 1`,
  )
  refuse(!isWhole(hashKey, 0), `hashKey of a cross is ${hashKey}; it must be a whole number from 0`)
  const leaves = keys.flatMap((key) => (typeof key !== 'string' && key.type === 'crossed' ? key.keys : [key]))
  for (const leaf of leaves) {
    refuse(typeof leaf !== 'string' && leaf.type === 'hashBucket', 'A cross cannot hold a hashed column: cross its key')
    refuse(
      typeof leaf !== 'string' && leaf.weightKey !== undefined,
      'A cross cannot hold a weighted column: weigh the cross',
    )
  }
  return { type: 'crossed', keys: leaves, hashBucketSize, exact, ...(hashKey === 0 ? {} : { hashKey }) }
}

/**
 * A trained vector of `dimension` numbers for each bucket; a row with several looks up their `combiner`. Rows longer than `maxNorm` are
 * looked up scaled down to it. `startFrom`: TensorFlow's `ckptToLoadFrom` and `tensorNameInCkpt`, the first vectors taken over by key.
 */
export function embeddingColumn<C extends CategoricalColumn>(
  categorical: C,
  dimension: number,
  {
    combiner = 'mean',
    trainable = true,
    initializerStddev = null,
    maxNorm = null,
    startFrom,
  }: {
    combiner?: EmbeddingColumn['combiner']
    trainable?: boolean
    initializerStddev?: number | null
    maxNorm?: number | null
    startFrom?: StartFrom
  } = {},
): Omit<EmbeddingColumn, 'categorical'> & { categorical: C } {
  refuse(!isWhole(dimension, 1), `The dimension of an embedding is ${dimension}; it must be a whole number from 1`)
  refuse(initializerStddev !== null && !(initializerStddev > 0), 'initializerStddev must be above 0')
  refuse(maxNorm !== null && !(maxNorm > 0), 'maxNorm must be above 0')
  const clipped = maxNorm === null ? {} : { maxNorm }
  const started = startFrom === undefined ? {} : { startFrom }
  return { type: 'embedding', categorical, dimension, combiner, trainable, initializerStddev, ...clipped, ...started }
}

/** One number for each bucket: how often the row holds it (one-hot, or multi-hot), or the sum of its weights. */
export function indicatorColumn<C extends CategoricalColumn>(
  categorical: C,
): Omit<IndicatorColumn, 'categorical'> & { categorical: C } {
  return { type: 'indicator', categorical }
}
