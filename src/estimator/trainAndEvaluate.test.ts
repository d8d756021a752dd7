import { tensor1d } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../model/backends'
import { type CheckpointStorage, memoryStorage } from './checkpointStorage'
import { Estimator } from './estimator'
import { BestExporter, type Exporter, FinalExporter, LatestExporter } from './exporters'
import { setHost } from './host'
import { lineModel, linePoints } from './lineModel'
import type { RunConfig } from './runConfig'
import type { Evaluated } from './runObserver'
import { EvalSpec, type EvalSpecOptions, TrainSpec, trainAndEvaluate } from './trainAndEvaluate'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

let storage: CheckpointStorage
let clock = 0
let evaluated: Evaluated[] = []
let restore = () => {}

beforeEach(() => {
  storage = memoryStorage()
  clock = 0
  stepMs = 1000
  evaluated = []
  restore = setHost({ storage, now: () => clock, observer: { evaluated: (event) => evaluated.push(event) } })
})
afterEach(() => restore())

let stepMs = 1000
const advanceClock = {
  afterRun() {
    clock += stepMs
  },
}
const servingInputReceiverFn = () => ({ x: tensor1d([0]) })

function run(maxSteps: number, config: RunConfig, evalOptions: Partial<EvalSpecOptions> = {}) {
  const estimator = new Estimator({ modelFn: lineModel, modelDir: 'line', config })
  const trainSpec = new TrainSpec({ inputFn: linePoints(), maxSteps, hooks: [advanceClock] })
  return trainAndEvaluate(
    estimator,
    trainSpec,
    new EvalSpec({ inputFn: linePoints(1, false), throttleSecs: 0, ...evalOptions }),
  )
}
const evaluatedSteps = () => evaluated.map(({ globalStep }) => globalStep)
const exportsOf = async (name: string) => {
  const files = await storage.list(`line/export/${name}/`)
  const versions = files.map((file) => Number(file.split('/')[3])).filter(Number.isInteger)
  return [...new Set(versions)].sort((a, b) => a - b)
}

describe('trainAndEvaluate', () => {
  it('evaluates at each checkpoint but the one before the first step, and at the end', async () => {
    const result = await run(25, { saveCheckpointsSteps: 10 })
    expect(evaluatedSteps()).toEqual([10, 20, 25])
    expect(result).toEqual(evaluated[2]!.metrics)
    expect(result.globalStep).toBe(25)
  })

  it('skips checkpoints that come sooner than throttleSecs after the last evaluation, but not the last one', async () => {
    await run(50, { saveCheckpointsSteps: 5 }, { throttleSecs: 12 })
    expect(evaluatedSteps()).toEqual([5, 20, 35, 50])
  })

  it('evaluates the first checkpoint and the last with the throttle of 600 s that is the default', async () => {
    const { throttleSecs, startDelaySecs, steps } = new EvalSpec({ inputFn: linePoints(1) })
    expect({ throttleSecs, startDelaySecs, steps }).toEqual({ throttleSecs: 600, startDelaySecs: 120, steps: 100 })
    await run(40, { saveCheckpointsSteps: 10 }, { throttleSecs })
    expect(evaluatedSteps()).toEqual([10, 40])
  })

  it('saves by the clock: every 600 s where nothing is said', async () => {
    stepMs = 60_000
    await run(25, {})
    expect(evaluatedSteps()).toEqual([10, 20, 25])
  })

  it('saves every so many seconds when told', async () => {
    await run(25, { saveCheckpointsSecs: 10 })
    expect(evaluatedSteps()).toEqual([10, 20, 25])
  })

  it('keeps 5 checkpoints, or as many as told', async () => {
    await run(70, { saveCheckpointsSteps: 10 })
    const names = (await storage.list('line/model.ckpt-')).map((name) => name.split(/[-.]/).at(-2))
    expect(names).toEqual(['30', '40', '50', '60', '70'])
  })

  it('counts maxSteps in total, and evaluates what is there when they were taken before', async () => {
    await run(10, { saveCheckpointsSteps: 10 })
    await run(25, { saveCheckpointsSteps: 10 })
    expect(evaluatedSteps()).toEqual([10, 20, 25])
    const again = await run(25, { saveCheckpointsSteps: 10 })
    expect(again).toEqual(evaluated[2]!.metrics)
    expect(await storage.list('line/export/')).toEqual([])
  })

  it('takes no more batches of an evaluation than steps', async () => {
    const all = await run(10, {}, { steps: null })
    restore()
    restore = setHost({ storage: memoryStorage(), now: () => clock })
    const two = await run(10, {}, { steps: 2 })
    expect(two.rmse).not.toBe(all.rmse)
  })

  it('refuses what TensorFlow refuses', () => {
    const inputFn = linePoints(1)
    expect(() => new TrainSpec({ inputFn, maxSteps: 0 })).toThrow('maxSteps is 0')
    expect(() => new EvalSpec({ inputFn, steps: -1 })).toThrow('steps is -1')
    expect(() => new EvalSpec({ inputFn, throttleSecs: -1 })).toThrow('throttleSecs is -1')
    const exporter = new FinalExporter({ name: 'x', servingInputReceiverFn })
    expect(() => new EvalSpec({ inputFn, exporters: [exporter, exporter] })).toThrow('Two exporters are called x')
    expect(() => new LatestExporter({ name: 'x', servingInputReceiverFn, exportsToKeep: 0 })).toThrow(
      'exportsToKeep is 0',
    )
  })
})

