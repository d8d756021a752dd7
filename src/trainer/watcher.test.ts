import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { numericColumn } from '../experiment/featureColumn'
import { labDefaults } from '../experiment/labs'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

// Real runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 })

let driver: TrainerDriver
afterEach(() => driver.destroy())

async function train(experiment: Experiment): Promise<void> {
  driver = createTrainerDriver()
  driver.send({ type: 'start', runId: 1, experiment: { ...experiment, backend: 'wasm' }, play: true })
  await driver.next('paused')
}
const epochs = (count: number) => ({ epochs: count, patience: null })

function rSquared(values: Float32Array, truth: Float32Array): number {
  const mean = truth.reduce((a, b) => a + b, 0) / truth.length
  const total = truth.reduce((sum, y) => sum + (y - mean) ** 2, 0)
  return 1 - truth.reduce((sum, y, i) => sum + (y - values[i]!) ** 2, 0) / total
}

describe("the week's sheet", () => {
  it('comes to resemble what the training rows hold, in their units', async () => {
    await train({ ...labDefaults.dayHour, stop: epochs(25) })
    const { grid } = driver.of('gridObserved')[0]!
    expect(grid).toMatchObject({ dayColumn: 'day', hourColumn: 'hour', readsOnlyTheWeek: true })
    expect(grid.targets[0]).toEqual({ name: 'cars', unit: 'vehicles per hour' })
    expect(grid.counts.reduce((a, b) => a + b, 0)).toBe(driver.of('started')[0]!.run.trainRows)
    const cars = grid.values.subarray(0, 168)
    expect(cars[4 * 24 + 17]).toBeGreaterThan(3 * cars[3]!)
    const predictions = driver.of('gridPredicted')
    expect(rSquared(predictions[0]!.values.subarray(0, 168), cars)).toBeLessThan(0.5)
    expect(predictions.at(-1)!.step).toBe(driver.of('paused')[0]!.step)
    expect(rSquared(predictions.at(-1)!.values.subarray(0, 168), cars)).toBeGreaterThan(0.9)
  })

  it('has no one answer to an hour where the model reads another column too', async () => {
    await train({
      ...labDefaults.dayHour,
      label: { task: 'regression', targets: [{ column: 'cars', transform: 'none', standardize: true }] },
      columns: [...labDefaults.dayHour.columns, numericColumn('bike_members')],
      stop: epochs(1),
    })
    expect(driver.of('gridObserved')[0]!.grid.readsOnlyTheWeek).toBe(false)
    expect(driver.of('gridPredicted')).toEqual([])
  })

  it('knows the row of each hour in an exact cross', async () => {
    await train({ ...labDefaults.dayHour, stop: epochs(1) })
    const rows = driver.of('gridObserved')[0]!.grid.tableRows.day_X_hour_embedding!
    const { labels } = driver.of('points')[0]!.points
    expect(labels[rows[4 * 24 + 17]!]).toBe('Fri 17 h')
    expect(labels[rows[0]!]).toBe('Mon 0 h')
    expect(new Set(rows).size).toBe(168)
  })
})

describe('probes', () => {
  it('find the two taste axes in the film vectors, and nothing when rows are shuffled', async () => {
    await train({ ...labDefaults.movies, stop: epochs(30) })
    const atEnd = (event: { step: number }) => event.step === driver.of('paused')[0]!.step
    const { probes, table } = driver.of('probed').find(atEnd) ?? (await driver.next('probed', atEnd))
    expect(table).toBe('film_embedding')
    expect(probes.map(({ attribute }) => attribute)).toEqual(['adult', 'blockbuster'])
    for (const { r2, shuffledR2 } of probes) {
      expect(r2).toBeGreaterThan(0.85)
      expect(shuffledR2).toBeLessThan(0.1)
    }
  })
})
