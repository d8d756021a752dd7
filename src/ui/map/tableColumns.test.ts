import { expect, it } from 'vitest'
import type { MapData } from '../../store/selectors'
import { tablePage } from './tableColumns'

const data: MapData = {
  points: {
    table: 'hour_embedding',
    keys: ['0', '1', '2'],
    labels: ['0 h', '1 h', '2 h'],
    counts: Uint32Array.of(1200, 7, 9),
    attributes: [{ kind: 'cyclic', name: 'hour', title: 'hour', period: 24, values: Float32Array.of(0, 1, 2) }],
    colorBy: 'hour',
  },
  snapshot: { step: 1, table: 'hour_embedding', rows: 3, dimension: 2, vectors: Float32Array.of(0, 0, 3, 4, 0, -1) },
}
const byName = { column: { by: 'label' as const }, descending: false }

it('shows names, nearness to the selected point, rows, coordinates and attributes as text', () => {
  const { columns, rows, total } = tablePage(data, null, 0, 'euclidean', byName, 0, 10)
  expect(columns.map(({ title }) => title)).toEqual([
    'name',
    'distance',
    'training rows',
    'dimension 1',
    'dimension 2',
    'hour',
  ])
  expect(rows.map(({ cells }) => cells)).toEqual([
    ['0 h', '0.000', '1,200', '0.000', '0.000', '0 h'],
    ['1 h', '5.000', '7', '3.000', '4.000', '1 h'],
    ['2 h', '1.000', '9', '0.000', '−1.000', '2 h'],
  ])
  expect(total).toBe(3)
})

it('has no column of distances while nothing is selected', () => {
  const { columns } = tablePage(data, null, -1, 'euclidean', byName, 0, 10)
  expect(columns.map(({ title }) => title)).not.toContain('distance')
})

it('sorts the nearest first at the first click: upwards by distance, downwards by cosine', () => {
  const first = (similarity: 'euclidean' | 'cosine') =>
    tablePage(data, null, 0, similarity, byName, 0, 10).columns[1]?.descendingFirst
  expect(first('euclidean')).toBe(false)
  expect(first('cosine')).toBe(true)
})
