import { describe, expect, it } from 'vitest'
import {
  bucketizedColumn,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  numericColumn,
} from '../experiment/featureColumn'
import { sequenceCategoricalColumnWithIdentity, sequenceNumericColumn } from '../experiment/sequenceColumn'
import { weightedCategoricalColumn } from '../experiment/weightedCategoricalColumn'
import { encodeFeature } from './encodeFeature'
import { denseFeature, sparseFeature } from './feature'
import { inputLayer } from './inputLayer'
import { sequenceIndicator, sequenceNumeric } from './sequenceFeatures'

// That the values are TensorFlow's is shown in tests/parity; here is what it refuses, and what its answers leave open.

const words = categoricalColumnWithVocabularyList('word', ['a', 'b'])
const bags = sparseFeature('string', ['a', 'x', '', 'b'], [2, 0, 2])

describe('features without a table', () => {
  it('keep unknown values as -1 and, where rows hold several, the empty text too', () => {
    const { ids, offsets } = encodeFeature(words, { word: bags })
    expect([...ids]).toEqual([0, -1, -1, 1])
    expect([...offsets]).toEqual([0, 2, 2, 4])
    const dense = encodeFeature(words, { word: denseFeature('string', ['a', '', 'x']) })
    expect([...dense.ids]).toEqual([0, -1])
    expect([...dense.offsets]).toEqual([0, 1, 1, 2])
  })

  it('have a place of its own for every combination of an exact cross', () => {
    const cross = crossedColumn(['word', 'day'], 1, { exact: true })
    const days = sparseFeature('integer', [5, 6, 5, 6], [2, 1, 1])
    const { ids, buckets } = encodeFeature(cross, {
      word: sparseFeature('string', ['a', 'b', 'b', 'a'], [1, 1, 2]),
      day: days,
    })
    expect(buckets).toBe(4)
    expect([...ids]).toEqual([0, 1, 2, 3, 1])
  })

  it('are told apart by name', () => {
    expect(() => encodeFeature(words, { text: bags })).toThrow("There is no feature 'word'. There are: text.")
  })

  it('must hold as many numbers in every row to be bucketized', () => {
    const ranges = bucketizedColumn(numericColumn('p'), [0])
    const pairs = encodeFeature(ranges, { p: sparseFeature('number', [-1, 1, 1, -1], [2, 2]) })
    expect([[...pairs.ids], pairs.buckets]).toEqual([[0, 3, 1, 2], 4])
    expect(() => encodeFeature(ranges, { p: sparseFeature('number', [-1, 1, 1], [2, 1]) })).toThrow('differ')
  })
})

describe('weights', () => {
  const weighted = weightedCategoricalColumn(words, 'count')

  it('go with their values; that of a missing dense value is left out', () => {
    const sparse = encodeFeature(weighted, { word: bags, count: sparseFeature('number', [1, 2, 3, 4], [2, 0, 2]) })
    expect([...sparse.weights!]).toEqual([1, 2, 3, 4])
    const dense = { word: denseFeature('string', ['', 'b']), count: denseFeature('number', [7, 8]) }
    expect([...encodeFeature(weighted, dense).weights!]).toEqual([8])
  })

  it('must be numbers, one for every value', () => {
    const encode = (count: ReturnType<typeof denseFeature>) => () => encodeFeature(weighted, { word: bags, count })
    expect(encode(sparseFeature('number', [1, 2, 3], [1, 0, 2]))).toThrow('Row 1 holds 2 values and 1 weights')
    expect(encode(sparseFeature('number', [1, 2], [2]))).toThrow('weights for 1 rows, and there are 3')
    expect(encode(sparseFeature('string', ['1'], [1, 0, 0]))).toThrow('must be numbers')
  })
})

describe('the input layer', () => {
  it('says which shape a table lacks', () => {
    const embedding = { type: 'embedding', categorical: words, dimension: 3 } as const
    const column = { ...embedding, combiner: 'mean', trainable: true, initializerStddev: null } as const
    const layer = (table: Float32Array) => () =>
      inputLayer([column], { word: bags }, new Map([['word_embedding', table]]))
    expect(layer(new Float32Array(8))).toThrow('word_embedding needs a table of the shape [2, 3], not of 8 numbers.')
    expect(layer(new Float32Array(6))()).toHaveLength(9)
  })

  it('reads one number a row', () => {
    const numeric = [{ type: 'numeric', key: 'word' } as const]
    expect(() => inputLayer(numeric, { word: bags }, new Map())).toThrow('holds text')
    expect(() => inputLayer(numeric, { word: sparseFeature('number', [1], [1]) }, new Map())).toThrow('several values')
  })
})

describe('sequences', () => {
  const steps = sequenceCategoricalColumnWithIdentity('film', 3, { defaultValue: 0 })

  it('are one-hot step by step, filled up with zeros', () => {
    const films = sparseFeature('integer', [2, 1, 9], [2, 1])
    expect(sequenceIndicator(steps, { film: films })).toEqual({
      steps: 2,
      width: 3,
      values: Float32Array.of(0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0),
      lengths: Int32Array.of(2, 1),
    })
  })

  it('need rows of several values, and numbers where they are numbers', () => {
    expect(() => sequenceIndicator(steps, { film: denseFeature('integer', [1]) })).toThrow('needs rows of several')
    const numeric = sequenceNumericColumn('film')
    expect(() => sequenceNumeric(numeric, { film: sparseFeature('string', ['a'], [1]) })).toThrow('holds text')
  })

  it('take no ranges', () => {
    expect(() => sequenceCategoricalColumnWithIdentity('film', 0)).toThrow('from 1')
    expect(categoricalColumnWithIdentity('film', 3)).toMatchObject({ numBuckets: 3 })
  })
})
