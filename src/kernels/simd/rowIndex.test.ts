import { expect, it } from 'vitest'
import { createRandom } from '../../lib/random'
import { createRowIndexer } from '../rowIndex'
import { createSimdHeap } from './simdHeap'

interface Batch {
  ids: number[]
  offsets?: number[]
  multiplicity?: number[]
}

/** Both halves of the index, over one column, batch after batch. */
function createIndex(tableRows: number, room: number) {
  const heap = createSimdHeap()
  const places = heap.allocate(tableRows)
  const [ids, offsets, multiplicity] = [heap.allocate(room), heap.allocate(room + 1), heap.allocate(room)]
  const [rows, lookupPlaces, bags, counts] = Array.from({ length: 4 }, () => heap.allocate(room)) as [B, B, B, B]
  const starts = heap.allocate(room + 2)
  const { kernels } = heap
  return (batch: Batch) => {
    heap.integers(ids).set(batch.ids)
    if (batch.offsets) heap.integers(offsets).set(batch.offsets)
    if (batch.multiplicity) heap.integers(multiplicity).set(batch.multiplicity)
    const N = batch.ids.length
    const U = kernels.touchRows(ids.pointer, N, tableRows, places.pointer, rows.pointer, lookupPlaces.pointer)
    if (U < 0) return { refused: -1 - U }
    kernels.sortLookups(
      lookupPlaces.pointer,
      batch.offsets ? offsets.pointer : 0,
      batch.offsets ? batch.offsets.length - 1 : N,
      batch.multiplicity ? multiplicity.pointer : 0,
      U,
      starts.pointer,
      bags.pointer,
      counts.pointer,
    )
    const first = (block: B, length: number) => [...heap.integers(block).subarray(0, length)]
    return { rows: first(rows, U), starts: first(starts, U + 1), bags: first(bags, N), counts: first(counts, U) }
  }
}
type B = ReturnType<ReturnType<typeof createSimdHeap>['allocate']>

function expected(indexer: ReturnType<typeof createRowIndexer>, { ids, offsets, multiplicity }: Batch) {
  const array = (numbers: number[] | undefined) => (numbers ? Int32Array.from(numbers) : null)
  const { rows, starts, bags, counts } = indexer.index(Int32Array.from(ids), array(offsets), array(multiplicity))
  return { rows: [...rows], starts: [...starts], bags: [...bags], counts: [...counts] }
}

it('sorts lookups as the plain index does, batch after batch', () => {
  const random = createRandom(3, 'row index')
  for (const tableRows of [1, 7, 500]) {
    const index = createIndex(tableRows, 300)
    const indexer = createRowIndexer(tableRows, 'film')
    for (const size of [65, 0, 1, 63, 64, 65]) {
      const offsets = [0]
      for (let b = 0; b < size; b++) offsets.push(offsets[b]! + random.integer(5))
      const draw = (length: number) => Array.from({ length }, () => Math.floor(random.uniform() ** 2 * tableRows))
      const multiplicity = Array.from({ length: size }, () => 1 + random.integer(3))
      for (const batch of [
        { ids: draw(size) },
        { ids: draw(size), multiplicity },
        { ids: draw(offsets[size]!), offsets },
        { ids: draw(offsets[size]!), offsets, multiplicity },
      ]) {
        expect(index(batch)).toEqual(expected(indexer, batch))
      }
    }
  }
})

it('says which lookup is not a row, and goes on with the next batch', () => {
  const index = createIndex(10, 8)
  expect(index({ ids: [1, 2, 10, 3] })).toEqual({ refused: 2 })
  expect(index({ ids: [-1] })).toEqual({ refused: 0 })
  expect(index({ ids: [3, 9, 3] })).toEqual({ rows: [3, 9], starts: [0, 2, 3], bags: [0, 2, 1], counts: [2, 1] })
})
