import { encodeFeature } from '../../src/columns/encodeFeature'
import { denseFeature } from '../../src/columns/feature'
import { hashBucket } from '../../src/columns/fingerprint64'
import type { CategoricalColumn } from '../../src/experiment/experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  indicatorColumn,
  numericColumn,
} from '../../src/experiment/featureColumn'
import { columnCode } from '../../src/exports/columnCode'
import answers from '../goldens/columnCodeAnswers.json'
import golden from '../goldens/tensorflow-feature-columns.json'
import { dense, draws } from './columnProperties'
import { compare, type ParityRow } from './parityRow'
import { tensorflowAnswer } from './propertyFixture'
import { boundaries, vocabulary } from './propertyInputs'

const part = 'Keras layers'

/** Ids of the Keras layers: ours plus the shift that the page shows; and its code, run in TensorFlow and in Keras. */
export function kerasLayers(): ParityRow[] {
  return [...properties(), ...examples(), ...codeRuns()]
}

function shifted(column: CategoricalColumn, features = dense): number[] {
  const { shift } = columnCode(indicatorColumn(column))
  return Array.from(encodeFeature(column, features).ids, (id) => id + (shift ?? 0))
}

/** Values that TensorFlow's columns read as missing are left out: Keras knows none. */
function properties(): ParityRow[] {
  const words = categoricalColumnWithVocabularyList('w', vocabulary)
  const unknown = categoricalColumnWithVocabularyList('w', vocabulary, { numOovBuckets: 7 })
  // Keras numbers the 7 buckets of unknown words first, TensorFlow last: 40 … 46.
  const reordered = Array.from(encodeFeature(unknown, dense).ids)
  const keras = (golden: Parameters<typeof tensorflowAnswer>[0], what: string, ours: number[], isThere: boolean[]) =>
    compare(
      { part, golden, what },
      ours,
      tensorflowAnswer(golden).values.filter((_, i) => isThere[i]),
    )
  const word = draws.w.map((value) => value !== '')
  const all = draws.w.map(() => true)
  return [
    keras('keras_StringLookup', 'StringLookup: shift 1', shifted(words), word),
    keras('keras_StringLookup_oov', 'StringLookup, num_oov_indices=7, unknown words put last', reordered, word),
    keras(
      'keras_Hashing',
      'Hashing, text',
      shifted(categoricalColumnWithHashBucket('t', 1_000_003)),
      draws.t.map((t) => t !== ''),
    ),
    keras(
      'keras_Hashing_integer',
      'Hashing, whole numbers',
      shifted(categoricalColumnWithHashBucket('i', 1000)),
      draws.i.map((i) => i !== -1),
    ),
    keras('keras_HashedCrossing', 'HashedCrossing, whole numbers', shifted(crossedColumn(['a', 'b'], 1_000_003)), all),
    keras('keras_HashedCrossing_text', 'HashedCrossing, texts', shifted(crossedColumn(['t', 'w'], 53)), all),
    keras('keras_Discretization', 'Discretization', shifted(bucketizedColumn(numericColumn('x'), boundaries)), all),
  ]
}

function examples(): ParityRow[] {
  const row = (name: keyof typeof golden, what: string, ours: number[], theirs: unknown) =>
    compare({ part, golden: name, what }, ours, theirs as number[])
  const words = (...values: string[]) => ({ c: denseFeature('string', values) })
  const whole = (...values: number[]) => ({ c: denseFeature('integer', values) })
  const hashed = categoricalColumnWithHashBucket('c', 10)
  const letters = categoricalColumnWithVocabularyList('c', ['R', 'G', 'B'])
  const cross = { day: denseFeature('integer', [0, 3, 6]), hour: denseFeature('integer', [0, 17, 23]) }
  const numbers = { p: denseFeature('number', [-5, 0, 5, 10, 100, 10_000]) }
  const [texts, integers] = golden.keras_Hashing
  // A masked Hashing keeps bin 0 for the mask and hashes into the other 9.
  const masked = ['a', '', 'hello'].map((text) => (text === '' ? 0 : hashBucket(text, 9) + 1))
  const [present, vocabularyOfKeras] = golden.keras_StringLookup_oov2_mask as [number[], string[]]
  const maskedWords = ['R', 'Z', '', 'B', 'Y', 'hello'].map((word) => {
    const known = ['R', 'G', 'B'].indexOf(word)
    return word === '' ? 0 : known >= 0 ? known + 3 : hashBucket(word, 2) + 1
  })
  return [
    row(
      'keras_HashedCrossing',
      'HashedCrossing of day and hour',
      shifted(crossedColumn(['day', 'hour'], 168), cross),
      golden.keras_HashedCrossing,
    ),
    row('keras_Hashing', 'Hashing: text', shifted(hashed, words('a', 'b', 'hello', '3')), texts),
    row('keras_Hashing', 'Hashing: whole numbers', shifted(hashed, whole(3, 17)), integers),
    row('keras_Hashing_mask', "Hashing, mask_value=''", masked, golden.keras_Hashing_mask),
    row('keras_StringLookup', 'StringLookup, unknown and missing are 0', withZeros(letters), golden.keras_StringLookup),
    row(
      'keras_StringLookup_oov2_mask',
      "StringLookup, num_oov_indices=2, mask_token='': shift 3",
      maskedWords,
      present,
    ),
    compare(
      { part, golden: 'keras_StringLookup_oov2_mask', what: 'its vocabulary' },
      ['', '[UNK]', '[UNK]', 'R', 'G', 'B'],
      vocabularyOfKeras,
    ),
    row(
      'keras_Discretization',
      'Discretization',
      shifted(bucketizedColumn(numericColumn('p'), [0, 10, 100]), numbers),
      golden.keras_Discretization,
    ),
  ]
}

/** Ids of R, Z, '' and B: what is not in the vocabulary gets Keras's 0. */
function withZeros(letters: CategoricalColumn): number[] {
  return ['R', 'Z', '', 'B'].map((word) => shifted(letters, { c: denseFeature('string', [word]) })[0] ?? 0)
}

function codeRuns(): ParityRow[] {
  return Object.entries(answers).flatMap(([kind, answer]) => {
    if (!('values' in answer)) return []
    const { values: count, difference } = answer
    return [
      {
        part,
        golden: 'columnCodeAnswers.json',
        what: `the page's code, run in both: ${kind}`,
        count,
        difference,
        tolerance: kind.startsWith('weighted') ? 1e-6 : 0,
      },
    ]
  })
}
