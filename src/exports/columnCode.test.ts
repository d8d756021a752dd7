import { expect, it } from 'vitest'
import {
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
} from '../experiment/featureColumn'
import { vocabularyOfWords } from '../experiment/words'
import { columnCode } from './columnCode'

// tests/goldens/run_column_code.py runs the code of every kind in TensorFlow and Keras; here is what it cannot say.

it('says by how much ids of Keras lie above those of TensorFlow, and what differs beside', () => {
  const letters = ['R', 'G', 'B']
  const code = (options = {}) => columnCode(indicatorColumn(categoricalColumnWithVocabularyList('c', letters, options)))
  expect(code()).toMatchObject({ shift: 1, notes: [expect.stringContaining('id 0')] })
  expect(code({ numOovBuckets: 4 })).toMatchObject({ shift: 4, notes: [expect.stringContaining('0 to 3')] })
  expect(columnCode({ type: 'numeric', key: 'x', normalizer: 'none' }).shift).toBeNull()
  expect(columnCode(embeddingColumn(crossedColumn(['a', 'b'], 9), 2, { maxNorm: 3 })).notes).toEqual([
    expect.stringContaining('max_norm'),
  ])
})

it('names variables that Python allows, and quotes words that hold quotes', () => {
  const column = indicatorColumn(categoricalColumnWithVocabularyList('1st "city"', ['O\'Hare "x"', 'é\n']))
  const { tensorflow, keras } = columnCode(column)
  expect(tensorflow).toContain(
    '_1st__city_ = fc.categorical_column_with_vocabulary_list("1st \\"city\\"", ["O\'Hare \\"x\\"", "é\\n"])',
  )
  expect(keras).toContain('features["1st \\"city\\""]')
})

it('works an exact cross out of the ids of its keys, the last one varying fastest', () => {
  const cross = crossedColumn([categoricalColumnWithIdentity('day', 7), categoricalColumnWithIdentity('hour', 24)], 1, {
    exact: true,
  })
  const { tensorflow, keras, shift } = columnCode(embeddingColumn(cross, 2))
  expect(keras).toContain('day_X_hour_ids = (day_ids) * 24 + hour_ids')
  expect(tensorflow).toContain('num_buckets=7 * 24')
  expect(shift).toBe(0)
})

it('splits a text into words before the column reads them, as a sparse tensor for TensorFlow and a ragged one for Keras', () => {
  const { tensorflow, keras, notes } = columnCode(embeddingColumn(vocabularyOfWords('title'), 3))
  const split = String.raw`features["title_words"] = tf.strings.split(tf.strings.regex_replace(tf.strings.lower(features["title"], 'utf-8'), r"[^\p{L}\p{N}'’]+", ' '))`
  expect(tensorflow.split('\n')[0]).toBe(`${split}.to_sparse()`)
  expect(tensorflow).toContain('categorical_column_with_vocabulary_list("title_words"')
  expect(keras.split('\n')[0]).toBe(split)
  expect(notes.at(-1)).toContain('ragged')
})

it('gives a column that is called like a word of Python another variable', () => {
  const { tensorflow } = columnCode(embeddingColumn(categoricalColumnWithHashBucket('from', 5), 2))
  expect(tensorflow).toBe(
    "from_ = fc.categorical_column_with_hash_bucket('from', 5)\nfrom_embedding = fc.embedding_column(from_, dimension=2)".replaceAll(
      "'",
      '"',
    ),
  )
})

it('gives a column that is called like a module another variable, and a name with a line end one line', () => {
  const { tensorflow } = columnCode(embeddingColumn(categoricalColumnWithHashBucket('fc', 5), 2))
  expect(tensorflow.split('\n')[0]).toBe('fc_ = fc.categorical_column_with_hash_bucket("fc", 5)')
  const words = columnCode(embeddingColumn(categoricalColumnWithVocabularyList('a\nimport os', 'data'), 2))
  for (const code of [words.tensorflow, words.keras]) expect(code).not.toMatch(/^import/m)
})

it('tells of the vectors that a column starts from', () => {
  const startFrom = { ckptToLoadFrom: 'run 3', fingerprint: 'f', tensorNameInCkpt: 'a_X_b_embedding' }
  const { notes } = columnCode(embeddingColumn(crossedColumn(['a', 'b'], 9), 2, { startFrom }))
  expect(notes).toEqual([expect.stringMatching(/a_X_b_embedding in run 3, by key.*ckpt_to_load_from/)])
})
