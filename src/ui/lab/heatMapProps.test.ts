import { beforeEach, expect, it } from 'vitest'
import { labDefaults } from '../../experiment/labs'
import type { ObservedGrid } from '../../protocol/trainer'
import { type AppStore, createAppStore } from '../../store/store'
import { createSheetSelect, withSharers } from './heatMapProps'

const grid: ObservedGrid = {
  targets: [
    { name: 'cars', unit: 'vehicles per hour' },
    { name: 'bike_members', unit: 'rides per hour' },
  ],
  values: Float32Array.from({ length: 336 }, (_, i) => (i < 168 ? i : 2 * i)),
  counts: new Uint32Array(168).fill(1),
  dayColumn: 'day',
  hourColumn: 'hour',
  readsOnlyTheWeek: true,
  tableRows: {},
}

let store: AppStore

beforeEach(() => {
  store = createAppStore(() => {}, { experiment: labDefaults.dayHour, play: false }).store
  store.getState().applyRunEvent({ runId: 0, type: 'gridObserved', grid })
  const values = grid.values.map((value) => value + 3)
  store.getState().applyRunEvent({ runId: 0, type: 'gridPredicted', step: 1, values })
})

it('shows data, prediction and error of the chosen target with its unit', () => {
  const select = createSheetSelect(store)
  store.getState().setView({ gridTarget: 1, gridShows: 'observed' })
  expect(select(store.getState())).toMatchObject({ unit: 'rides per hour', scale: 'sequential', domain: [336, 670] })
  expect(select(store.getState()).values[2]).toBe(340)
  store.getState().setView({ gridShows: 'predicted' })
  expect(select(store.getState()).values[2]).toBe(343)
  expect(select(store.getState()).domain).toEqual([336, 670])
  store.getState().setView({ gridShows: 'error' })
  expect(select(store.getState()).values[2]).toBe(3)
  expect(select(store.getState())).toMatchObject({ scale: 'diverging', domain: [-167, 167] })
})

it('expects nothing of a model that reads more than the week, and says why', () => {
  store.getState().applyRunEvent({ runId: 0, type: 'gridObserved', grid: { ...grid, readsOnlyTheWeek: false } })
  const select = createSheetSelect(store)
  store.getState().setView({ gridShows: 'predicted' })
  expect(select(store.getState()).values.every(Number.isNaN)).toBe(true)
  expect(select(store.getState()).title).toBe('The model reads more than day and hour')
  store.getState().setView({ gridShows: 'observed' })
  expect(select(store.getState()).title).toBe('Mean of the training rows')
})

it('hands the plot the same values until one of them changes', () => {
  const select = createSheetSelect(store)
  store.getState().setView({ gridShows: 'error' })
  const before = select(store.getState())
  store.getState().setView({ trails: true })
  expect(select(store.getState()).values).toBe(before.values)
  expect(select(store.getState()).highlighted).toBe(before.highlighted)
})

it('lights all cells that share a point, and a cell without one alone', () => {
  const rows = Int32Array.of(0, 1, 0, 1, -1, -1)
  expect(withSharers([2], rows)).toEqual([0, 2])
  expect(withSharers([4], rows)).toEqual([4])
  expect(withSharers([3], null)).toEqual([3])
})
