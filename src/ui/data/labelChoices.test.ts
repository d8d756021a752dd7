import { expect, it } from 'vitest'
import type { ColumnSummary } from '../../experiment/dataSummary'
import { labDefaults } from '../../experiment/labs'
import { keysRead, labelCandidates, labelWords, makeLabel, tasksFor, withLabel } from './labelChoices'

const column = (change: Partial<ColumnSummary>): ColumnSummary => ({
  name: 'x',
  type: 'integer',
  distinct: 50,
  missing: 0,
  min: 0,
  max: 49,
  samples: [],
  unit: null,
  derivedFrom: null,
  meaning: null,
  ambiguousDate: false,
  ...change,
})

it('offers the tasks that a column can be the label of', () => {
  expect(tasksFor(column({}))).toEqual(['regression', 'multiclass'])
  expect(tasksFor(column({ type: 'string', distinct: 2 }))).toEqual(['binary'])
  expect(tasksFor(column({ type: 'string', distinct: 5 }))).toEqual(['multiclass'])
  expect(tasksFor(column({ type: 'date' }))).toEqual([])
  expect(tasksFor(column({ distinct: 1 }))).toEqual([])
})

it('takes the word for yes as the positive value', () => {
  expect(makeLabel('binary', column({ samples: ['no', 'Yes'] }))).toMatchObject({ positive: 'Yes' })
})

it('drops a feature column that reads what is now predicted', () => {
  const { dayHour, movies } = labDefaults
  expect(keysRead(dayHour.columns[0]!)).toEqual(['day', 'hour'])
  const changed = withLabel(movies, { task: 'multiclass', column: 'viewer' })
  expect(changed.columns.map(keysRead)).toEqual([['film']])
})

it('names a few targets and counts the others', () => {
  expect(labelWords(labDefaults.movies.label)).toBe('rating')
  expect(labelWords(labDefaults.dayHour.label)).toMatch(/^cars, \w+ and 2 more$/)
})

it('does not offer what the model reads to predict', () => {
  const { dayHour } = labDefaults
  const columns = ['day', 'hour', 'cars', 'taxi_passengers'].map((name) => column({ name }))
  expect(labelCandidates(dayHour, columns).map(({ name }) => name)).toEqual(['cars', 'taxi_passengers'])
  const separate = ['day', 'hour'].map((key) => ({ type: 'numeric' as const, key, normalizer: 'none' as const }))
  const brought = { source: 'file', name: 'a.csv', fingerprint: 'sha256-1' } as const
  const offered = labelCandidates({ ...dayHour, dataset: brought, columns: separate }, columns)
  expect(offered.map(({ name }) => name)).toContain('hour')
})
