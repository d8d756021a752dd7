import { afterEach, expect, it, vi } from 'vitest'
import { nodeThreads } from '../engine/cpu/nodeThread'
import type { Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { decodeWeights } from '../exports/weightsFile'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

const threads = vi.hoisted(() => ({ alive: 0 }))

// Of Node's in place of a page's, and counted.
vi.mock('../engine/cpu/sampleThreads', async (original) => ({
  ...(await original<typeof import('../engine/cpu/sampleThreads')>()),
  threadsHere: () => nodeThreads(2),
}))
vi.mock('node:worker_threads', async (original) => {
  const { Worker, ...others } = await original<typeof import('node:worker_threads')>()
  class CountedWorker extends Worker {
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given)
      threads.alive++
      this.once('exit', () => threads.alive--)
    }
  }
  return { ...others, Worker: CountedWorker }
})

const oneByOne: Experiment = {
  ...labDefaults.movies,
  backend: 'wasm',
  batchSize: 1,
  optimizer: { type: 'rowAdagrad', learningRate: 0.05 },
  stop: { epochs: 2, patience: null },
}

const drivers: TrainerDriver[] = []
afterEach(() => Promise.all(drivers.splice(0).map((driver) => driver.destroy())))

/** A trainer, and what a person does with it. */
function openTrainer() {
  const driver = createTrainerDriver()
  drivers.push(driver)
  const exported = async () => {
    const answer = driver.next('exported')
    driver.send({ type: 'exportWeights', requestId: 1, optimizerState: true })
    return (await answer).bytes
  }
  return {
    exported,
    async start(runId: number, experiment: Experiment, weights?: ArrayBuffer) {
      const started = driver.next('started')
      driver.send({ type: 'start', runId, experiment, play: false, ...(weights && { weights }) })
      return (await started).run
    },
    async returnTo(runId: number, experiment: Experiment) {
      const started = driver.next('started')
      driver.send({ type: 'returnToRun', runId, experiment, play: false })
      await started
    },
    async stepBatch() {
      const paused = driver.next('paused')
      driver.send({ type: 'step', unit: 'batch' })
      await paused
    },
    async playToTheEnd() {
      const ended = driver.next('paused', ({ reason }) => reason.why === 'epochs')
      driver.send({ type: 'play' })
      await ended
      const { keyed, dense, training, step } = decodeWeights(await exported())
      return { keyed, dense, training, step }
    },
  }
}

it('comes to the same bits straight on, from a file of the middle of an epoch, and after another run, on two threads', async () => {
  const straight = openTrainer()
  expect(await straight.start(1, oneByOne)).toMatchObject({ threads: 2, trainRows: 34_475, stepsPerEpoch: 34_475 })
  const expected = await straight.playToTheEnd()
  expect(expected.step).toBe(68_950)

  const halted = openTrainer()
  await halted.start(1, oneByOne)
  for (let i = 0; i < 3; i++) await halted.stepBatch()
  const middle = await halted.exported()
  expect(decodeWeights(middle).training?.batches).toEqual({ epoch: 0, position: 3 })
  await halted.start(2, { ...oneByOne, seed: 9 })
  await halted.returnTo(1, oneByOne)
  expect(await halted.playToTheEnd()).toEqual(expected)

  const imported = openTrainer()
  await imported.start(1, oneByOne, middle)
  expect(await imported.playToTheEnd()).toEqual(expected)
})

it('ends the threads of a run that is replaced, and of the last', async () => {
  const trainer = openTrainer()
  await trainer.start(1, oneByOne)
  await trainer.start(2, { ...oneByOne, seed: 9 })
  await vi.waitFor(() => expect(threads.alive).toBe(1))
  await trainer.start(3, { ...oneByOne, batchSize: 64 })
  await vi.waitFor(() => expect(threads.alive).toBe(0))
  await trainer.start(4, oneByOne)
  expect(threads.alive).toBe(1)
  await Promise.all(drivers.splice(0).map((driver) => driver.destroy()))
  await vi.waitFor(() => expect(threads.alive).toBe(0))
})
