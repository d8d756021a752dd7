import { expect, it } from 'vitest'
import { DataError } from '../data/table'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { createDataSets } from './dataSets'
import { failureOf } from './failureOf'

it('tells a file that is not open from a fault in its columns', async () => {
  const dataset = { source: 'file', name: 'mine.csv', fingerprint: 'sha256-mine' } as const
  const experiment: Experiment = { ...labDefaults.movies, dataset }
  const dataSets = createDataSets(() => Promise.reject(new Error('No file is read.')))
  const error: unknown = await dataSets.get(dataset, {}).catch((reason: unknown) => reason)
  expect(failureOf(error, experiment).field).toBe('dataset')
  expect(failureOf(new DataError('No.', { file: 'mine.csv', column: 'film' }), experiment).field).toBe('columns.0')
  expect(failureOf(new DataError('No.', { file: 'data/movies.json' }), labDefaults.movies).field).toBe(null)
})
