import { expect, it } from 'vitest'
import { bucketCount } from '../../experiment/bucketCount'
import type { ColumnSummary } from '../../experiment/dataSummary'
import type { CategoricalColumn } from '../../experiment/experiment'
import { embeddingColumn } from '../../experiment/featureColumn'
import { fourthRoot } from '../../experiment/fourthRoot'
import { labDefaults } from '../../experiment/labs'
import { evenBoundaries, freeKinds, kindsFor, makeCategorical } from './columnKinds'
import { describeColumn } from './describeColumn'

function column(change: Partial<ColumnSummary>): ColumnSummary {
  return {
    name: 'day',
    type: 'integer',
    distinct: 7,
    missing: 0,
    min: 0,
    max: 6,
    samples: [],
    unit: null,
    derivedFrom: null,
    meaning: null,
    ambiguousDate: false,
    ...change,
  }
}
const day = column({})
const hour = column({ name: 'hour', distinct: 24, max: 23 })
const cross = (exact: boolean): CategoricalColumn => ({
  type: 'crossed',
  keys: ['day', 'hour'],
  hashBucketSize: 100,
  exact,
})

it('counts the buckets of a cross before a run: the product when exact, the size when hashed', () => {
  expect(bucketCount(cross(true), [day, hour])).toBe(168)
  expect(bucketCount(cross(false), [day, hour])).toBe(100)
  expect(bucketCount(cross(true), [day])).toBeNaN()
})

it('puts the mark of 168 buckets at 3.6', () => {
  expect(fourthRoot(168)).toBeCloseTo(3.6, 2)
})

it('suggests a vocabulary for few values, a hash for very many, a number for measurements', () => {
  expect(kindsFor(day)[0]).toBe('vocabularyList')
  expect(kindsFor(column({ type: 'string', distinct: 50_000 }))[0]).toBe('hashBucket')
  expect(kindsFor(column({ type: 'number' }))[0]).toBe('numeric')
  expect(kindsFor(column({ type: 'date' }))).toEqual([])
})

it('offers identity only for ids from zero upwards', () => {
  expect(kindsFor(day)).toContain('identity')
  expect(kindsFor(column({ min: -1 }))).not.toContain('identity')
  expect(makeCategorical('identity', hour)).toMatchObject({ numBuckets: 24 })
})

it('makes ascending boundaries inside the range of the values', () => {
  const boundaries = evenBoundaries({ min: -4.2, max: 38 })
  expect(boundaries[0]).toBe(0)
  expect(boundaries).toEqual([...boundaries].sort((a, b) => a - b))
  expect(evenBoundaries({ min: 3, max: 3 })).toEqual([3])
})

it('warns of collisions and of rows without a bucket, and of nothing else', () => {
  const film = labDefaults.movies.columns[0]!
  const report = {
    name: 'film_embedding',
    buckets: 400,
    used: 400,
    colliding: 0,
    distinct: 400,
    droppedRows: 0,
    parameters: 800,
    bytes: 3200,
  }
  expect(describeColumn(film, report)).toMatchObject({
    title: 'film',
    tensorflow: 'embedding_column(categorical_column_with_vocabulary_list)',
    words: '400 buckets, one for each value, all used',
    warning: null,
  })
  expect(describeColumn(film, { ...report, colliding: 126, droppedRows: 3 }).warning).toBe(
    '126 of 400 values share a bucket with another; 3 rows without a bucket',
  )
})

it('names a cross by its keys', () => {
  expect(describeColumn(embeddingColumn(cross(false), 2), null)).toMatchObject({
    title: 'day × hour',
    term: 'crossed, hashed',
  })
})

it('adds neither what is predicted nor what the model reads already', () => {
  const { movies, dayHour } = labDefaults
  for (const name of ['film', 'viewer', 'rating']) expect(freeKinds(movies, column({ name }))).toEqual([])
  expect(freeKinds(dayHour, day)).toContain('vocabularyList')
  const numeric = { ...dayHour, columns: [{ type: 'numeric' as const, key: 'day', normalizer: 'none' as const }] }
  expect(freeKinds(numeric, day)).toEqual(['bucketized'])
})

it('heads a weighted column with what it is weighted by', () => {
  const words = describeColumn(embeddingColumn({ ...cross(false), weightKey: 'cars' }, 2), null)
  expect(words.title).toBe('day × hour weighted by cars')
  expect(words.tensorflow).toBe('embedding_column(weighted_categorical_column(crossed_column))')
})
