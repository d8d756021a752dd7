import { beforeEach, describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import type { ObservedGrid, PointsInfo, RunEvent } from '../protocol/trainer'
import { askCell, selectCellRows, selectHoveredCells, selectHoveredRow, selectPoint } from './gridSelectors'
import {
  searchRows,
  selectColorAttribute,
  selectMapData,
  selectNeighbors,
  selectSelectedRow,
  selectSimilarity,
  selectVisible,
  suitableProjection,
} from './selectors'
import { type AppStore, createAppStore } from './store'

const films: PointsInfo = {
  table: 'film_embedding',
  keys: ['amelie', 'alien', 'aliens', 'brazil'],
  labels: ['Amélie', 'Alien', 'Aliens', 'Brazil'],
  counts: Uint32Array.of(1, 2, 3, 4),
  attributes: [
    { kind: 'number', name: 'year', title: 'Year', unit: null, values: Float32Array.of(2001, 1979, 1986, 1985) },
    {
      kind: 'category',
      name: 'mpaa',
      title: 'Age rating',
      categories: ['R', 'PG'],
      ordered: true,
      codes: Int16Array.of(0, 0, 1, -1),
    },
  ],
  colorBy: 'mpaa',
}

const hours: PointsInfo = {
  ...films,
  table: 'hour_embedding',
  keys: Array.from({ length: 24 }, (_, hour) => `${hour}`),
  labels: Array.from({ length: 24 }, (_, hour) => `${hour} h`),
  attributes: [
    { kind: 'cyclic', name: 'hour', title: 'Hour', period: 24, values: Float32Array.from({ length: 24 }, (_, i) => i) },
  ],
}

const grid: ObservedGrid = {
  targets: [{ name: 'cars', unit: null }],
  values: new Float32Array(168),
  counts: new Uint32Array(168),
  dayColumn: 'day',
  hourColumn: 'hour',
  readsOnlyTheWeek: true,
  tableRows: { day_X_hour_embedding: Int32Array.from({ length: 168 }, (_, cell) => 167 - cell) },
}

let store: AppStore

function apply(...events: RunEvent[]) {
  for (const event of events) store.getState().applyRunEvent(event)
}

function snapshot(table: string, rows: number, dimension: number, vectors: number[], step = 1): RunEvent {
  return { runId: 0, type: 'snapshot', step, table, rows, dimension, vectors: Float32Array.from(vectors) }
}

beforeEach(() => {
  store = createAppStore(() => {}, { experiment: labDefaults.movies, play: false }).store
})

describe('what the map shows', () => {
  it('is nothing while points and vectors belong to different tables', () => {
    apply({ runId: 0, type: 'points', points: films }, snapshot('viewer_embedding', 4, 1, [0, 0, 0, 0]))
    expect(selectMapData(store.getState())).toBeNull()
    apply(snapshot('film_embedding', 4, 1, [0, 1, 2, 3]))
    expect(selectMapData(store.getState())?.points).toBe(films)
  })

  it('keeps a chosen projection only where the table has its dimensions', () => {
    expect(suitableProjection({ kind: 'plane', x: 3, y: 1 }, 8)).toEqual({ kind: 'plane', x: 3, y: 1 })
    expect(suitableProjection({ kind: 'plane', x: 3, y: 1 }, 2)).toEqual({ kind: 'plane', x: 0, y: 1 })
    expect(suitableProjection({ kind: 'pca' }, 1)).toEqual({ kind: 'line', axis: 0 })
    expect(suitableProjection(null, 3)).toEqual({ kind: 'pca' })
  })

  it('colours by the choice, else by the table’s own attribute', () => {
    apply({ runId: 0, type: 'points', points: films })
    expect(selectColorAttribute(store.getState())?.name).toBe('mpaa')
    store.getState().setView({ colorBy: 'year' })
    expect(selectColorAttribute(store.getState())?.name).toBe('year')
  })

  it('leaves out what legend and search hide, unknown categories too', () => {
    apply({ runId: 0, type: 'points', points: films })
    expect(selectVisible(store.getState())).toBeNull()
    store.getState().setView({ hiddenCategories: ['PG', 'unknown'] })
    expect(selectVisible(store.getState())).toEqual(Uint8Array.of(1, 1, 0, 0))
    store.getState().setView({ search: ' ali' })
    expect(selectVisible(store.getState())).toEqual(Uint8Array.of(0, 1, 0, 0))
  })

  it('answers with the same object as long as nothing changed', () => {
    apply({ runId: 0, type: 'points', points: films })
    store.getState().setView({ search: 'ali' })
    expect(selectVisible(store.getState())).toBe(selectVisible(store.getState()))
  })
})

describe('searching', () => {
  it('puts labels that begin with the text first and ignores accents', () => {
    expect(searchRows(films, 'ame', 5)).toEqual([0])
    expect(searchRows(films, 'l', 5)).toEqual([0, 1, 2, 3])
    expect(searchRows(films, 'b', 1)).toEqual([3])
    expect(searchRows(films, '  ', 5)).toEqual([])
  })
})

describe('the selected point', () => {
  it('is found by its key after a restart has moved its row', () => {
    apply({ runId: 0, type: 'points', points: films })
    store.getState().select('brazil')
    expect(selectSelectedRow(store.getState())).toBe(3)
    apply({ runId: 0, type: 'points', points: { ...films, keys: films.keys.toReversed() } })
    expect(selectSelectedRow(store.getState())).toBe(0)
  })

  it('is found in the bucket that a hash gave it, and buckets that nothing fell into are no neighbours', () => {
    const hashed = { ...films, keys: ['amelie · brazil', '', 'alien', 'aliens'], shared: Uint8Array.of(1, 0, 0, 0) }
    apply({ runId: 0, type: 'points', points: hashed }, snapshot('film_embedding', 4, 1, [0, 0.1, 3, 1]))
    store.getState().select('brazil')
    store.getState().setView({ neighborCount: 2 })
    expect(selectSelectedRow(store.getState())).toBe(0)
    expect(selectNeighbors(store.getState()).map(({ key }) => key)).toEqual(['aliens', 'alien'])
  })

  it('is not found by half of a title that holds the separator of shared buckets', () => {
    const titled = { ...films, keys: ['Part 2 · The End', 'alien', 'aliens', 'brazil'], shared: null }
    apply({ runId: 0, type: 'points', points: titled })
    store.getState().select('The End')
    expect(selectSelectedRow(store.getState())).toBe(-1)
    store.getState().select('Part 2 · The End')
    expect(selectSelectedRow(store.getState())).toBe(0)
  })

  it('is compared by the distance that the picture shows, and by the cosine where the picture is a projection', () => {
    apply({ runId: 0, type: 'points', points: films }, snapshot('film_embedding', 4, 2, [0, 0, 0, 0, 0, 0, 0, 0]))
    expect(selectSimilarity(store.getState())).toBe('euclidean')
    apply(snapshot('film_embedding', 4, 3, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]))
    expect(selectSimilarity(store.getState())).toBe('cosine')
    store.getState().setView({ similarity: 'dot' })
    expect(selectSimilarity(store.getState())).toBe('dot')
  })

  it('has its neighbours found again in every snapshot', () => {
    apply({ runId: 0, type: 'points', points: films }, snapshot('film_embedding', 4, 1, [0, 1, 5, 9]))
    store.getState().select('amelie')
    store.getState().setView({ similarity: 'euclidean', neighborCount: 2 })
    expect(selectNeighbors(store.getState()).map(({ key }) => key)).toEqual(['alien', 'aliens'])
    apply(snapshot('film_embedding', 4, 1, [0, 7, 5, 1], 2))
    expect(selectNeighbors(store.getState()).map(({ key }) => key)).toEqual(['brazil', 'aliens'])
  })
})

