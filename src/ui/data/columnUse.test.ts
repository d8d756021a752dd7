import { expect, it } from 'vitest'
import type { ColumnSummary } from '../../experiment/dataSummary'
import { labDefaults } from '../../experiment/labs'
import { crossedWith, dateReadings, presentUse, usesFor, withUse } from './columnUse'

const hour: ColumnSummary = {
  name: 'hour',
  type: 'integer',
  distinct: 24,
  missing: 0,
  min: 0,
  max: 23,
  samples: [],
  unit: null,
  derivedFrom: null,
  meaning: 'hourOfDay',
  ambiguousDate: false,
}

it('tells what an experiment does with a column', () => {
  const { dayHour, movies } = labDefaults
  expect(presentUse(dayHour, 'hour')).toBe('cross')
  expect(crossedWith(dayHour, 'hour')).toEqual(['day'])
  expect(presentUse(dayHour, 'cars')).toBe('label')
  expect(presentUse(dayHour, 'holiday')).toBe('none')
  expect(presentUse(movies, 'viewer')).toBe('identity')
})

it('replaces a cross of the column when the column is used by itself', () => {
  const changed = withUse(labDefaults.dayHour, hour, 'identity')
  expect(changed.columns.map((column) => column.type !== 'numeric' && column.categorical.type)).toEqual(['identity'])
  expect(withUse(changed, hour, 'none').columns).toEqual([])
  expect(usesFor(changed, hour)).not.toContain('cross')
})

it('shows both readings of an ambiguous date', () => {
  expect(dateReadings('03/04/2021 17:00')).toEqual({ dayFirst: '3 April 2021', monthFirst: '4 March 2021' })
  expect(dateReadings('yesterday')).toBeNull()
})
