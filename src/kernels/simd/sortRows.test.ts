import { expect, it } from 'vitest'
import { orderedAt, orderKeys } from '../../columns/rowOrder'
import { createSimdHeap } from './simdHeap'

it.each([
  { count: 1, size: 1 },
  { count: 130, size: 130 },
  { count: 1_000, size: 64 },
  { count: 70_001, size: 3_000 },
  { count: 70_001, size: 63 },
])(
  'draws $size of $count rows as drawRows does, and sorts them by their records, time and again',
  ({ count, size }) => {
    const { allocate, integers, kernels } = createSimdHeap()
    const [rows, pending] = [allocate(size + 8), allocate(size + 4)]
    const [keys, records] = [allocate(4), allocate(count)]
    const words = Math.ceil(count / 64)
    const marks = allocate(2 * (words + Math.ceil(words / 64)))
    const recordOf = Array.from({ length: count }, (_, row) => orderedAt(row, count, orderKeys(3, 0, count)))
    integers(records).set(recordOf)
    for (const epoch of [0, 1, 2]) {
      const order = orderKeys(9, epoch, count)
      const position = Math.floor((count - size) / 2)
      integers(keys).set(order.keys)
      kernels.drawRowSet(rows.pointer, position, size, count, order.bits, keys.pointer, pending.pointer)
      const drawn = Array.from({ length: size }, (_, i) => orderedAt(position + i, count, order))
      const ascending = (numbers: ArrayLike<number>) => Array.from(numbers).sort((a, b) => a - b)
      expect(ascending(integers(rows).subarray(0, size))).toEqual(ascending(drawn))
      kernels.sortRows(rows.pointer, size, records.pointer, count, marks.pointer)
      expect([...integers(rows).subarray(0, size)]).toEqual(ascending(drawn.map((row) => recordOf[row]!)))
      expect(integers(marks).every((word) => word === 0)).toBe(true)
    }
  },
)
