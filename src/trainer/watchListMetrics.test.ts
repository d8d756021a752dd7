import { describe, expect, it } from 'vitest'
import { popularityOf } from '../columns/popularity'
import type { EncodedData } from '../columns/sparseBatch'
import { createRecallMeter, highest } from './watchListMetrics'

const ITEMS = 30

/** Row r has item r, and the items below it on its list. */
const encoded: EncodedData = {
  rowCount: ITEMS,
  categorical: [],
  numeric: [],
  label: {
    task: 'multiclass',
    outputs: ITEMS,
    names: [],
    units: [],
    values: Float32Array.from({ length: ITEMS }, (_, row) => row),
    scaling: [],
  },
  trainRows: Uint32Array.of(0, 1, 2),
  validationRows: Uint32Array.of(),
  lists: {
    items: Int32Array.from({ length: ITEMS }, (_, item) => item),
    starts: new Int32Array(ITEMS),
    ends: Int32Array.from({ length: ITEMS }, (_, row) => row),
    ids: new Int32Array(ITEMS),
  },
}

function recallOf(scores: number[], row: number) {
  const meter = createRecallMeter(encoded, popularityOf(encoded))
  meter?.add(Float32Array.from(scores), Uint32Array.of(row))
  return meter?.result()
}

const falling = Array.from({ length: ITEMS }, (_, item) => -item)

describe('createRecallMeter', () => {
  it('finds an item among the ten highest that are not on the list', () => {
    expect(recallOf(falling, 9)?.recall10).toBe(1)
    expect(recallOf(falling, 25)?.recall10).toBe(1)
    expect(recallOf(falling.toReversed(), 5)?.recall10).toBe(0)
    expect(recallOf(falling.toReversed(), 20)?.recall10).toBe(1)
  })

  it('counts an item that ties with its chance to be shown', () => {
    expect(recallOf(new Array(ITEMS).fill(0), 0)?.recall10).toBeCloseTo(10 / ITEMS)
    expect(recallOf(new Array(ITEMS).fill(0), 10)?.recall10).toBeCloseTo(10 / 20)
  })

  it('takes no model for good that gives no number', () => {
    expect(recallOf(new Array(ITEMS).fill(Number.NaN), 0)?.recall10).toBeNaN()
  })

  it('measures the most popular items on the same rows', () => {
    // Items 0, 1 and 2 are on one training list each, all others on none.
    expect(recallOf(falling, 0)?.popularity10).toBe(1)
    expect(recallOf(falling, 3)?.popularity10).toBeCloseTo(10 / 27)
  })

  it('is for watch lists', () => {
    const { lists, ...others } = encoded
    expect(lists).toBeDefined()
    expect(createRecallMeter(others, popularityOf(others))).toBeNull()
  })
})

it('picks the highest of those that are left in', () => {
  expect(highest([1, 5, 5, 9], 2, (item) => item === 3)).toEqual([1, 2])
})
