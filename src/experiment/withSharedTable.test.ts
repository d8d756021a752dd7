import { expect, it } from 'vitest'
import { columnName } from './columnName'
import type { Experiment } from './experiment'
import { categoricalColumnWithHashBucket, categoricalColumnWithVocabularyList, embeddingColumn } from './featureColumn'
import { labDefaults } from './labs'
import { tablesToShare, withSharedTable } from './withSharedTable'

const hashed = (key: string, size = 50) => embeddingColumn(categoricalColumnWithHashBucket(key, size), 2)
const from = hashed('from')
const base: Experiment = { ...labDefaults.dayHour, columns: [{ ...from, dimension: 5, combiner: 'sum' }] }

it('offers the tables of columns of the same kind and size, none to a vocabulary of the data', () => {
  expect(tablesToShare(hashed('to'), base.columns)).toHaveLength(1)
  expect(tablesToShare(hashed('to', 49), base.columns)).toEqual([])
  const own = embeddingColumn(categoricalColumnWithVocabularyList('to', 'data'), 2)
  expect(tablesToShare(own, [embeddingColumn(categoricalColumnWithVocabularyList('from', 'data'), 2)])).toEqual([])
})

it('gives both columns one table with the settings of the one that was there', () => {
  const shared = withSharedTable(base, null, hashed('to'), 'from_embedding')
  expect(shared.columns.map(columnName)).toEqual(['from_shared_embedding', 'to_shared_embedding'])
  for (const column of shared.columns) {
    expect(column).toMatchObject({
      dimension: 5,
      combiner: 'sum',
      sharedEmbeddingCollectionName: 'from_to_shared_embedding',
    })
  }
  const third = withSharedTable(shared, null, hashed('via'), 'to_shared_embedding')
  expect(third.columns[2]).toMatchObject({ sharedEmbeddingCollectionName: 'from_to_shared_embedding' })
})

it('gives a column that is left alone a table of its own again', () => {
  const shared = withSharedTable(base, null, hashed('to'), 'from_embedding')
  const apart = withSharedTable(shared, 1, shared.columns[1]!, null)
  expect(apart.columns.map(columnName)).toEqual(['from_embedding', 'to_embedding'])
})