describe('the day × hour sheet', () => {
  it('lights the cells of a point and the point of a cell', () => {
    const crossed = { ...films, table: 'day_X_hour_embedding', keys: Array.from({ length: 168 }, (_, i) => `k${i}`) }
    apply({ runId: 0, type: 'points', points: crossed }, { runId: 0, type: 'gridObserved', grid })
    store.getState().setView({ hoveredRow: 160 })
    expect(selectHoveredCells(store.getState())).toEqual([7])
    store.getState().setView({ hoveredRow: null, hoveredCell: 5 })
    expect(selectHoveredRow(store.getState())).toBe(162)
  })

  it('lights a whole column of cells for a point that is an hour', () => {
    apply({ runId: 0, type: 'points', points: hours }, { runId: 0, type: 'gridObserved', grid })
    store.getState().setView({ hoveredRow: 3 })
    expect(selectHoveredCells(store.getState())).toEqual([3, 27, 51, 75, 99, 123, 147])
    expect(selectCellRows(store.getState())?.[24 + 3]).toBe(3)
  })

  it('asks for the hour of a selected point and selects the point of an asked cell', () => {
    const crossed = { ...films, table: 'day_X_hour_embedding', keys: Array.from({ length: 168 }, (_, i) => `k${i}`) }
    const vectors = Array.from({ length: 168 }, () => 0)
    apply({ runId: 0, type: 'points', points: crossed }, { runId: 0, type: 'gridObserved', grid })
    apply(snapshot('day_X_hour_embedding', 168, 1, vectors))
    askCell(store.getState(), 10)
    expect(store.getState().selectedKey).toBe('k157')
    selectPoint(store.getState(), 'k0')
    expect(store.getState().askedCell).toBe(167)
  })
})
