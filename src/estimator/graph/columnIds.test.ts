import { type Tensor2D, tensor1d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Feature, sparseFeature } from '../../columns/feature'
import type { CategoricalColumn } from '../../experiment/experiment'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../../experiment/featureColumn'
import { useBackend as startBackend } from '../../model/backends'
import { inputLayer, linearModel } from '../featureInputs'
import type { Features } from '../features'
import * as tf from '../tf'
import { variableScope } from '../variables'
import { exportedAlike } from './testExport'

const text = (...values: string[]): Feature => ({ type: 'string', values, offsets: null })
const whole = (...values: number[]) => tensor1d(values, 'int32')

const columns: Record<string, { column: CategoricalColumn; example: () => Features; batch: () => Features }> = {
  identity: {
    column: categoricalColumnWithIdentity('day', 7),
    example: () => ({ day: whole(3) }),
    batch: () => ({ day: whole(6, 0, -1, 5) }),
  },
  'identity with a default': {
    column: categoricalColumnWithIdentity('day', 7, { defaultValue: 2 }),
    example: () => ({ day: whole(3) }),
    batch: () => ({ day: whole(6, 90, -1, -5) }),
  },
  bucketized: {
    column: bucketizedColumn(numericColumn('price'), [0.5, 0.7, 10]),
    example: () => ({ price: tensor1d([1]) }),
    batch: () => ({ price: tensor1d([0.7, -4, 11, Number.NaN, 0.5]) }),
  },
  'vocabulary of words': {
    column: categoricalColumnWithVocabularyList('genre', ['drama', 'comedy', 'war']),
    example: () => ({ genre: text('war') }),
    batch: () => ({ genre: text('comedy', 'unheard of', '', 'drama') }),
  },
  'vocabulary of a single word': {
    column: categoricalColumnWithVocabularyList('genre', ['war']),
    example: () => ({ genre: text('war') }),
    batch: () => ({ genre: text('comedy', 'war', '') }),
  },
  'vocabulary with a default': {
    column: categoricalColumnWithVocabularyList('genre', ['drama', 'comedy', 'war'], { defaultValue: 1 }),
    example: () => ({ genre: text('war') }),
    batch: () => ({ genre: text('comedy', 'unheard of', '', 'drama') }),
  },
  'vocabulary with buckets for others': {
    column: categoricalColumnWithVocabularyList('genre', ['drama', 'comedy'], { numOovBuckets: 3 }),
    example: () => ({ genre: text('war') }),
    batch: () => ({ genre: text('comedy', 'unheard of', '', 'drama', 'naïve', 'a') }),
  },
  'vocabulary of numbers': {
    column: categoricalColumnWithVocabularyList('year', ['1984', '01', '2001']),
    example: () => ({ year: whole(1984) }),
    batch: () => ({ year: whole(2001, 1, 1984, -1) }),
  },
  'vocabulary that no number is of': {
    column: categoricalColumnWithVocabularyList('year', ['old', 'new'], { defaultValue: 1 }),
    example: () => ({ year: whole(1984) }),
    batch: () => ({ year: whole(2001, -1, 0) }),
  },
  'hash of words': {
    column: categoricalColumnWithHashBucket('title', 1000),
    example: () => ({ title: text('Heat') }),
    batch: () => ({ title: text('Amélie', '', 'A title of more than sixteen and less than sixty-four bytes', 'x') }),
  },
  'hash of numbers': {
    column: categoricalColumnWithHashBucket('zip', 50),
    example: () => ({ zip: whole(10115) }),
    batch: () => ({ zip: whole(4, 80331, -1, 0) }),
  },
  cross: {
    column: crossedColumn(['day', 'hour'], 100),
    example: () => ({ day: whole(1), hour: whole(2) }),
    batch: () => ({ day: whole(6, 0, -1), hour: whole(23, 7, 4) }),
  },
  'cross of columns': {
    column: crossedColumn(
      [
        categoricalColumnWithIdentity('day', 7),
        bucketizedColumn(numericColumn('price'), [0.5, 2]),
        categoricalColumnWithVocabularyList('genre', ['drama', 'comedy'], { numOovBuckets: 2 }),
      ],
      100,
    ),
    example: () => ({ day: whole(1), price: tensor1d([2]), genre: text('war') }),
    batch: () => ({
      day: whole(6, 0, -1, 3),
      price: tensor1d([0, 1, 2, 3]),
      genre: text('drama', '', 'comedy', 'unheard of'),
    }),
  },
  'cross of a key and a column, which is hashed before it': {
    column: crossedColumn(['day', bucketizedColumn(numericColumn('price'), [0.5, 2])], 100),
    example: () => ({ day: whole(1), price: tensor1d([2]) }),
    batch: () => ({ day: whole(6, 0, -1, 3), price: tensor1d([0, 1, 2, 3]) }),
  },
  'cross of columns of which one holds several a row': {
    column: crossedColumn(['day', categoricalColumnWithVocabularyList('genres', ['war', 'drama'])], 100),
    example: () => ({ day: whole(1), genres: sparseFeature('string', ['war'], [1]) }),
    batch: () => ({ day: whole(6, 0, 2), genres: sparseFeature('string', ['war', 'drama', 'war'], [2, 0, 1]) }),
  },
  'words, several a row': {
    column: categoricalColumnWithVocabularyList('genres', ['drama', 'comedy', 'war']),
    example: () => ({ genres: sparseFeature('string', ['war'], [1]) }),
    batch: () => ({ genres: sparseFeature('string', ['war', 'drama', 'unheard of', 'comedy'], [2, 0, 2]) }),
  },
  'words, weighted': {
    column: { ...categoricalColumnWithHashBucket('genres', 20), weightKey: 'counts' },
    example: () => ({ genres: sparseFeature('string', ['war'], [1]), counts: sparseFeature('number', [1], [1]) }),
    batch: () => ({
      genres: sparseFeature('string', ['war', 'drama', 'comedy'], [2, 0, 1]),
      counts: sparseFeature('number', [2, 0.5, 3], [2, 0, 1]),
    }),
  },
  'numbers with weights of which some are none': {
    column: { ...categoricalColumnWithIdentity('day', 7), weightKey: 'weight' },
    example: () => ({ day: whole(3), weight: tensor1d([1]) }),
    batch: () => ({ day: whole(6, 0, -1, 5), weight: tensor1d([0.5, -2, Number.NaN, 0]) }),
  },
}

