import { memory } from '@tensorflow/tfjs-core'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { CategoricalColumn, Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import { createTrainerDriver, type TrainerDriver } from './trainerDriver'

// Real runs: a busy machine takes its time.
vi.setConfig({ testTimeout: 30_000 })

const movies: Experiment = { ...labDefaults.movies, backend: 'wasm', stop: { epochs: 4, patience: null } }

let driver: TrainerDriver
async function start(experiment: Experiment, play: boolean, runId = 1, weights?: ArrayBuffer) {
  const begun = driver.next('snapshot', (event) => event.runId === runId)
  driver.send({ type: 'start', runId, experiment, play, ...(weights ? { weights } : {}) })
  await begun
}
afterEach(() => driver.destroy())

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

describe('a run that breaks', () => {
  it('stops when its numbers overflow, names the learning rate, and goes back to finite weights', async () => {
    driver = createTrainerDriver()
    const wild: Experiment = { ...movies, optimizer: { type: 'sgd', learningRate: 90 }, batchSize: 4 }
    const stopped = driver.next('paused')
    await start(wild, true)
    const { reason, step } = await stopped
    expect(reason).toMatchObject({ why: 'notFinite', field: 'optimizer.learningRate' })
    // Long before an evaluation would have seen it.
    expect(step).toBeLessThan(driver.of('started')[0]!.run.stepsPerEpoch)
    const [back, measured] = [driver.next('paused'), driver.next('evaluated')]
    driver.send({ type: 'returnToCheckpoint', which: 'lastFinite' })
    const { step: finiteStep } = await back
    expect(reason).toMatchObject({ lastFiniteStep: finiteStep })
    const evaluation = (await measured).evaluations[0]!
    expect(evaluation.step).toBe(finiteStep)
    expect(evaluation.validation.loss).toBeLessThan(100)
  })

  it('fails with words and the field for an experiment that cannot be', async () => {
    driver = createTrainerDriver()
    driver.send({ type: 'start', runId: 1, experiment: { ...movies, columns: movies.columns.slice(0, 1) }, play: true })
    expect(await driver.next('failed')).toMatchObject({ runId: 1, field: 'model.user' })
  })

  it('refuses to read what it predicts, and tables of any size, before it encodes anything', async () => {
    driver = createTrainerDriver()
    const refused = async (runId: number, columns: Experiment['columns']) => {
      driver.send({ type: 'start', runId, experiment: { ...movies, columns, model: network }, play: true })
      return driver.next('failed', (event) => event.runId === runId)
    }
    const network: Experiment['model'] = { type: 'tabular', hiddenUnits: [8], activation: 'relu' }
    const rating: Experiment['columns'] = [{ type: 'numeric', key: 'rating', normalizer: 'none' }]
    expect(await refused(1, [...movies.columns, ...rating])).toMatchObject({
      field: 'columns.2',
      message: expect.stringContaining('is what the model predicts'),
      stack: null,
    })
    const buckets: CategoricalColumn = { type: 'hashBucket', key: 'film', hashBucketSize: 100_000_000 }
    const huge = movies.columns.map((column, i) =>
      column.type === 'embedding' && i === 0 ? { ...column, categorical: buckets, dimension: 256 } : column,
    )
    expect(await refused(2, huge)).toMatchObject({ field: expect.stringContaining('columns.0'), stack: null })
  })

  it('names the file to open when the data is not here', async () => {
    driver = createTrainerDriver()
    const dataset: Experiment['dataset'] = { source: 'file', name: 'ratings.csv', fingerprint: 'sha256-0' }
    driver.send({ type: 'start', runId: 1, experiment: { ...movies, dataset }, play: true })
    expect((await driver.next('failed')).message).toContain('ratings.csv')
  })
})

describe('stop conditions', () => {
  it('stop when the validation loss has not improved for as many epochs as asked', async () => {
    driver = createTrainerDriver()
    const overfit: Experiment = { ...movies, l2: 0, stop: { epochs: 200, patience: 3 } }
    const columns = overfit.columns.map((column) =>
      column.type === 'embedding' ? { ...column, dimension: 8 } : column,
    )
    await start({ ...overfit, columns, optimizer: { type: 'adagrad', learningRate: 1 } }, true)
    const { reason, step } = await driver.next('paused')
    const best = driver
      .of('evaluated')
      .flatMap(({ evaluations }) => evaluations)
      .findLast(({ isBest }) => isBest)!
    expect(reason).toEqual({ why: 'noImprovement', bestEpoch: best.epoch })
    expect(step).toBe(best.step + 3 * driver.of('started')[0]!.run.stepsPerEpoch)
    const back = driver.next('paused')
    driver.send({ type: 'returnToCheckpoint', which: 'best' })
    expect((await back).step).toBe(best.step)
  })

  it('measures the epochs that the row counts name, and pauses change neither what is best nor where it stops', async () => {
    driver = createTrainerDriver()
    const halves: Experiment = { ...movies, l2: 0, split: { validationShare: 0.5, seed: 1 } }
    const columns = halves.columns.map((column) => (column.type === 'embedding' ? { ...column, dimension: 8 } : column))
    const overfit: Experiment = {
      ...halves,
      columns,
      optimizer: { type: 'adagrad', learningRate: 1 },
      stop: { epochs: 100, patience: 3 },
    }
    await start(overfit, true)
    const whole = await driver.next('paused')
    expect(whole.reason.why).toBe('noImprovement')
    const measured = driver.of('evaluated').flatMap(({ evaluations }) => evaluations.map(({ epoch }) => epoch))
    expect(measured.slice(0, 3)).toEqual([1, 2, 4])
    const { stepsPerEpoch } = driver.of('started')[0]!.run

    await start(overfit, false, 2)
    await driver.next('evaluated', ({ runId }) => runId === 2)
    for (const unit of ['batch', 'batch', 'epoch', 'batch', 'epoch', 'epoch'] as const) {
      const paused = driver.next('paused')
      driver.send({ type: 'step', unit })
      const { step } = await paused
      // A look at every place where it stands.
      if (
        !driver
          .of('evaluated')
          .some(({ runId, evaluations }) => runId === 2 && evaluations.some((one) => one.step === step))
      ) {
        await driver.next('evaluated', ({ evaluations }) => evaluations.some((one) => one.step === step))
      }
    }
    driver.send({ type: 'play' })
    const paused = await driver.next('paused')
    expect({ ...paused, runId: 1 }).toEqual(whole)
    const bestOf = (run: number) =>
      driver
        .of('evaluated')
        .flatMap(({ runId, evaluations }) => (runId === run ? evaluations.filter(({ isBest }) => isBest) : []))
    expect(bestOf(2)).toEqual(bestOf(1))
    expect(bestOf(2).every(({ step }) => step % stepsPerEpoch === 0)).toBe(true)
  })

  it('applies a new learning rate while it runs', async () => {
    driver = createTrainerDriver()
    await start(movies, false)
    const usual = await stepBatches(3)
    driver.send({ type: 'tune', learningRate: 1e-9 })
    await start(movies, false, 2)
    expect(await stepBatches(3)).toEqual(usual)
    driver.send({ type: 'start', runId: 3, experiment: movies, play: false })
    driver.send({ type: 'tune', learningRate: 1e-9 })
    await driver.next('snapshot', ({ runId }) => runId === 3)
    const still = await stepBatches(3)
    expect(still[0]).toBe(usual[0])
    expect(still[2]).not.toBe(usual[2])
  })
})

describe('weights', () => {
  it('go out and come back: the same predictions, and training goes on to the bit', async () => {
    driver = createTrainerDriver()
    await start(movies, false)
    const whole = await stepBatches(45)
    await start(movies, false, 2)
    await stepBatches(35)
    const ask = { type: 'predict', values: { viewer: '3', film: 'Titanic' } } as const
    driver.send({ ...ask, requestId: 1 })
    const before = await driver.next('predicted')
    driver.send({ type: 'exportWeights', requestId: 2, optimizerState: true })
    const { bytes } = await driver.next('exported')
    await start(movies, false, 3, bytes)
    expect(driver.of('started').at(-1)!.run.startStep).toBe(35)
    driver.send({ ...ask, requestId: 3 })
    const after = await driver.next('predicted')
    expect(after.outputs).toEqual(before.outputs)
    expect(before.outputs[0]).toMatchObject({ name: 'rating', unit: 'stars' })
    expect(await stepBatches(10)).toEqual(whole.slice(35))
  })

  it('of another model are refused with words', async () => {
    driver = createTrainerDriver()
    await start(movies, false)
    driver.send({ type: 'exportWeights', requestId: 2, optimizerState: false })
    const { bytes } = await driver.next('exported')
    const columns = movies.columns.map((column) => (column.type === 'embedding' ? { ...column, dimension: 3 } : column))
    driver.send({ type: 'start', runId: 2, experiment: { ...movies, columns }, play: false, weights: bytes })
    expect((await driver.next('failed')).message).toMatch(/_embedding has the shape \[\d+, 2\].*needs \[\d+, 3\]/)
  })
})

describe('a weights file that is refused', () => {
  /** On the backend whose tensors can be counted. */
  const counted: Experiment = { ...movies, backend: 'cpu' }

  it('leaves nothing in memory when it belongs to another model', async () => {
    driver = createTrainerDriver()
    await start(counted, false)
    driver.send({ type: 'exportWeights', requestId: 2, optimizerState: false })
    const { bytes } = await driver.next('exported')
    const columns = movies.columns.map((column) => (column.type === 'embedding' ? { ...column, dimension: 3 } : column))
    const held: number[] = []
    for (const runId of [2, 3, 4]) {
      driver.send({ type: 'start', runId, experiment: { ...counted, columns }, play: false, weights: bytes.slice(0) })
      await driver.next('failed', (event) => event.runId === runId)
      held.push(memory().numTensors)
    }
    expect(held[2]).toBe(held[0])
  })

  it('does not end the present run when it is damaged: it waits to be returned to', async () => {
    driver = createTrainerDriver()
    await start({ ...counted, stop: { epochs: null, patience: null } }, true)
    await driver.next('progress')
    const held = memory().numTensors
    const stopped = driver.next('paused', ({ runId }) => runId === 1)
    driver.send({
      type: 'start',
      runId: 2,
      experiment: movies,
      play: true,
      weights: new TextEncoder().encode('{').buffer,
    })
    await driver.next('failed', ({ runId }) => runId === 2)
    const { step } = await stopped
    expect(memory().numTensors).toBeGreaterThanOrEqual(held)
    driver.send({ type: 'predict', requestId: 1, values: {} })
    expect((await driver.next('refused')).message).toBe('There is no model yet.')
    driver.send({ type: 'returnToRun', runId: 1, experiment: movies, play: false })
    expect((await driver.next('started')).run.startStep).toBe(step)
  })
})

describe('questions', () => {
  it('recommends films that a viewer of the data has not rated, best first', async () => {
    driver = createTrainerDriver()
    await start(movies, true)
    await driver.next('paused')
    driver.send({ type: 'recommend', requestId: 1, user: '5', ratings: [] })
    const { items, rated } = await driver.next('recommended')
    expect(items).toHaveLength(20)
    expect(rated.length).toBeGreaterThan(20)
    expect(items.some(({ item }) => rated.some((one) => one.item === item))).toBe(false)
    const scores = items.map(({ score }) => score)
    expect(scores).toEqual(scores.toSorted((a, b) => b - a))
    driver.send({ type: 'predict', requestId: 2, values: { viewer: '5', film: items[0]!.item } })
    expect((await driver.next('predicted')).outputs[0]!.value).toBeCloseTo(scores[0]!, 4)
  })

  it('folds in the ratings of someone new: what they like pulls the like of it up', async () => {
    driver = createTrainerDriver()
    await start({ ...movies, stop: { epochs: 12, patience: null } }, true)
    await driver.next('paused')
    const ask = (requestId: number, ratings: { item: string; rating: number }[]) => {
      driver.send({ type: 'recommend', requestId, user: null, ratings })
      return driver.next('recommended', (event) => event.requestId === requestId)
    }
    const none = await ask(1, [])
    const [liked] = none.items
    const one = await ask(2, [{ item: liked!.item, rating: 5 }])
    const low = await ask(3, [{ item: liked!.item, rating: 0.5 }])
    expect(one.items.some(({ item }) => item === liked!.item)).toBe(false)
    expect(one.items[0]!.score).toBeGreaterThan(low.items[0]!.score)
  })

  it('refuses what it cannot answer, with words', async () => {
    driver = createTrainerDriver()
    driver.send({ type: 'predict', requestId: 1, values: {} })
    expect((await driver.next('refused')).message).toBe('There is no model yet.')
    await start(movies, false)
    driver.send({ type: 'predict', requestId: 2, values: { viewer: '3', film: 'No such film' } })
    expect(await driver.next('refused')).toMatchObject({
      requestId: 2,
      message: expect.stringContaining('No such film'),
    })
    driver.send({ type: 'recommend', requestId: 3, user: '9999', ratings: [] })
    expect((await driver.next('refused')).message).toContain('9999')
  })
})

describe('reading a file', () => {
  it('is given up when the person cancels it', async () => {
    driver = createTrainerDriver()
    const rows = Array.from({ length: 200_000 }, (_, i) => `${i},${i % 7}`).join('\n')
    const failed = driver.next('dataFailed')
    const files = [new File([`a,b\n${rows}\n`], 'long.csv')]
    driver.send({ type: 'openFiles', requestId: 1, files, dateOrders: {} })
    driver.send({ type: 'cancelOpening', requestId: 1 })
    expect((await failed).problem.message).toBe('Reading was cancelled.')
    expect(driver.of('dataLoaded')).toEqual([])
  })
})
