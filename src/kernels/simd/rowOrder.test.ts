import { expect, it } from 'vitest'
import { fillRows, orderKeys } from '../../columns/rowOrder'
import { createSimdHeap } from './simdHeap'

it.each([false, true])('draws the rows that every other execution draws (shared memory: %s)', (shared) => {
  const heap = createSimdHeap({ shared })
  for (const count of [1, 5, 64, 1000, 70_001]) {
    const trainRows = Uint32Array.from({ length: count }, (_, i) => i)
    const order = orderKeys(9, 4, count)
    const [rows, pending, keys] = [heap.allocate(count + 4), heap.allocate(count + 4), heap.allocate(4)]
    heap.integers(keys).set(order.keys)
    const position = Math.floor(count / 3)
    heap.kernels.drawRows(rows.pointer, position, count - position, count, order.bits, keys.pointer, pending.pointer)
    const expected = new Uint32Array(count - position)
    fillRows(expected, trainRows, position, order)
    expect([...heap.integers(rows).subarray(0, count - position)]).toEqual([...expected])
  }
})
