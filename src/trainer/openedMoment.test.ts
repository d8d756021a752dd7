import { afterAll, expect, it, vi } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { crossedColumn, embeddingColumn } from '../experiment/featureColumn'
import { labDefaults } from '../experiment/labs'
import { createTrainerDriver } from './trainerDriver'

vi.setConfig({ testTimeout: 30_000 })

const driver = createTrainerDriver()
afterAll(() => driver.destroy())

function experiment(exact: boolean): Experiment {
  return {
    ...labDefaults.dayHour,
    backend: 'wasm',
    columns: [embeddingColumn(crossedColumn(['day', 'hour'], 24 * 7, { exact }), 2)],
  }
}

async function start(runId: number, exact: boolean, openFrom?: number) {
  const snapshot = driver.next('snapshot', (event) => event.runId === runId)
  const grid = driver.next('gridObserved', (event) => event.runId === runId)
  driver.send({
    type: 'start',
    runId,
    experiment: experiment(exact),
    play: false,
    ...(openFrom === undefined ? {} : { openFrom }),
  })
  const vectors = (await snapshot).vectors.slice()
  return { vectors, step: (await snapshot).step, rows: (await grid).grid.tableRows.day_X_hour_embedding! }
}

async function stepEpoch(): Promise<void> {
  const paused = driver.next('paused')
  driver.send({ type: 'step', unit: 'epoch' })
  await paused
}

async function predicted(day: number, hour: number): Promise<number[]> {
  const requestId = 1000 + day * 24 + hour
  const answer = driver.next('predicted', (event) => event.requestId === requestId)
  driver.send({ type: 'predict', requestId, values: { day: String(day), hour: String(hour) } })
  return (await answer).outputs.map(({ value }) => value)
}

it('opens a hashed cross into the exact one: what shared a point begins as one point, and training parts it', async () => {
  const { rows: hashedRows } = await start(1, false)
  await stepEpoch()
  const asked = async () => [await predicted(2, 17), await predicted(5, 6), await predicted(0, 1)]
  const before = await asked()
  // Wed 17 h and Sat 6 h shared a bucket.
  expect(before[0]).toEqual(before[1])
  const { vectors, step, rows } = await start(2, true, 1)
  expect(step).toBe(0)
  expect(vectors).toHaveLength(2 * 168)
  const pointOf = (cell: number) => vectors.subarray(2 * rows[cell]!, 2 * rows[cell]! + 2).join()
  for (let a = 0; a < 168; a++)
    for (let b = 0; b < a; b++)
      if ((pointOf(a) === pointOf(b)) !== (hashedRows[a] === hashedRows[b])) throw new Error(`${a} and ${b}`)
  expect(await asked()).toEqual(before)
  await stepEpoch()
  expect(await predicted(2, 17)).not.toEqual(await predicted(5, 6))
})

it('starts afresh where the run to open from is no longer kept', async () => {
  const { vectors } = await start(3, true, 99)
  expect(vectors).toEqual((await start(4, true)).vectors)
})