describe('exporters', () => {
  it('LatestExporter exports at each evaluation and keeps 5', async () => {
    await run(
      80,
      { saveCheckpointsSteps: 10 },
      { exporters: new LatestExporter({ name: 'latest', servingInputReceiverFn }) },
    )
    expect(await exportsOf('latest')).toEqual([40, 50, 60, 70, 80])
  })

  it('LatestExporter keeps what it has just exported, also where an earlier run has taken more steps', async () => {
    for (const step of [100, 200, 300, 400, 500])
      await storage.save(`line/export/latest/${step}/model.json`, new Uint8Array(1))
    const exporters = new LatestExporter({ name: 'latest', servingInputReceiverFn })
    await run(20, { saveCheckpointsSteps: 10 }, { exporters })
    expect(await exportsOf('latest')).toEqual([20, 200, 300, 400, 500])
  })

  it('FinalExporter exports once, at maxSteps', async () => {
    await run(
      25,
      { saveCheckpointsSteps: 10 },
      { exporters: new FinalExporter({ name: 'final', servingInputReceiverFn }) },
    )
    expect(await exportsOf('final')).toEqual([25])
  })

  it('FinalExporter does not export when training was stopped before', async () => {
    const stopping = new AbortController()
    restore()
    restore = setHost({ storage, now: () => clock, signal: stopping.signal })
    const hook = { afterRun: ({ globalStep }: { globalStep: number }) => void (globalStep === 15 && stopping.abort()) }
    const estimator = new Estimator({ modelFn: lineModel, modelDir: 'line', config: { saveCheckpointsSteps: 10 } })
    const exporters = [new FinalExporter({ name: 'final', servingInputReceiverFn })]
    const evalSpec = new EvalSpec({ inputFn: linePoints(1, false), throttleSecs: 0, exporters })
    const trainSpec = new TrainSpec({ inputFn: linePoints(), maxSteps: 50, hooks: [hook] })
    await expect(trainAndEvaluate(estimator, trainSpec, evalSpec)).rejects.toThrow('aborted')
    expect(await estimator.latestCheckpoint()).toBe('line/model.ckpt-15')
    expect(await exportsOf('final')).toEqual([])
  })

  it('BestExporter exports what is better than all before it, also those of an earlier run', async () => {
    const best = () => new BestExporter({ name: 'best', servingInputReceiverFn })
    const scripted = (exporter: Exporter, losses: Record<number, number>): Exporter => ({
      name: 'best',
      export: (context) =>
        exporter.export({ ...context, evalResult: { loss: losses[context.evalResult.globalStep!]! } }),
    })
    const losses = { 10: 5, 20: 6, 30: 4, 40: 4, 50: 4.5, 60: 3 }
    await run(30, { saveCheckpointsSteps: 10 }, { exporters: scripted(best(), losses) })
    expect(await exportsOf('best')).toEqual([10, 30])
    await run(60, { saveCheckpointsSteps: 10 }, { exporters: scripted(best(), losses) })
    expect(await exportsOf('best')).toEqual([10, 30, 60])
  })

  it.each([Number.POSITIVE_INFINITY, Number.NaN])('BestExporter finds a loss better than %s', async (first) => {
    const best = new BestExporter({ name: 'best', servingInputReceiverFn })
    const losses: Record<number, number> = { 10: first, 20: 5, 30: first }
    const scripted: Exporter = {
      name: 'best',
      export: (context) => best.export({ ...context, evalResult: { loss: losses[context.evalResult.globalStep!]! } }),
    }
    await run(30, { saveCheckpointsSteps: 10 }, { exporters: scripted })
    expect(await exportsOf('best')).toEqual([10, 20])
  })

  it('BestExporter compares by another metric when told', async () => {
    const compareFn = (best: Record<string, number>, current: Record<string, number>) =>
      current.globalStep! > best.globalStep! + 15
    const exporters = new BestExporter({ name: 'best', servingInputReceiverFn, compareFn })
    await run(60, { saveCheckpointsSteps: 10 }, { exporters })
    expect(await exportsOf('best')).toEqual([10, 30, 50])
  })
})
