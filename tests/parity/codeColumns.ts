import type { DenseColumn } from '../../src/experiment/experiment'
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
import { sharedEmbeddingColumns } from '../../src/experiment/sharedEmbeddingColumns'
import { weightedCategoricalColumn } from '../../src/experiment/weightedCategoricalColumn'
import { columnCode } from '../../src/exports/columnCode'
import { vocabulary } from './propertyInputs'

const words = categoricalColumnWithVocabularyList('w', vocabulary)
const fromData = categoricalColumnWithVocabularyList('w', 'data')
const numbers = categoricalColumnWithVocabularyList('n', ['1', '3', '5', '7', '9', '11'])
const identity = categoricalColumnWithIdentity('n', 50, { defaultValue: 3 })
const ranges = bucketizedColumn(numericColumn('x'), [-100, 0, 0.7, 50])

const shared = sharedEmbeddingColumns(
  [categoricalColumnWithHashBucket('t', 40), categoricalColumnWithHashBucket('w', 40)],
  2,
)

/** One of each kind. The data: `w` words, `t` texts, `n` `a` `b` whole numbers, `x` numbers, `p` numbers above -1, `q` above 0. */
const columns: Record<string, DenseColumn> = {
  'vocabulary list': embeddingColumn(words, 3),
  'vocabulary list, indicator': indicatorColumn(words),
  'vocabulary of the data': embeddingColumn(fromData, 2),
  'OOV buckets': embeddingColumn(categoricalColumnWithVocabularyList('w', vocabulary, { numOovBuckets: 7 }), 2),
  'one OOV bucket, indicator': indicatorColumn(
    categoricalColumnWithVocabularyList('w', vocabulary, { numOovBuckets: 1 }),
  ),
  'default value': embeddingColumn(categoricalColumnWithVocabularyList('w', vocabulary, { defaultValue: 5 }), 2),
  'whole numbers': embeddingColumn(numbers, 2),
  'whole numbers, OOV buckets': embeddingColumn(
    categoricalColumnWithVocabularyList('n', ['1', '3', '5', '7'], { numOovBuckets: 4 }),
    2,
  ),
  identity: embeddingColumn(identity, 2, { trainable: false }),
  'hash bucket': embeddingColumn(categoricalColumnWithHashBucket('t', 100), 2),
  'hash bucket of whole numbers': indicatorColumn(categoricalColumnWithHashBucket('b', 30)),
  bucketized: indicatorColumn(ranges),
  cross: embeddingColumn(crossedColumn(['a', 'b'], 168), 2),
  'cross of texts and numbers': embeddingColumn(crossedColumn(['t', 'a', 'w'], 500), 2),
  'cross of a key and a vocabulary list': embeddingColumn(crossedColumn(['t', words], 500), 2),
  'cross of ranges and numbers': embeddingColumn(crossedColumn(['a', ranges, identity], 500), 2),
  'cross with a hash key': embeddingColumn(crossedColumn(['a', 'b'], 168, { hashKey: 7 }), 2),
  weighted: embeddingColumn(weightedCategoricalColumn(words, 'q'), 3, { combiner: 'sum' }),
  'weighted, mean': embeddingColumn(weightedCategoricalColumn(identity, 'x'), 2),
  'weighted cross, indicator': indicatorColumn(weightedCategoricalColumn(crossedColumn(['a', 'b'], 30), 'x')),
  'shared embeddings': shared[1]!,
  number: numericColumn('x'),
  'logarithm of a number': numericColumn('p', { normalizer: 'log1p' }),
  'standardized number': numericColumn('x', { normalizer: 'standardize' }),
}

const data = [
  { name: 'w', type: 'string' },
  { name: 't', type: 'string' },
  { name: 'n', type: 'integer' },
  { name: 'a', type: 'integer' },
  { name: 'b', type: 'integer' },
  { name: 'x', type: 'number' },
  { name: 'p', type: 'number' },
  { name: 'q', type: 'number' },
] as const

/** What the page shows for each, for tests/goldens/run_column_code.py to run. */
export const shownCode = Object.fromEntries(
  Object.entries(columns).map(([kind, column]) => [
    kind,
    columnCode(column, data, kind.startsWith('shared') ? shared : [column]),
  ]),
)
