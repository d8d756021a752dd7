import { describe, expect, it } from 'vitest'
import { defaultTransfer, type StartKind } from '../experiment/transferSettings'
import type { CellState } from '../sweep/sweepResults'
import { parseSizes } from './parseSizes'
import { planTransfer } from './planTransfer'
import { crossingOf, summarizeTransfer, transferCsv } from './transferResults'

const startFrom = { ckptToLoadFrom: 'source', fingerprint: 'sha256-1', tensorNameInCkpt: 'day_X_hour_embedding' }
const plan = planTransfer({ ...defaultTransfer, sizes: [10, 100, 1000], seedCount: 2 }, startFrom)

const r2Of: Record<StartKind, number[]> = {
  scratch: [0, 0.4, 0.8],
  frozen: [0.6, 0.6, 0.6],
  fineTuned: [0.6, 0.7, 0.8],
}

/** Seed 2 does 0.1 better than seed 1. */
function done(kind: StartKind, size: number, seed: number): CellState {
  const r2 = r2Of[kind][Math.log10(size) - 1]! + (seed - 1) * 0.1
  const last = { step: 1, epoch: 1, train: { r2: 0.9 }, validation: { r2 }, perTarget: [], isBest: true }
  return { state: 'done', last, best: last, evaluations: [], table: null, msPerEpoch: 1, parameters: 1, bytes: 4 }
}
const cells = plan.cells.map(({ kind, size, seed }) => done(kind, size, seed))

describe('planTransfer', () => {
  it('gives the three kinds the same hours, seeds and way of learning, and only two of them the source’s rows', () => {
    const atOnce = plan.cells.filter(({ size, seed }) => size === 100 && seed === 2)
    expect(atOnce.map(({ kind }) => kind)).toEqual(['scratch', 'frozen', 'fineTuned'])
    const rest = atOnce.map(({ experiment: { columns: _, ...rest } }) => JSON.stringify(rest))
    expect(new Set(rest).size).toBe(1)
    const columns = atOnce.map(({ experiment }) => experiment.columns[0])
    expect(columns.map((column) => column?.type === 'embedding' && [column.trainable, column.startFrom])).toEqual([
      [true, undefined],
      [false, startFrom],
      [true, startFrom],
    ])
  })

  it('measures every student on the same hours, and gives each size about the same steps', () => {
    for (const { experiment, size } of plan.cells) {
      expect(experiment.split).toMatchObject({ validationShare: 0.5, seed: 1, trainSample: { rows: size } })
      const steps = experiment.stop.epochs! * Math.ceil(size / experiment.batchSize)
      expect(Math.abs(steps - 1200)).toBeLessThan(64)
    }
  })
})

describe('results', () => {
  it('give mean and spread over the seeds of what is done', () => {
    const some = cells.map((cell, i): CellState => (plan.cells[i]!.size === 1000 ? { state: 'waiting' } : cell))
    const { scratch } = summarizeTransfer(plan, some)
    expect(scratch.map(({ size }) => size)).toEqual([10, 100])
    expect(scratch[1]!.mean).toBeCloseTo(0.45)
    expect(scratch[1]!.deviation).toBeCloseTo(0.0707, 3)
  })

  it('say where the cold start catches up, on the logarithmic axis', () => {
    expect(crossingOf(summarizeTransfer(plan, cells))).toBeCloseTo(100 * 10 ** 0.5)
    const best = { ...summarizeTransfer(plan, cells), frozen: [] }
    expect(crossingOf(best)).toBeNull()
    const { scratch } = summarizeTransfer(plan, cells)
    expect(crossingOf({ scratch, frozen: scratch, fineTuned: [] })).toBe('before')
  })

  it('are a CSV with a line for each student', () => {
    const lines = transferCsv(plan, [{ state: 'failed', message: 'a, b' }, ...cells.slice(1)], 'cars + bikes').split(
      '\n',
    )
    expect(lines).toHaveLength(1 + plan.cells.length + 1)
    expect(lines[1]).toBe('taxi,cars + bikes,3,scratch,10,1,failed,,,"a, b"')
    expect(lines[2]).toBe('taxi,cars + bikes,3,frozen,10,1,done,0.9,0.6,')
  })
})

describe('parseSizes', () => {
  it('sorts what is typed, and says what is wrong with it', () => {
    expect(parseSizes('50, 10 20')).toEqual({ values: [10, 20, 50] })
    expect(parseSizes('ten')).toEqual({ fault: '“ten” is not a whole number.' })
    expect(parseSizes('5')).toMatchObject({ fault: expect.stringContaining('5: between 10 and 2,000') })
    expect(parseSizes('')).toHaveProperty('fault')
  })
})
