import { expect, it } from 'vitest'
import type { SparseBatch } from '../columns/sparseBatch'
import { canGroup, groupExamples } from './groupExamples'

function batch(...columns: number[][]): SparseBatch {
  const categorical = columns.map((ids) => ({ ids: Int32Array.from(ids), offsets: null }))
  return { size: columns[0]!.length, categorical, dense: new Float32Array(0), labels: new Float32Array(0) }
}

it('groups examples whose ids agree in every column, in the order of first occurrence', () => {
  const groups = groupExamples(batch([4, 1, 4, 4, 1, 2], [0, 2, 1, 0, 2, 0]))
  expect([...groups.groupOf]).toEqual([0, 1, 2, 0, 1, 3])
  expect([...groups.counts]).toEqual([2, 2, 1, 1])
  expect(groups.batch.categorical.map(({ ids }) => [...ids])).toEqual([
    [4, 1, 4, 2],
    [0, 2, 1, 0],
  ])
})

it('leaves alone what single ids do not describe', () => {
  expect(canGroup(batch([1, 2]))).toBe(true)
  expect(canGroup({ ...batch([1, 2]), dense: Float32Array.of(0.5, 0.7) })).toBe(false)
  const bags = [{ ids: Int32Array.of(1, 2, 3), offsets: Int32Array.of(0, 1, 3) }]
  expect(canGroup({ ...batch([1, 2]), categorical: bags })).toBe(false)
})

it('takes an empty batch', () => {
  expect(groupExamples(batch([]))).toMatchObject({ batch: { size: 0 } })
})
