import { encodeFeature } from '../../src/columns/encodeFeature'
import { denseFeature, type Feature, type Features } from '../../src/columns/feature'
import { inputLayer } from '../../src/columns/inputLayer'
import { safeEmbeddingLookupSparse } from '../../src/columns/safeEmbeddingLookupSparse'
import { categoricalName, columnName } from '../../src/experiment/columnName'
import type { CategoricalColumn } from '../../src/experiment/experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../../src/experiment/featureColumn'
import golden from '../goldens/tensorflow-feature-columns.json'
import { compare, type ParityRow } from './parityRow'

type Golden = keyof typeof golden

const letters = (options = {}) => categoricalColumnWithVocabularyList('c', ['R', 'G', 'B'], options)
const text = (...values: string[]): Features => ({ c: denseFeature('string', values) })
const whole = (...values: number[]): Features => ({ c: denseFeature('integer', values) })
const identity = (options = {}) => categoricalColumnWithIdentity('c', 3, options)

/** Rows of ids 0, 1 | | −1, 2 | −1 | . */
const bags = { ids: Int32Array.of(0, 1, -1, 2, -1), offsets: Int32Array.of(0, 2, 2, 4, 5, 5) }
const table = Float32Array.of(1, 2, 3, 4, 5, 6, 10, 0)

/** The columns and lookups that TensorFlow was asked about one by one. */
export function goldenColumns(): ParityRow[] {
  return [...simpleColumns(), ...crosses(), ...lookups()]
}

function indicator(name: Golden, what: string, column: CategoricalColumn, features: Features, expected?: number[][]) {
  const ours = inputLayer([indicatorColumn(column)], features, new Map())
  return compare({ part: 'Columns', golden: name, what }, ours, (expected ?? (golden[name] as number[][])).flat())
}

function simpleColumns(): ParityRow[] {
  const [inputs, buckets] = golden.bucketize_0_10_100 as [(number | string)[], number[]]
  const named: Record<string, number> = {
    nan: Number.NaN,
    inf: Number.POSITIVE_INFINITY,
    '-inf': Number.NEGATIVE_INFINITY,
  }
  const numbers = inputs.map((value) => (typeof value === 'string' ? named[value]! : value))
  const ranges = bucketizedColumn(numericColumn('p'), [0, 10, 100])
  const own = Float32Array.of(1, 2, 3, 4, 5, 6)
  const embedded = inputLayer([embeddingColumn(letters(), 2)], text('R', 'Z', '', 'B'), new Map([['c_embedding', own]]))
  const bucketize = { part: 'Columns', golden: 'bucketize_0_10_100', what: 'Bucketize: boundaries, NaN, ±∞' } as const
  const unknown = {
    part: 'Lookups',
    golden: 'vocab_emb_oov_is_zero',
    what: 'embedding of an unknown word: zeros',
  } as const
  return [
    compare(bucketize, encodeFeature(ranges, { p: denseFeature('number', numbers) }).ids, buckets),
    indicator('vocab_default', 'vocabulary list, unknown and empty words', letters(), text('R', 'Z', '', 'B')),
    indicator('vocab_oov2', 'num_oov_buckets=2', letters({ numOovBuckets: 2 }), text('R', 'Z', '', 'Y', 'hello')),
    indicator('vocab_default0', 'default_value=0', letters({ defaultValue: 0 }), text('R', 'Z', '', 'B')),
    indicator(
      'vocab_int_oov2',
      'whole numbers',
      categoricalColumnWithVocabularyList('c', ['10', '20'], { numOovBuckets: 2 }),
      whole(10, 20, 30, -1, 7),
    ),
    indicator('identity_nodefault_neg', 'identity, −1 missing', identity(), whole(0, 2, -1)),
    indicator('identity_default1', 'identity, default_value=1', identity({ defaultValue: 1 }), whole(0, 2, -1, 7, -2)),
    outOfRange(),
    indicator(
      'hash_col_int_as_string',
      'hash bucket of whole numbers',
      categoricalColumnWithHashBucket('c', 10),
      whole(3, 17, -1),
    ),
    compare(unknown, embedded, golden.vocab_emb_oov_is_zero.flat()),
  ]
}

/** TensorFlow's embedding refuses a number beyond the buckets (its indicator drops it silently); ours refuses both. */
function outOfRange(): ParityRow {
  let message = ''
  try {
    encodeFeature(identity(), whole(0, 5))
  } catch (error) {
    message = error instanceof Error && error.message.includes('5') ? 'embedding: InvalidArgumentError' : ''
  }
  const row = {
    part: 'Columns',
    golden: 'identity_emb_oor',
    what: 'identity, a number beyond the buckets is an error',
  } as const
  return compare(row, [message], [golden.identity_emb_oor])
}

function crosses(): ParityRow[] {
  const both: Features = { c: denseFeature('string', ['R', 'Z', '']), s: denseFeature('string', ['x', 'x', 'x']) }
  const [inOrder, swapped] = golden.crossed_vocab_dense_str
  const [cross, other] = [crossedColumn([letters(), 's'], 10), crossedColumn(['s', letters()], 10)]
  const price = bucketizedColumn(numericColumn('p'), [1])
  const names = [cross, other].map(categoricalName)
  const pair: Feature = { type: 'number', values: [-1, 0.5], offsets: Int32Array.of(0, 2) }
  const twoNumbers = crossedColumn([bucketizedColumn(numericColumn('p'), [0, 1]), 's'], 50)
  const named = { part: 'Crosses', golden: 'crossed_name', what: 'names of crosses, embeddings and ranges' } as const
  return [
    indicator('crossed_vocab_dense_str', 'a vocabulary list and a key', cross, both, inOrder),
    indicator('crossed_vocab_dense_str', 'the key first: hashed in the same order', other, both, swapped),
    compare(named, [...names, columnName(embeddingColumn(cross, 2)), categoricalName(price)], golden.crossed_name),
    indicator('bucketized_multi_dim', 'two bucketized numbers a row', twoNumbers, {
      p: pair,
      s: denseFeature('string', ['x']),
    }),
  ].map((row) => ({ ...row, part: 'Crosses' }))
}

function lookups(): ParityRow[] {
  const weights = Float32Array.of(2, 0.5, 1, 0, 1)
  const lookup = (
    name: Golden,
    combiner: 'mean' | 'sum' | 'sqrtn',
    {
      weights = null,
      maxNorm = null,
      ...rest
    }: { weights?: Float32Array | null; maxNorm?: number | null; defaultId?: number } = {},
  ) => {
    const ours = safeEmbeddingLookupSparse(table, 2, { ...bags, weights }, { combiner, maxNorm, ...rest })
    const what = `safe_embedding_lookup_sparse: ${name.replace('safe_lookup_', '').replaceAll('_', ', ')}`
    return compare({ part: 'Lookups', golden: name, what }, ours, (golden[name] as number[][]).flat(), 1e-6)
  }
  return [
    lookup('safe_lookup_mean', 'mean'),
    lookup('safe_lookup_sum', 'sum'),
    lookup('safe_lookup_sqrtn', 'sqrtn'),
    lookup('safe_lookup_weighted_mean', 'mean', { weights }),
    lookup('safe_lookup_weighted_sum', 'sum', { weights }),
    lookup('safe_lookup_weighted_sqrtn', 'sqrtn', { weights }),
    lookup('safe_lookup_maxnorm1_mean', 'mean', { maxNorm: 1 }),
    lookup('safe_lookup_default_id0', 'mean', { defaultId: 0 }),
  ]
}
