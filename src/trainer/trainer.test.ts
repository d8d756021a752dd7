import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { suggestExperiment } from '../experiment/suggestExperiment'
import type { TrainerEvent } from '../protocol/trainer'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

// Real runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 })

const movies: Experiment = { ...labDefaults.movies, backend: 'cpu', stop: { epochs: 2, patience: null } }
const dayHour: Experiment = { ...labDefaults.dayHour, backend: 'wasm', stop: { epochs: 2, patience: null } }

let driver: TrainerDriver
const drivers: TrainerDriver[] = []
function open(): TrainerDriver {
  driver = createTrainerDriver()
  drivers.push(driver)
  return driver
}
afterEach(async () => {
  await Promise.all(drivers.splice(0).map((one) => one.destroy()))
})

/** Starts a run and waits until its first vectors are out. */
async function start(runId: number, experiment: Experiment, play = false, weights?: ArrayBuffer) {
  const first = driver.next('snapshot', (event) => event.runId === runId)
  const failed = driver.next('failed', (event) => event.runId === runId)
  driver.send({ type: 'start', runId, experiment, play, ...(weights ? { weights } : {}) })
  const event = await Promise.race([first, failed])
  if (event.type === 'failed') throw new Error(event.message)
  return event
}

async function stepBatches(count: number): Promise<number[]> {
  const losses: number[] = []
  for (let i = 0; i < count; i++) {
    const progress = driver.next('progress')
    const paused = driver.next('paused')
    driver.send({ type: 'step', unit: 'batch' })
    losses.push((await progress).trainLoss)
    await paused
  }
  return losses
}

async function exportWeights(requestId: number): Promise<ArrayBuffer> {
  const exported = driver.next('exported', (event) => event.requestId === requestId)
  driver.send({ type: 'exportWeights', requestId, optimizerState: true })
  return (await exported).bytes
}

/** Of this very code on the cpu backend: tells when an edit changes what is computed. */
const FIRST_LOSSES = [
  1.385351, 1.378561, 1.351906, 1.311131, 1.296864, 1.317456, 1.419357, 1.247678, 1.379721, 1.290597, 1.343687,
  1.276909, 1.289139, 1.278814, 1.231301, 1.332263, 1.356078, 1.351006, 1.312357, 1.390679,
]

const typesOf = (events: TrainerEvent[], runId: number) =>
  events.filter((event) => 'runId' in event && event.runId === runId).map(({ type }) => type)

describe('a run', () => {
  it('tells what it is before it moves: started, points, vectors, the week, then played', async () => {
    open()
    const paused = driver.next('paused')
    await start(1, dayHour, true)
    const { reason, step } = await paused
    const types = typesOf(driver.events, 1)
    expect(types.slice(0, 6)).toEqual(['started', 'points', 'snapshot', 'gridObserved', 'gridPredicted', 'played'])
    expect(driver.events.find(({ type }) => type === 'snapshot')).toMatchObject({ step: 0, rows: 168, dimension: 2 })
    expect(reason).toEqual({ why: 'epochs' })
    const run = driver.of('started')[0]!.run
    expect(step).toBe(2 * run.stepsPerEpoch)
    expect(driver.of('evaluated').flatMap(({ evaluations }) => evaluations.map(({ epoch }) => epoch))).toContain(1)
    expect(driver.of('evaluated').at(-1)!.evaluations.at(-1)!).toMatchObject({ step, epoch: 2 })
    expect(driver.of('evaluated').at(-1)!.evaluations.at(-1)!.perTarget).toHaveLength(4)
  })

  it('has the same first twenty losses as ever', async () => {
    open()
    await start(1, movies)
    const losses = await stepBatches(20)
    expect(losses.map((loss) => Number(loss.toFixed(6)))).toEqual(FIRST_LOSSES)
  })

  it('repeats itself bit for bit after a reset', async () => {
    open()
    await start(1, movies)
    const first = await stepBatches(40)
    const weights = await exportWeights(1)
    await start(2, movies)
    expect(await stepBatches(40)).toEqual(first)
    expect(Buffer.from(await exportWeights(2)).equals(Buffer.from(weights))).toBe(true)
  })

  it('gives the same weights whether it plays or goes step by step', async () => {
    open()
    const paused = driver.next('paused')
    await start(1, movies, true)
    const { step } = await paused
    const played = await weightsNow(1)
    await start(2, movies)
    for (const _ of [1, 2]) {
      const ended = driver.next('paused')
      driver.send({ type: 'step', unit: 'epoch' })
      await ended
    }
    expect(driver.of('paused').at(-1)!.step).toBe(step)
    expect(await weightsNow(2)).toEqual(played)
  })

  it('goes on for as many epochs again when it is played after its end', async () => {
    open()
    const first = driver.next('paused')
    await start(1, movies, true)
    const { step } = await first
    const second = driver.next('paused')
    driver.send({ type: 'play' })
    expect(await second).toMatchObject({ step: 2 * step, reason: { why: 'epochs' } })
  })

  it('counts several steps asked for at once', async () => {
    open()
    await start(1, movies)
    for (let i = 0; i < 5; i++) driver.send({ type: 'step', unit: 'batch' })
    await driver.next('paused', ({ step }) => step === 5)
    await exportWeights(1)
    expect(driver.of('paused').at(-1)!.step).toBe(5)
  })
})

