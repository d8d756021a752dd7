import { encodeFeature } from '../../src/columns/encodeFeature'
import { denseFeature, type Features, sparseFeature } from '../../src/columns/feature'
import type { CategoricalColumn } from '../../src/experiment/experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  numericColumn,
} from '../../src/experiment/featureColumn'
import { categoricalColumnWithVocabularyFile } from '../../src/experiment/vocabularyFile'
import { compare, type ParityRow, rectangle } from './parityRow'
import { tensorflowAnswer } from './propertyFixture'
import { bags, boundaries, integers, largeIntegers, numbers, texts, vocabulary, words } from './propertyInputs'

type Answer = Parameters<typeof tensorflowAnswer>[0]

export const draws = {
  t: texts(11),
  w: words(12),
  i: largeIntegers(13),
  n: integers(14, -5, 55),
  x: numbers(15),
  a: integers(21, -50, 400),
  b: integers(22, -2, 24),
  lengths: bags(16, 16),
}

export const dense: Features = {
  t: denseFeature('string', draws.t),
  w: denseFeature('string', draws.w),
  i: denseFeature('integer', draws.i),
  n: denseFeature('integer', draws.n),
  x: denseFeature('number', draws.x),
  a: denseFeature('integer', draws.a),
  b: denseFeature('integer', draws.b),
}

export const sparseWords: Features = { w: sparseFeature('string', draws.w, draws.lengths) }

const wordList = categoricalColumnWithVocabularyList('w', vocabulary)
const unknownWords = categoricalColumnWithVocabularyList('w', vocabulary, { numOovBuckets: 7 })
const wordFile = `${vocabulary.join('\n')}\n`
const odd = Array.from({ length: 25 }, (_, i) => String(2 * i + 1))
const identity = categoricalColumnWithIdentity('n', 50, { defaultValue: 3 })
const ranges = bucketizedColumn(numericColumn('x'), boundaries)

/** 10,000 random values of every kind of categorical column: ids and their places. */
export function columnProperties(): ParityRow[] {
  const row = (part: ParityRow['part'], golden: Answer, what: string, column: CategoricalColumn, features = dense) => {
    const { values, shape } = tensorflowAnswer(golden)
    return compare({ part, golden, what }, rectangle(encodeFeature(column, features), shape[1] ?? 1), values)
  }
  return [
    row(
      'Columns',
      'hash_text',
      'categorical_column_with_hash_bucket, text',
      categoricalColumnWithHashBucket('t', 1_000_003),
    ),
    row(
      'Columns',
      'hash_integer',
      'categorical_column_with_hash_bucket, whole numbers to ±2^52',
      categoricalColumnWithHashBucket('i', 1000),
    ),
    row('Columns', 'vocabulary', 'categorical_column_with_vocabulary_list', wordList),
    row('Columns', 'vocabulary_oov', 'the same, num_oov_buckets=7', unknownWords),
    row(
      'Columns',
      'vocabulary_default',
      'the same, default_value=5',
      categoricalColumnWithVocabularyList('w', vocabulary, { defaultValue: 5 }),
    ),
    row(
      'Columns',
      'vocabulary_integer',
      'the same, whole numbers, num_oov_buckets=5',
      categoricalColumnWithVocabularyList('n', odd, { numOovBuckets: 5 }),
    ),
    row(
      'Columns',
      'vocabulary_file',
      'categorical_column_with_vocabulary_file, num_oov_buckets=7',
      categoricalColumnWithVocabularyFile('w', wordFile, { numOovBuckets: 7 }),
    ),
    row(
      'Columns',
      'vocabulary_file_size',
      'the same, vocabulary_size=25',
      categoricalColumnWithVocabularyFile('w', wordFile, { vocabularySize: 25 }),
    ),
    row('Columns', 'sparse_vocabulary', 'a vocabulary list over 0 to 15 values a row', unknownWords, sparseWords),
    row('Columns', 'identity', 'categorical_column_with_identity, default_value=3', identity),
    row('Columns', 'bucketized', 'bucketized_column, NaN and ±∞ among the numbers', ranges),
    row('Crosses', 'cross_integer', 'crossed_column of whole numbers', crossedColumn(['a', 'b'], 1_000_003)),
    row('Crosses', 'cross_order', 'the same keys in the other order', crossedColumn(['b', 'a'], 61)),
    row('Crosses', 'cross_hash_key', 'hash_key=12345678901', crossedColumn(['a', 'b'], 227, { hashKey: 12345678901 })),
    row('Crosses', 'cross_text', 'texts', crossedColumn(['t', 'w'], 53)),
    row('Crosses', 'cross_mixed', 'a text and a whole number', crossedColumn(['t', 'a'], 47)),
    row('Crosses', 'cross_sparse_first', 'a key before a categorical column', crossedColumn(['t', wordList], 43)),
    row('Crosses', 'cross_out_of_vocabulary', 'ids of −1, and missing values', crossedColumn([wordList, identity], 41)),
    row('Crosses', 'cross_three', 'three keys, one bucketized', crossedColumn(['a', ranges, 't'], 37)),
    row(
      'Crosses',
      'cross_product',
      'several values a row of both keys',
      crossedColumn(['t', 'a'], 31),
      severalValues(),
    ),
  ]
}

function severalValues(): Features {
  const [left, right] = [bags(23, 4).slice(0, 3400), bags(24, 5).slice(0, 3400)]
  const total = (lengths: number[]) => lengths.reduce((sum, length) => sum + length, 0)
  return {
    t: sparseFeature('string', draws.t.slice(0, total(left)), left),
    a: sparseFeature('integer', draws.a.slice(0, total(right)), right),
  }
}
