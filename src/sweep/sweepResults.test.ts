import { describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import type { Evaluation } from '../protocol/trainer'
import { parseValues, planSweep } from './planSweep'
import { resultsCsv } from './resultsCsv'
import { bestValue, type CellState, elbowOf, spread, summarizeSweep, tiedForBest } from './sweepResults'
import { settingName, suggestValues, sweepSettings, withSetting } from './sweepSetting'

const asked = { setting: { kind: 'dimension', column: 0 }, values: [4, 1, 2], seedCount: 2, epochs: 5 } as const
const plan = planSweep(labDefaults.dayHour, asked)

function done(last: number, best = last): CellState {
  const evaluation = (r2: number, epoch: number): Evaluation => ({
    step: epoch * 10,
    epoch,
    train: { r2: r2 + 0.1, loss: 1 - r2 },
    validation: { r2, loss: 1 - r2 },
    perTarget: [],
    isBest: true,
  })
  const cost = { evaluations: [], table: null, msPerEpoch: 2, parameters: 30, bytes: 360 }
  return { state: 'done', last: evaluation(last, 5), best: evaluation(best, 3), ...cost }
}
const waiting: CellState = { state: 'waiting' }

describe('planSweep', () => {
  it('runs every value with the first seed before it repeats any, ascending, all as long', () => {
    expect(plan.cells.map(({ value, seed }) => [value, seed])).toEqual([
      [1, 42],
      [2, 42],
      [4, 42],
      [1, 43],
      [2, 43],
      [4, 43],
    ])
    expect(plan.cells.every(({ experiment }) => experiment.stop.epochs === 5 && experiment.backend === 'wasm')).toBe(
      true,
    )
    expect(plan.cells[5]!.experiment.columns).toEqual([{ ...labDefaults.dayHour.columns[0], dimension: 4 }])
  })

  it('lets all runs learn from the same few rows', () => {
    const few = planSweep(labDefaults.dayHour, { ...asked, trainRows: 400 })
    const { split } = labDefaults.dayHour
    for (const { experiment } of few.cells)
      expect(experiment.split).toEqual({ ...split, trainSample: { rows: 400, seed: split.seed } })
  })

  it('reads values as people write them, and says what is wrong with them', () => {
    expect(parseValues('1, 2  0.5;8')).toEqual({ values: [1, 2, 0.5, 8] })
    expect(parseValues('1, two')).toEqual({ fault: '“two” is not a number.' })
    expect(parseValues('3')).toEqual({ fault: 'At least two values are needed to compare.' })
    const atLeastOne = (value: number) => (value < 1 ? `${value}: 1 or more.` : null)
    expect(parseValues('0', atLeastOne)).toEqual({
      fault: '0: 1 or more. At least two values are needed to compare.',
    })
    expect(parseValues('2, 0', atLeastOne)).toEqual({ fault: '0: 1 or more.' })
    expect(parseValues('2, 1', atLeastOne)).toEqual({ values: [2, 1] })
    expect(parseValues('')).toEqual({ fault: 'At least two values are needed to compare.' })
    expect(parseValues('3, 4, 3.0')).toEqual({ fault: '3 is listed twice.' })
  })
})

describe('sweepSettings', () => {
  it('has one dimension for both sides of a dot product, and sets both', () => {
    const { movies } = labDefaults
    expect(sweepSettings(movies).map((setting) => settingName(setting, movies))).toEqual([
      'dimension',
      'learning rate',
      'batch size',
    ])
    const { columns } = withSetting(movies, { kind: 'dimension', column: 0 }, 7)
    expect(columns.map((column) => column.type === 'embedding' && column.dimension)).toEqual([7, 7])
  })

  it('hashes an exact cross into what is asked', () => {
    const setting = { kind: 'hashBucketSize', column: 0 } as const
    expect(sweepSettings(labDefaults.dayHour)).toContainEqual(setting)
    const [column] = withSetting(labDefaults.dayHour, setting, 84).columns
    expect(column).toMatchObject({ categorical: { type: 'crossed', hashBucketSize: 84, exact: false } })
    expect(suggestValues(setting, 2)).toEqual([1, 2, 4, 8, 16])
  })
})

describe('summarizeSweep', () => {
  it('gives mean, deviation of the sample and error of the mean over the runs that are done', () => {
    expect(spread([1, 3])).toEqual({ count: 2, mean: 2, deviation: Math.SQRT2, error: expect.closeTo(1) })
    const cells = [done(0.4), done(0.7), waiting, done(0.6), waiting, waiting]
    const summaries = summarizeSweep(plan, cells, 'r2', 'last')
    expect(summaries.map(({ value, validation }) => [value, validation.count])).toEqual([
      [1, 2],
      [2, 1],
    ])
    expect(summaries[0]!.validation).toMatchObject({ mean: 0.5, error: expect.closeTo(0.1) })
    expect(summaries[0]!.train.mean).toBeCloseTo(0.6)
  })

  it('takes the time of an epoch from the fastest seed: the first run has the start of its trainer in it', () => {
    const three = planSweep(labDefaults.dayHour, { ...asked, seedCount: 3 })
    const cells = three.cells.map(({ seed }) => {
      return { ...done(0.5), msPerEpoch: seed === 42 ? 30 : seed === 43 ? 5 : 4 } as CellState
    })
    expect(summarizeSweep(three, cells, 'r2', 'last')[0]!.msPerEpoch).toBe(4)
  })

  it('reads the last or the best epoch, as asked', () => {
    const cells = plan.cells.map(() => done(0.5, 0.8))
    expect(summarizeSweep(plan, cells, 'r2', 'last')[0]!.validation.mean).toBeCloseTo(0.5)
    expect(summarizeSweep(plan, cells, 'r2', 'best')[0]!.validation.mean).toBeCloseTo(0.8)
  })
})

describe('tiedForBest', () => {
  it('names all values that read the same as the best, and the best alone where none does', () => {
    const summaries = summarizeSweep(
      plan,
      [0.4221, 0.4224, 0.41].map((r2) => done(r2)),
      'r2',
      'last',
    )
    const tied = (digits: number) =>
      tiedForBest(summaries, 'r2', (mean) => mean.toFixed(digits)).map(({ value }) => value)
    expect([tied(3), tied(4)]).toEqual([[1, 2], [2]])
    expect(tiedForBest([], 'r2', String)).toEqual([])
  })
})

describe('elbowOf', () => {
  const elbow = (first: number[], second: number[], metric: 'r2' | 'loss') => {
    const summaries = summarizeSweep(
      plan,
      [...first, ...second].map((value) => done(value)),
      metric,
      'last',
    )
    return [elbowOf(summaries, metric)!.value, bestValue(summaries, metric)!.value]
  }

  it('is the smallest value within one standard error of the best, for gains and for losses', () => {
    // Best is 4: mean 0.9, error 0.02; the mean of 2 is 0.89, of 1 0.6.
    for (const metric of ['r2', 'loss'] as const) {
      expect(elbow([0.6, 0.89, 0.88], [0.6, 0.89, 0.92], metric)).toEqual([2, 4])
      expect(elbow([0.6, 0.8, 0.9], [0.6, 0.8, 0.9], metric)).toEqual([4, 4])
    }
  })

  it('counts the errors of both means: seeds that scatter by themselves do not lose to a best one that does not', () => {
    expect(elbow([0.6, 0.86, 0.9], [0.6, 0.93, 0.9], 'r2')).toEqual([2, 4])
    expect(elbow([0.6, 0.88, 0.9], [0.6, 0.885, 0.9], 'r2')).toEqual([4, 4])
  })

  it('leaves out values whose numbers are not finite, and is null without any', () => {
    const summaries = summarizeSweep(
      plan,
      plan.cells.map((_, i) => done(i % 3 === 0 ? Number.NaN : 0.5)),
      'r2',
      'last',
    )
    expect(elbowOf(summaries, 'r2')!.value).toBe(2)
    expect(elbowOf([], 'r2')).toBeNull()
  })
})

describe('resultsCsv', () => {
  it('has a line for each run with as many fields as the header, finished or not', () => {
    const failed: CellState = { state: 'failed', message: 'no, "memory"' }
    const csv = resultsCsv(plan, [done(0.5, 0.75), failed, waiting, waiting, waiting, waiting])
    const [header, first, second, third] = csv.trimEnd().split('\n')
    expect(header).toContain('validation_r2_last')
    const at = header!.split(',').indexOf('validation_r2_best')
    expect(first!.split(',')).toHaveLength(header!.split(',').length)
    expect(first!.split(',')[at]).toBe('0.75')
    expect(first!.startsWith('dimension of day × hour,1,42,done,5,3,')).toBe(true)
    expect(second!.endsWith(',"no, ""memory"""')).toBe(true)
    expect(third!.split(',')).toHaveLength(header!.split(',').length)
  })
})