async function weightsNow(requestId: number): Promise<unknown> {
  const { embeddings, biases } = JSON.parse(new TextDecoder().decode(await exportWeights(requestId)))
  return { embeddings, biases }
}

describe('pausing', () => {
  it('stops within the slice it falls in, and says where', async () => {
    open()
    await start(1, { ...movies, stop: { epochs: null, patience: null } }, true)
    await driver.next('progress')
    const before = performance.now()
    driver.send({ type: 'pause' })
    const { step, reason } = await driver.next('paused')
    expect(reason).toEqual({ why: 'asked' })
    expect(performance.now() - before).toBeLessThan(1000)
    const exported = JSON.parse(new TextDecoder().decode(await exportWeights(1)))
    expect(exported.step).toBe(step)
    expect(driver.of('evaluated').at(-1)!.evaluations.at(-1)!.step).toBe(step)
  })

  it('overtakes a play that still waits for its start', async () => {
    open()
    const first = driver.next('snapshot')
    driver.send({ type: 'start', runId: 1, experiment: movies, play: true })
    driver.send({ type: 'play' })
    driver.send({ type: 'pause' })
    await first
    await exportWeights(1)
    expect(driver.of('played')).toEqual([])
    expect(driver.of('progress')).toEqual([])
  })

  it('keeps to a pace', async () => {
    open()
    driver.send({ type: 'pace', stepsPerSecond: 20 })
    await start(1, movies, true)
    await new Promise((resolve) => setTimeout(resolve, 500))
    driver.send({ type: 'pause' })
    const { step } = await driver.next('paused')
    expect(step).toBeGreaterThanOrEqual(4)
    expect(step).toBeLessThanOrEqual(16)
  })
})

describe('snapshots', () => {
  it('are at most two until one is returned', async () => {
    open()
    await start(1, { ...movies, stop: { epochs: null, patience: null } }, true)
    await driver.next('evaluated', ({ evaluations }) => evaluations.at(-1)!.epoch > 3)
    expect(driver.of('snapshot')).toHaveLength(2)
    const third = driver.next('snapshot')
    driver.send({ type: 'returnSnapshot', vectors: driver.of('snapshot')[0]!.vectors as Float32Array<ArrayBuffer> })
    expect((await third).step).toBeGreaterThan(driver.of('snapshot')[1]!.step)
  })

  it('come at once, with their points, when another table is watched while paused', async () => {
    open()
    await start(1, movies)
    driver.send({ type: 'watch', table: 'viewer_embedding', grid: false })
    const { rows } = await driver.next('snapshot')
    expect(rows).toBe(600)
    expect(driver.of('points').map(({ points }) => points.table)).toEqual(['film_embedding', 'viewer_embedding'])
    expect(driver.of('points')[0]!.points).toMatchObject({ colorBy: 'mpaa' })
  })
})

describe('undo', () => {
  it('brings a replaced run back to where it was, to the bit', async () => {
    open()
    await start(1, movies)
    const whole = await stepBatches(12)
    await start(2, movies)
    expect(await stepBatches(8)).toEqual(whole.slice(0, 8))
    await start(3, { ...movies, seed: 7 })
    await stepBatches(3)
    const back = driver.next('snapshot', ({ runId }) => runId === 2)
    driver.send({ type: 'returnToRun', runId: 2, experiment: movies, play: false })
    expect((await back).step).toBe(8)
    expect(driver.of('started').at(-1)).toMatchObject({ runId: 2, run: { startStep: 8 } })
    expect(await stepBatches(4)).toEqual(whole.slice(8))
  })

  it('brings a run back after its file had to be opened again', async () => {
    open()
    const rows = Array.from({ length: 40 }, (_, i) => `${'ab'[i % 2]},${i % 7}`).join('\n')
    const openFile = async (name: string) => {
      const loaded = driver.next('dataLoaded')
      const files = [new File([`kind,${name}\n${rows}\n`], `${name}.csv`)]
      driver.send({ type: 'openFiles', requestId: 1, files, dateOrders: {} })
      return { ...suggestExperiment((await loaded).summary), backend: 'cpu' as const }
    }
    const first = await openFile('first')
    await start(1, first)
    await stepBatches(3)
    await start(2, await openFile('second'))
    await start(3, await openFile('third'))
    driver.send({ type: 'returnToRun', runId: 1, experiment: first, play: false })
    expect((await driver.next('failed')).message).toContain('Open first.csv')
    await openFile('first')
    const back = driver.next('started')
    driver.send({ type: 'returnToRun', runId: 1, experiment: first, play: false })
    expect((await back).run.startStep).toBe(3)
  })

  it('starts anew what is no longer kept', async () => {
    open()
    const first = driver.next('snapshot')
    driver.send({ type: 'returnToRun', runId: 9, experiment: movies, play: false })
    expect(await first).toMatchObject({ runId: 9, step: 0 })
  })

  it('skips starts that newer ones have overtaken', async () => {
    open()
    for (const runId of [1, 2, 3])
      driver.send({ type: 'start', runId, experiment: { ...movies, seed: runId }, play: false })
    await driver.next('snapshot')
    expect(driver.of('started').map(({ runId }) => runId)).toEqual([3])
  })
})
