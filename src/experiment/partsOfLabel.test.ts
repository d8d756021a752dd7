import { expect, it } from 'vitest'
import { columnName } from './columnName'
import { partsOfLabel } from './partsOfLabel'
import { suggestExperiment } from './suggestExperiment'
import { testSummary } from './testSummary'

const names = ['casual', 'registered', 'temp', 'cnt']
const riders = {
  ...testSummary(names.map((name) => ({ name, type: 'number' }))),
  sampleRows: [
    ['3', '13', '0.24', '16'],
    ['8', '32', '0.22', '40'],
    ['0', '1', '0.24', '1'],
  ],
}

it('finds the two numbers whose sum is predicted', () => {
  expect(partsOfLabel(riders, 'cnt')).toEqual(['casual', 'registered'])
  expect(suggestExperiment(riders, 'cnt').columns.map(columnName)).toEqual(['temp'])
})

it('finds none where a row does not add up, is empty, or rows are too few', () => {
  expect(partsOfLabel(riders, 'temp')).toBeNull()
  expect(partsOfLabel({ ...riders, sampleRows: riders.sampleRows.with(1, ['8', '33', '0.2', '40']) }, 'cnt')).toBeNull()
  expect(partsOfLabel({ ...riders, sampleRows: riders.sampleRows.with(2, ['', '1', '0.2', '1']) }, 'cnt')).toBeNull()
  expect(partsOfLabel({ ...riders, sampleRows: riders.sampleRows.slice(1) }, 'cnt')).toBeNull()
})
