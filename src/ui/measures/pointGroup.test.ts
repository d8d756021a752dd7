import { describe, expect, it } from 'vitest'
import type { PointsInfo } from '../../protocol/trainer'
import { firstGroups, type GroupPart, rowsOfGroup, suggestParts, titleOfGroup } from './pointGroup'

const points: PointsInfo = {
  table: 't',
  keys: ['a', 'b', 'c', 'd'],
  labels: ['Babe', 'Gladiator', 'Heat', 'Green'],
  counts: Uint32Array.of(3, 3, 3, 0),
  attributes: [
    {
      kind: 'category',
      name: 'genre',
      title: 'genre',
      categories: ['x', 'y'],
      ordered: false,
      codes: Int16Array.of(0, 1, 1, 1),
    },
    {
      kind: 'category',
      name: 'mpaa',
      title: 'MPAA rating',
      categories: ['G', 'PG', 'R', 'NC'],
      ordered: true,
      codes: Int16Array.of(0, 2, 2, 3),
    },
  ],
  colorBy: null,
}
const rated = (category: string): GroupPart => ({ kind: 'category', attribute: 'mpaa', category })

describe('a group of points', () => {
  it('is all points of its categories and those picked one by one, each once, without what never trained', () => {
    expect(rowsOfGroup(points, [rated('R'), { kind: 'point', key: 'b' }, { kind: 'point', key: 'a' }])).toEqual([
      0, 1, 2,
    ])
    expect(rowsOfGroup(points, [rated('NC'), { kind: 'point', key: 'no' }])).toEqual([])
  })

  it('is found by typing: categories first, then points', () => {
    expect(suggestParts(points, 'g').map(({ label }) => label)).toEqual([
      'genre: x',
      'genre: y',
      'MPAA rating: G',
      'MPAA rating: PG',
      'MPAA rating: R',
      'MPAA rating: NC',
      'Gladiator',
      'Green',
    ])
    expect(suggestParts(points, 'rating: r')[0]).toEqual({ key: JSON.stringify(rated('R')), label: 'MPAA rating: R' })
    expect(suggestParts(points, ' ')).toEqual([])
  })

  it('is called by what is in it', () => {
    expect(titleOfGroup(points, [rated('G'), { kind: 'point', key: 'c' }])).toBe('G + Heat')
    expect(titleOfGroup(points, ['G', 'PG', 'R', 'NC'].map(rated))).toBe('G + PG + 2 more')
  })

  it('begins with the ends of an order, of those that have points', () => {
    expect(firstGroups(points)).toEqual([[rated('G')], [rated('R')]])
    expect(firstGroups({ ...points, attributes: [] })).toEqual([[], []])
  })
})
