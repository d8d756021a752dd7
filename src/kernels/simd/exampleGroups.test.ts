import { expect, it } from 'vitest'
import type { SparseBatch } from '../../columns/sparseBatch'
import { createRandom } from '../../lib/random'
import { groupExamples } from '../../model/groupExamples'
import { createTestHeap, sizes } from './testHeap'

it.each([...sizes, 1000])('groups %i examples by three columns as groupExamples does', (size) => {
  const heap = createTestHeap()
  const { kernels } = heap
  const random = createRandom(5, 'groups')
  const columns = [5, 3, 2_000_000_000].map((range) =>
    Int32Array.from({ length: size }, () => random.integer(4) * Math.floor(range / 4)),
  )
  const batch: SparseBatch = {
    size,
    categorical: columns.map((ids) => ({ ids, offsets: null })),
    dense: new Float32Array(0),
    labels: new Float32Array(0),
  }
  const expected = groupExamples(batch)
  const slots = heap.integers(new Int32Array(2048))
  let groupOf = heap.integers(new Int32Array(size))
  let split = heap.integers(new Int32Array(size))
  let groups = 0
  for (const ids of columns) {
    const { pointer } = heap.integers(ids)
    groups = kernels.splitGroups(groupOf.pointer, pointer, size, split.pointer, slots.pointer, 2048)
    const swapped = groupOf
    groupOf = split
    split = swapped
  }
  expect(groups).toBe(expected.batch.size)
  expect([...groupOf.integers()]).toEqual([...expected.groupOf])

  const [starts, examples] = [heap.integers(new Int32Array(groups + 2)), heap.integers(new Int32Array(size))]
  const multiplicity = heap.integers(new Int32Array(groups))
  kernels.sortLookups(groupOf.pointer, 0, size, 0, groups, starts.pointer, examples.pointer, multiplicity.pointer)
  expect([...multiplicity.integers()]).toEqual([...expected.counts])
  for (const [c, ids] of columns.entries()) {
    const first = heap.integers(new Int32Array(groups))
    const { pointer } = heap.integers(ids)
    kernels.firstOfGroups(pointer, starts.pointer, examples.pointer, groups, first.pointer)
    expect([...first.integers()]).toEqual([...expected.batch.categorical[c]!.ids])
  }

  const classes = Float32Array.from({ length: size }, () => random.integer(5))
  const expectedCounts = new Float32Array(groups * 8)
  for (const [b, value] of classes.entries()) expectedCounts[expected.groupOf[b]! * 8 + value]!++
  const counts = heap.floats(new Float32Array(groups * 8).fill(7))
  const { pointer } = heap.floats(classes)
  const half = groups >> 1
  kernels.countClasses(pointer, starts.pointer, examples.pointer, 0, half, 8, counts.pointer)
  const rest = counts.pointer + 4 * half * 8
  kernels.countClasses(pointer, starts.pointer, examples.pointer, half, groups - half, 8, rest)
  expect([...counts.floats()]).toEqual([...expectedCounts])
})

it('counts the class of each example where nothing is grouped', () => {
  const heap = createTestHeap()
  const classes = heap.floats([2, 0, 3])
  const counts = heap.floats(new Float32Array(8))
  heap.kernels.countClasses(classes.pointer, 0, 0, 1, 2, 4, counts.pointer)
  expect([...counts.floats()]).toEqual([1, 0, 0, 0, 0, 0, 0, 1])
})
