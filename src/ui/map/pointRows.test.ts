import { describe, expect, it } from 'vitest'
import type { PointsInfo } from '../../protocol/trainer'
import type { MapData } from '../../store/selectors'
import { nearnessTo, pageOfRows, sortValues } from './pointRows'

const points: PointsInfo = {
  table: 'film_embedding',
  keys: ['a', 'b', 'c', 'd'],
  labels: ['Film 10', 'Film 9', 'Alien', 'Brazil'],
  counts: Uint32Array.of(5, 0, 7, 7),
  attributes: [
    {
      kind: 'category',
      name: 'mpaa',
      title: 'Age rating',
      categories: ['R', 'G'],
      ordered: false,
      codes: Int16Array.of(0, 1, -1, 1),
    },
    { kind: 'number', name: 'year', title: 'Year', unit: null, values: Float32Array.of(1999, Number.NaN, 1979, 1985) },
  ],
  colorBy: 'mpaa',
}
const data: MapData = {
  points,
  snapshot: {
    step: 3,
    table: 'film_embedding',
    rows: 4,
    dimension: 2,
    vectors: Float32Array.of(1, 0, 3, 4, 0, 2, -1, 0),
  },
}

function order(column: Parameters<typeof sortValues>[1], descending = false, visible: Uint8Array | null = null) {
  return pageOfRows(sortValues(data, column, nearnessTo(data, 0, 'euclidean')), visible, descending, 0, 10).rows
}

describe('the rows of the table of points', () => {
  it('sort names as a person counts', () => {
    expect(order({ by: 'label' })).toEqual([2, 3, 1, 0])
  })

  it('keep unknown values last in both directions', () => {
    expect(order({ by: 'attribute', name: 'year' })).toEqual([2, 3, 0, 1])
    expect(order({ by: 'attribute', name: 'year' }, true)).toEqual([0, 3, 2, 1])
    expect(order({ by: 'attribute', name: 'mpaa' })).toEqual([1, 3, 0, 2])
  })

  it('sort by a coordinate and by the distance to the selected point', () => {
    expect(order({ by: 'coordinate', dimension: 1 }, true)).toEqual([1, 2, 0, 3])
    expect(order({ by: 'nearness' })).toEqual([0, 3, 2, 1])
  })

  it('leave out what legend and search hide', () => {
    expect(order({ by: 'count' }, true, Uint8Array.of(1, 1, 0, 1))).toEqual([3, 0, 1])
  })

  it('make the same pages as a full sort', () => {
    const values = Float32Array.from({ length: 5000 }, (_, i) => (i * 7919) % 1009)
    const whole = Array.from(values.keys()).sort((a, b) => values[b]! - values[a]! || a - b)
    for (const page of [0, 1, 37, 49]) {
      const { rows, total } = pageOfRows(values, null, true, page, 100)
      expect(total).toBe(5000)
      expect(rows).toEqual(whole.slice(page * 100, page * 100 + 100))
    }
  })
})

it('shows the last page for one that is beyond it', () => {
  expect(pageOfRows(Float32Array.of(3, 1, 2), null, false, 5, 2)).toEqual({ rows: [0], total: 3 })
})

describe('nearness', () => {
  it('is the cosine, the distance or the dot product', () => {
    expect(nearnessTo(data, 0, 'cosine')?.[1]).toBeCloseTo(0.6)
    expect(nearnessTo(data, 0, 'euclidean')?.[1]).toBeCloseTo(Math.sqrt(20))
    expect(nearnessTo(data, 0, 'dot')?.[1]).toBe(3)
  })
})
