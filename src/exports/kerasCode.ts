import { columnName } from '../experiment/columnName'
import type {
  CategoricalColumn,
  CrossedColumn,
  DenseColumn,
  EmbeddingColumn,
  SimpleCategoricalColumn,
} from '../experiment/experiment'
import { categoricalColumnWithVocabularyList } from '../experiment/featureColumn'
import { assertNever } from '../lib/assertNever'
import {
  type DataColumns,
  holdsIntegers,
  identifier,
  pythonString,
  variableOf,
  vocabularyComments,
  vocabularyOf,
} from './pythonText'
import { sizeCode } from './tensorflowCode'

/** Ids that Keras layers compute. */
interface Ids {
  lines: string[]
  /** The variable that holds them. */
  variable: string
  /** What Keras's ids are above TensorFlow's. */
  shift: number
  /** Number of TensorFlow's buckets, as code. */
  size: string
  /** What differs all the same, in words. */
  notes: string[]
}

/** A dense column as Keras layers on a dict `features`, a statement a line. `shift` null: no ids. */
export function kerasCode(
  column: DenseColumn,
  columns: DataColumns,
): { lines: string[]; shift: number | null; notes: string[] } {
  const variable = identifier(columnName(column))
  if (column.type === 'numeric') return { lines: numericCode(column), shift: null, notes: [] }
  const { weightKey, ...plain } = column.categorical
  const ids = idsOf(plain, columns)
  const size = sum(ids.size, ids.shift - unknownBuckets(column.categorical))
  const lines = [...vocabularyComments(column.categorical), ...ids.lines]
  const notes = [...ids.notes]
  if (weightKey !== undefined) notes.push(`TensorFlow fails where '${weightKey}' is 0: leave such rows out there.`)
  if (column.type === 'indicator') {
    const layer = `keras.layers.CategoryEncoding(num_tokens=${size}, output_mode='one_hot')`
    const scaled = timesWeight(`${layer}(${ids.variable})`, weightKey, 'sum')
    return { lines: [...lines, `${variable} = ${scaled}`], shift: ids.shift, notes }
  }
  const { dimension, initializerStddev, trainable, maxNorm } = column
  const stddev = initializerStddev ?? `${dimension} ** -0.5`
  const layer = `keras.layers.Embedding(${size}, ${dimension}, embeddings_initializer=keras.initializers.TruncatedNormal(stddev=${stddev})${trainable ? '' : ', trainable=False'})`
  if (maxNorm !== undefined) notes.push(`Keras has no max_norm at the lookup: clip the vectors to ${maxNorm} yourself.`)
  const collection = column.sharedEmbeddingCollectionName
  const table = collection === undefined ? layer : identifier(collection)
  if (collection !== undefined) lines.push(`${table} = ${layer}`)
  const scaled = timesWeight(`${table}(${ids.variable})`, weightKey, column.combiner)
  return { lines: [...lines, `${variable} = ${scaled}`], shift: ids.shift, notes }
}

/** Of one value a row: a combiner that divides by the weight leaves what it is above 0 or not. */
function timesWeight(code: string, weightKey: string | undefined, combiner: EmbeddingColumn['combiner']): string {
  if (weightKey === undefined) return code
  const weight = `features[${pythonString(weightKey)}]`
  const factor = combiner === 'sum' ? weight : `${weight} > 0`
  return `${code} * keras.ops.expand_dims(keras.ops.cast(${factor}, 'float32'), -1)`
}

/** Buckets of TensorFlow's for unknown values: Keras has them, too. */
function unknownBuckets(column: CategoricalColumn): number {
  return column.type === 'vocabularyList' ? column.numOovBuckets : 0
}

/** A sum written out where both are numbers. */
function sum(size: string, shift: number): string {
  if (shift === 0) return size
  return /^\d+$/.test(size) ? String(Number(size) + shift) : `${size} + ${shift}`
}

function numericCode({ key, normalizer }: Extract<DenseColumn, { type: 'numeric' }>): string[] {
  const [name, value] = [identifier(key), `features[${pythonString(key)}]`]
  if (normalizer === 'none') return [`${name} = ${value}`]
  if (normalizer === 'log1p') return [`${name} = keras.ops.log1p(${value})`]
  return [
    `# ${name}_mean, ${name}_deviation: of the training rows; the weights file has them.`,
    `${name} = keras.layers.Normalization(mean=${name}_mean, variance=${name}_deviation ** 2)(${value})`,
  ]
}

function idsOf(column: CategoricalColumn, columns: DataColumns): Ids {
  if (column.type !== 'crossed') return simpleIds(column, columns)
  return column.exact ? exactIds(column, columns) : crossedIds(column, columns)
}

