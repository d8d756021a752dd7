import { describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import { createSyntheticData } from '../model/syntheticData'
import type { ResidentTrainable } from '../model/trainable'
import { measureRate, workload } from './measureRate'

/** A model that takes `msPerStep` of a clock of its own, and pays when it is waited for. */
function slowModel(msPerStep: number) {
  let clock = 0
  let asked = 0
  const model = {
    trainSteps(_at: unknown, steps: number) {
      asked += steps
    },
    async takeTrainLoss() {
      clock += asked * msPerStep
      asked = 0
      return 0
    },
  } as unknown as ResidentTrainable
  return { model, now: () => clock }
}

describe('measureRate', () => {
  const data = { trainRows: new Uint32Array(100_000) }

  it('counts what was done, not what was asked for, and keeps to its time', async () => {
    const { model, now } = slowModel(0.5)
    const rate = await measureRate(model, data, { batchSize: 1000 }, now, 100)
    expect(rate).toBeCloseTo(2_000_000)
    expect(now()).toBeLessThan(110)
  })

  it('is over after a step where a step takes all the time there is', async () => {
    const { model, now } = slowModel(400)
    expect(await measureRate(model, data, { batchSize: 1000 }, now, 100)).toBeCloseTo(2500)
  })

  it('counts the rows of a short last batch', async () => {
    const { model, now } = slowModel(60)
    const rows = { trainRows: new Uint32Array(150) }
    expect(await measureRate(model, rows, { batchSize: 1000 }, now, 100)).toBeCloseTo(2500)
  })
})

describe('workload', () => {
  it('is the same for neighbouring dimensions, another for other work', () => {
    const encoded = createSyntheticData({ rows: 10, categorical: [], task: 'regression', outputs: 1 })
    const movies = labDefaults.movies
    const wide = (dimension: number) =>
      workload(
        {
          ...movies,
          columns: movies.columns.map((column) => (column.type === 'embedding' ? { ...column, dimension } : column)),
        },
        encoded,
      )
    expect(wide(9)).toBe(wide(8))
    expect(wide(32)).not.toBe(wide(8))
    expect(workload({ ...movies, batchSize: 8 }, encoded)).not.toBe(workload(movies, encoded))
  })

  it('grows with the tables where every row takes every step', () => {
    const of = (type: 'adam' | 'adamAllRows', buckets: number) =>
      workload(
        { ...labDefaults.movies, optimizer: { type, learningRate: 0.01 } },
        createSyntheticData({ rows: 10, categorical: [{ name: 'film', buckets }], task: 'regression', outputs: 1 }),
      )
    expect(of('adamAllRows', 100_000)).not.toBe(of('adamAllRows', 100))
    expect(of('adam', 100_000)).toBe(of('adam', 100))
  })
})
