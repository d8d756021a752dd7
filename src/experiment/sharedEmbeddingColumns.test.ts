import { expect, it } from 'vitest'
import {
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  categoricalColumnWithVocabularyList,
} from './featureColumn'
import { sharedEmbeddingColumns } from './sharedEmbeddingColumns'
import { weightedCategoricalColumn } from './weightedCategoricalColumn'

const seen = categoricalColumnWithIdentity('seen', 9)
const next = categoricalColumnWithIdentity('next', 9)

it('name one table for all columns, whatever their order', () => {
  const names = (columns: Parameters<typeof sharedEmbeddingColumns>[0]) =>
    sharedEmbeddingColumns(columns, 2).map((column) => column.sharedEmbeddingCollectionName)
  expect(names([seen, next])).toEqual(['next_seen_shared_embedding', 'next_seen_shared_embedding'])
  expect(names([next, seen])).toEqual(names([seen, next]))
  const [own] = sharedEmbeddingColumns([seen], 2, { sharedEmbeddingCollectionName: 'films' })
  expect(own!.sharedEmbeddingCollectionName).toBe('films')
})

it('are refused where the columns do not number the same things', () => {
  const share = (other: Parameters<typeof sharedEmbeddingColumns>[0][number]) => () =>
    sharedEmbeddingColumns([seen, other], 2)
  expect(share(categoricalColumnWithIdentity('next', 8))).toThrow('different numbers of buckets (9 and 8)')
  expect(share(categoricalColumnWithHashBucket('next', 9))).toThrow('different kinds (identity and hashBucket)')
  expect(share(categoricalColumnWithVocabularyList('next', ['a']))).toThrow("'seen' and 'next' cannot share a table")
  expect(share(weightedCategoricalColumn(next, 'count'))).not.toThrow()
  expect(() => sharedEmbeddingColumns([], 2)).toThrow('at least one')
  expect(() => sharedEmbeddingColumns([seen], 0)).toThrow('from 1')
})