describe.each(['cpu', 'wasm'] as const)('an exported feature column on %s', (backend) => {
  beforeAll(() => startBackend(backend, { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' }))

  it.each(Object.keys(columns))('%s: embedded, counted, weighed', async (name) => {
    const { column, example, batch } = columns[name]!
    const predict = (features: Features) => ({
      layer: inputLayer(features, [embeddingColumn(column, 2, { combiner: 'sqrtn' }), indicatorColumn(column)]),
      linear: linearModel(features, [column], 2),
    })
    // Weights that are not all the same.
    const drawn = (features: Features) => {
      const { layer, linear } = predict(features)
      return { layer, linear: tf.add(linear, embeddingless(features, column)) }
    }
    await exportedAlike(drawn, example(), batch())
  })

  it('answers with no rows for an empty batch', async () => {
    const predict = (features: Features) =>
      inputLayer(features, [
        embeddingColumn(categoricalColumnWithVocabularyList('genre', ['war'], { numOovBuckets: 2 }), 2),
        embeddingColumn(categoricalColumnWithIdentity('day', 7, { defaultValue: 2 }), 2),
        embeddingColumn(bucketizedColumn(numericColumn('price'), [0.5]), 1, { combiner: 'sum' }),
        indicatorColumn(categoricalColumnWithHashBucket('genres', 4)),
      ])
    const given = (rows: number) => ({
      genre: text(...Array<string>(rows).fill('war')),
      day: whole(...Array<number>(rows).fill(3)),
      price: tensor1d(Array<number>(rows).fill(3)),
      genres: sparseFeature('string', [], Array<number>(rows).fill(0)),
    })
    await exportedAlike(predict, { ...given(1), genres: sparseFeature('string', ['war'], [1]) }, given(0))
  })

  it('of numbers takes them as they are, or their logarithm', async () => {
    const predict = (features: Features) =>
      inputLayer(features, [numericColumn('price', { normalizer: 'log1p' }), numericColumn('age')])
    const batch = { price: tensor1d([3, 0, 9]), age: whole(4, 5, 6) }
    await exportedAlike(predict, { price: tensor1d([1]), age: whole(1) }, batch)
  })

  it('looks hashes up where columns say which numbers there can be', async () => {
    const hour = categoricalColumnWithIdentity('hour', 24)
    const day = categoricalColumnWithIdentity('day', 7)
    const predict = (features: Features) =>
      inputLayer(features, [
        embeddingColumn(crossedColumn(['day', 'hour'], 100), 2),
        embeddingColumn(categoricalColumnWithHashBucket('hour', 10), 2, { combiner: 'sum' }),
        indicatorColumn(hour),
        indicatorColumn(day),
      ])
    const batch = { day: whole(6, 0, 1, -1), hour: whole(23, -1, 4, 9) }
    const { signatures } = await exportedAlike(predict, { day: whole(1), hour: whole(2) }, batch)
    expect(Object.keys(signatures.serving_default!.inputs).sort()).toEqual(['day', 'hour'])
  })

  it('hashes keys of the data after columns, whatever the order they are listed in', async () => {
    const day = categoricalColumnWithIdentity('day', 7)
    const cross = crossedColumn(['day', bucketizedColumn(numericColumn('price'), [0.5, 2])], 100)
    const predict = (features: Features) => inputLayer(features, [embeddingColumn(cross, 2), indicatorColumn(day)])
    const batch = { day: whole(6, 0, 1, -1, 5, 4), price: tensor1d([0, 1, 2, 3, 0.6, -1]) }
    const { signatures } = await exportedAlike(predict, { day: whole(1), price: tensor1d([2]) }, batch)
    expect(Object.keys(signatures.serving_default!.inputs).sort()).toEqual(['day', 'price'])
  })

  it('asks for nothing but bucket numbers where a cross has too many keys to be looked up', async () => {
    const cross = crossedColumn(
      [categoricalColumnWithIdentity('film', 2000), categoricalColumnWithIdentity('user', 2000)],
      100,
    )
    const predict = (features: Features) => inputLayer(features, [embeddingColumn(cross, 2)])
    const batch = { film: whole(6, 1999, 1), user: whole(1000, 0, -1) }
    const { signatures } = await exportedAlike(predict, { film: whole(1), user: whole(2) }, batch)
    expect(Object.keys(signatures.serving_default!.inputs)).toEqual(['film_X_user_ids'])
  })

  it('is given bucket numbers where no graph can compute them, and the signature says of what', async () => {
    const column = crossedColumn(['day', 'hour'], 100)
    const other = crossedColumn(['day', 'hour'], 50)
    const predict = (features: Features) =>
      inputLayer(features, [
        embeddingColumn(column, 2),
        indicatorColumn(other),
        indicatorColumn(categoricalColumnWithIdentity('day', 7)),
      ])
    const batch = { day: whole(6, 0, 1), hour: whole(23, 7, 4) }
    const { signatures } = await exportedAlike(predict, { day: whole(1), hour: whole(2) }, batch)
    expect(signatures.serving_default!.inputs).toEqual({
      day: { node: 'day', dtype: 'int32', shape: [-1] },
      day_X_hour_ids: { node: 'day_X_hour_ids', dtype: 'int32', shape: [-1], encoded: column },
      day_X_hour_ids_2: { node: 'day_X_hour_ids_2', dtype: 'int32', shape: [-1], encoded: other },
    })
  })
})

/** A table of the column's buckets that is not all zeros. */
function embeddingless(features: Features, column: CategoricalColumn): Tensor2D {
  return variableScope('other', () => tf.sum(inputLayer(features, [embeddingColumn(column, 5)]), 1, true) as Tensor2D)
}