function simpleIds(column: SimpleCategoricalColumn, columns: DataColumns): Ids {
  const variable = `${variableOf(column)}_ids`
  const size = sizeCode(column, columns)
  const value = `features[${pythonString(column.key)}]`
  const ids = (code: string) => ({ lines: [`${variable} = ${code}`], variable, shift: 0, size, notes: [] })
  switch (column.type) {
    case 'vocabularyList':
      return { ...vocabularyIds(column, columns, value), variable, size }
    case 'identity': {
      const { numBuckets, defaultValue } = column
      if (defaultValue === null) return ids(value)
      return ids(`keras.ops.where((${value} >= 0) & (${value} < ${numBuckets}), ${value}, ${defaultValue})`)
    }
    case 'hashBucket': {
      const absent = holdsIntegers(column.key, columns) ? '-1' : "''"
      const notes = [`TensorFlow's columns leave ${absent} out; Keras hashes it like any value.`]
      return { ...ids(`keras.layers.Hashing(num_bins=${column.hashBucketSize})(${value})`), notes }
    }
    case 'bucketized':
      return ids(`keras.layers.Discretization(bin_boundaries=[${column.boundaries.join(', ')}])(${value})`)
    default:
      return assertNever(column)
  }
}

/** Keras puts the rows of unknown values first, TensorFlow's columns last, if at all. */
function vocabularyIds(
  column: Extract<SimpleCategoricalColumn, { type: 'vocabularyList' }>,
  columns: DataColumns,
  value: string,
): Pick<Ids, 'lines' | 'shift' | 'notes'> {
  const { numOovBuckets, defaultValue } = column
  const variable = `${variableOf(column)}_ids`
  const isInteger = holdsIntegers(column.key, columns)
  const shift = Math.max(1, numOovBuckets)
  // IntegerLookup spreads unknown numbers by their remainder, TensorFlow by the fingerprint of their digits.
  const asText = isInteger && numOovBuckets > 1
  const words = vocabularyOf(column, asText ? [] : columns)
  const vocabulary = asText && column.vocabulary === 'data' ? `[str(word) for word in ${words}]` : words
  const layer = isInteger && !asText ? 'IntegerLookup' : 'StringLookup'
  const oov = shift > 1 ? `, num_oov_indices=${shift}` : ''
  const input = asText ? `tf.strings.as_string(${value})` : value
  const lines = [`${variable} = keras.layers.${layer}(vocabulary=${vocabulary}${oov})(${input})`]
  if (defaultValue >= 0) {
    lines.push(`${variable} = keras.ops.where(${variable} == 0, ${defaultValue + 1}, ${variable})`)
    return { lines, shift, notes: ['A missing value gets the default here; TensorFlow leaves it out.'] }
  }
  const absent = isInteger ? '-1' : "''"
  const notes =
    numOovBuckets > 0
      ? [`Unknown values have ids 0 to ${shift - 1} here and the last ids in TensorFlow, which leaves ${absent} out.`]
      : ['Unknown and missing values have id 0 and a row of their own here; TensorFlow gives them zeros.']
  return { lines, shift, notes }
}

/** Categorical columns before plain keys, as TensorFlow hashes them, each with TensorFlow's own ids. */
function crossedIds(column: CrossedColumn, columns: DataColumns): Ids {
  const variable = `${variableOf(column)}_ids`
  const size = String(column.hashBucketSize)
  const inner = column.keys.flatMap((key) => (typeof key === 'string' ? [] : [simpleIds(key, columns)]))
  const lines = inner.flatMap((ids) => ids.lines)
  const plain = column.keys.flatMap((key) => (typeof key === 'string' ? [`features[${pythonString(key)}]`] : []))
  const inputs = [...inner.map((ids) => minus(ids)), ...plain].join(', ')
  const notes = inner.length === 0 ? [] : ['TensorFlow makes no cross of a missing value; Keras does.']
  const unknownLast = column.keys.some(
    (key) => typeof key !== 'string' && key.type === 'vocabularyList' && key.numOovBuckets > 0,
  )
  if (unknownLast) notes.push('Unknown words are numbered last in TensorFlow and first in Keras: their crosses differ.')
  const layer = column.hashKey
    ? `tf.sparse.cross_hashed([keras.ops.expand_dims(x, -1) for x in (${inputs})], ${size}, hash_key=${column.hashKey}).values`
    : `keras.layers.HashedCrossing(num_bins=${size})((${inputs}))`
  return { lines: [...lines, `${variable} = ${layer}`], variable, shift: 0, size, notes }
}

function exactIds(column: CrossedColumn, columns: DataColumns): Ids {
  const variable = `${variableOf(column)}_ids`
  const keys = column.keys.map((key) =>
    typeof key === 'string' ? categoricalColumnWithVocabularyList(key, 'data') : key,
  )
  const parts = keys.map((key) => simpleIds(key, columns))
  const code = parts.slice(1).reduce((left, ids) => `(${left}) * ${ids.size} + ${minus(ids)}`, minus(parts[0]!))
  return {
    lines: [...parts.flatMap(({ lines }) => lines), `${variable} = ${code}`],
    variable,
    shift: 0,
    size: parts.map(({ size }) => size).join(' * '),
    notes: ['Every value must be known: an unknown one would count as -1.'],
  }
}

/** TensorFlow's ids from Keras's. */
function minus({ variable, shift }: Ids): string {
  return shift === 0 ? variable : `${variable} - ${shift}`
}
