import { describe, expect, it } from 'vitest'
import type { ColumnSummary, DataSummary } from '../experiment/dataSummary'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { likelyCause } from './likelyCause'

const number = (name: string, max: number): ColumnSummary => ({
  name,
  type: 'number',
  distinct: 9,
  missing: 0,
  min: 0,
  max,
  samples: [],
  unit: null,
  derivedFrom: null,
  meaning: null,
  ambiguousDate: false,
})
const summary: DataSummary = {
  name: 'x.csv',
  title: 'x',
  fingerprint: 'sha256-0',
  rowCount: 10,
  columns: [number('income', 250_000), number('rating', 5)],
  sampleRows: [],
  nature: 'yours',
  natureText: '',
  source: '',
  licence: '',
  kind: 'table',
  warnings: [],
}
const base: Experiment = { ...labDefaults.movies, optimizer: { type: 'sgd', learningRate: 0.1 } }
const field = (experiment: Experiment, learningRate = 0.1) => likelyCause(experiment, summary, learningRate).field

describe('likelyCause', () => {
  it('names a learning rate that is out of range for the optimizer', () => {
    expect(field(base, 30)).toBe('optimizer.learningRate')
    expect(field({ ...base, optimizer: { type: 'adam', learningRate: 0.5 } }, 0.5)).toBe('optimizer.learningRate')
    expect(likelyCause(base, summary, 30).cause).toContain('30')
  })
  it('says which optimizer by the name that its menu shows', () => {
    const optimizer = { type: 'adamAllRows', learningRate: 0.5 } as const
    expect(likelyCause({ ...base, optimizer }, summary, 0.5).cause).toContain('Adam, all rows')
    expect(field({ ...base, optimizer: { type: 'rowAdagrad', learningRate: 0.5 } }, 0.5)).toBe('optimizer.learningRate')
  })
  it('names a numeric column that comes in unscaled, by its place', () => {
    const columns: Experiment['columns'] = [base.columns[0]!, { type: 'numeric', key: 'income', normalizer: 'none' }]
    expect(field({ ...base, columns })).toBe('columns.1.normalizer')
  })
  it('names a label that is not standardized', () => {
    const label: Experiment['label'] = {
      task: 'regression',
      targets: [
        { column: 'rating', transform: 'none', standardize: false },
        { column: 'income', transform: 'none', standardize: false },
      ],
    }
    expect(field({ ...base, label })).toBe('label.targets.1.standardize')
  })
  it('names an L2 penalty that overshoots', () => {
    expect(field({ ...base, l2: 8 })).toBe('l2')
  })
  it('names the learning rate when nothing else stands out', () => {
    expect(field(base)).toBe('optimizer.learningRate')
  })
})
