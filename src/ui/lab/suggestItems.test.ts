import { expect, it } from 'vitest'
import type { PointsInfo } from '../../protocol/trainer'
import { suggestItems } from './suggestItems'

const points: PointsInfo = {
  table: 'film_embedding',
  keys: ['a', 'b', 'c', 'd', 'e'],
  labels: ['a', 'b', 'c', 'd', 'e'],
  counts: Uint32Array.of(50, 40, 30, 20, 0),
  attributes: [
    {
      kind: 'category',
      name: 'mpaa',
      title: 'Age rating',
      categories: ['G', 'R'],
      ordered: true,
      codes: Int16Array.of(1, 1, 1, 0, 0),
    },
  ],
  colorBy: 'mpaa',
}

it('takes turns between categories, the most rated first, and leaves out what nobody rated', () => {
  expect(suggestItems(points, 3)).toEqual([3, 0, 1])
  expect(suggestItems(points, 9)).toEqual([3, 0, 1, 2])
})

it('goes by the number of ratings alone where no category colours the points', () => {
  expect(suggestItems({ ...points, colorBy: null }, 2)).toEqual([0, 1])
})
