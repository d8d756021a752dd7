import { expect, it } from 'vitest'
import { createRowIndexer } from './rowIndex'

const plain = (index: ReturnType<ReturnType<typeof createRowIndexer>['index']>) => ({
  rows: [...index.rows],
  starts: [...index.starts],
  bags: [...index.bags],
  counts: [...index.counts],
})

it('sorts lookups by row, rows in the order of first touch, lookups in the order of the batch', () => {
  const index = createRowIndexer(10, 'film').index(Int32Array.of(7, 2, 7, 9, 2, 7), null, null)
  expect(plain(index)).toEqual({ rows: [7, 2, 9], starts: [0, 3, 5, 6], bags: [0, 2, 5, 1, 4, 3], counts: [3, 2, 1] })
})

it('says where in the batch each lookup was', () => {
  const index = createRowIndexer(10, 'genre').index(Int32Array.of(1, 3, 3, 1), Int32Array.of(0, 2, 2, 4), null)
  expect([...index.lookups]).toEqual([0, 3, 1, 2])
})

it('names the bag of each lookup when bags hold several ids or none', () => {
  const index = createRowIndexer(10, 'genre').index(Int32Array.of(1, 3, 3, 1), Int32Array.of(0, 2, 2, 4), null)
  expect(plain(index)).toEqual({ rows: [1, 3], starts: [0, 2, 4], bags: [0, 2, 0, 2], counts: [2, 2] })
})

it('counts a lookup as often as its bag stands for an example', () => {
  const index = createRowIndexer(4, 'origin').index(Int32Array.of(3, 1, 3), null, Int32Array.of(5, 2, 4))
  expect(plain(index)).toMatchObject({ rows: [3, 1], counts: [9, 2] })
})

it('forgets the batch before', () => {
  const indexer = createRowIndexer(10, 'film')
  indexer.index(Int32Array.of(1, 1, 1, 2), null, null)
  expect(plain(indexer.index(Int32Array.of(2, 5), null, null))).toEqual({
    rows: [2, 5],
    starts: [0, 1, 2],
    bags: [0, 1],
    counts: [1, 1],
  })
  expect(plain(indexer.index(new Int32Array(0), null, null))).toEqual({ rows: [], starts: [0], bags: [], counts: [] })
})

it('refuses an id that is not a row, and says which', () => {
  const indexer = createRowIndexer(10, 'film')
  expect(() => indexer.index(Int32Array.of(3, 10), null, null)).toThrow('Column film: bucket 10')
  expect(() => indexer.index(Int32Array.of(-1), null, null)).toThrow('bucket -1')
})
