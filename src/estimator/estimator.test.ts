import { add, keep, losses, memory, mul, reshape, type Tensor, type Tensor2D, tidy, zeros } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../model/backends'
import { arrayInputFn } from './arrayInputFn'
import { memoryStorage } from './checkpointStorage'
import { dense } from './dense'
import { embeddingLookup } from './embeddingLookups'
import { Estimator } from './estimator'
import { EstimatorSpec } from './estimatorSpec'
import { setHost } from './host'
import { initializers } from './initializers'
import { lineModel, linePoints } from './lineModel'
import { metrics } from './metrics'
import { ModeKeys } from './modeKeys'
import type { ModelFn } from './modelFn'
import type { SpecParts, Stepped, WatchedTable } from './runObserver'
import { train } from './train'
import { NanLossDuringTrainingError } from './trainLoop'
import { group } from './trainOp'
import { getGlobalStep, getVariable, variableScope, watchEmbedding } from './variables'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

let steps: Stepped[] = []
let specs: SpecParts[] = []
let tables: WatchedTable[] = []
let restore = () => {}
let tensors = 0

beforeEach(() => {
  ;[steps, specs, tables] = [[], [], []]
  const observer = {
    stepped: (event: Stepped) => void steps.push(event),
    spec: (parts: SpecParts) => void specs.push(parts),
    tableDeclared: (table: WatchedTable) => void tables.push(table),
  }
  restore = setHost({ storage: memoryStorage(), observer })
  tensors = memory().numTensors
})
afterEach(() => {
  restore()
  expect(memory().numTensors, 'tensors left').toBe(tensors)
})

const filmKeys = Array.from({ length: 12 }, (_, film) => `Film ${film}`)
const films = arrayInputFn({
  x: {
    film: Int32Array.from({ length: 60 }, (_, i) => i % 12),
    length: Float32Array.from({ length: 60 }, (_, i) => i / 60),
  },
  y: Float32Array.from({ length: 60 }, (_, i) => (i % 12) / 6 + i / 60),
  batchSize: 8,
  numEpochs: null,
  shuffle: true,
})

type Params = { optimizer: keyof typeof train }

/** A table that is looked up, a network on it, a scalar. */
const filmModel: ModelFn<{ film: Tensor; length: Tensor }, Params> = (features, labels, mode, { optimizer }) => {
  const table = getVariable('films', [12, 3])
  watchEmbedding(table, { name: 'films', keys: filmKeys })
  const hidden = dense(embeddingLookup(table, features.film), 4, { activation: 'tanh', name: 'hidden' })
  const slope = mul(reshape(features.length, [-1, 1]), getVariable('slope', []))
  const predictions = add<Tensor2D>(dense(hidden, 1, { name: 'head' }), slope)
  if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions })
  const loss = losses.meanSquaredError(reshape(labels!, [-1, 1]), predictions)
  return new EstimatorSpec({
    mode,
    predictions,
    loss,
    trainOp: train[optimizer](0.05).minimize(loss, getGlobalStep()),
    evalMetricOps: { rmse: metrics.rootMeanSquaredError(labels!, predictions) },
  })
}

const filmEstimator = (modelDir: string, optimizer: Params['optimizer'] = 'adagradOptimizer') =>
  new Estimator({ modelFn: filmModel, modelDir, params: { optimizer } })

async function weightsOf(estimator: Estimator<Params>) {
  const names = await estimator.getVariableNames()
  return new Map(
    await Promise.all(names.map(async (name) => [name, (await estimator.getVariableValue(name)).values] as const)),
  )
}

describe('Estimator', () => {
  it.each(Object.keys(train) as Params['optimizer'][])(
    'resumes to the weights and slots of an uninterrupted run: %s',
    async (optimizer) => {
      const whole = await filmEstimator('whole', optimizer).train({ inputFn: films, maxSteps: 20 })
      await filmEstimator('parts', optimizer).train({ inputFn: films, maxSteps: 9 })
      const parts = await filmEstimator('parts', optimizer).train({ inputFn: films, maxSteps: 20 })
      const [once, twice] = [await weightsOf(whole), await weightsOf(parts)]
      expect(twice).toEqual(once)
      expect(once.size).toBeGreaterThanOrEqual(6)
      expect(steps.slice(0, 20).map(({ loss }) => loss)).toEqual(steps.slice(20).map(({ loss }) => loss))
      expect(steps[19]!.loss).toBeLessThan(steps[0]!.loss)
    },
  )

  it('trains on WebAssembly as on plain JavaScript: what stands in a product is not remembered from an earlier step', async () => {
    await filmEstimator('cpu').train({ inputFn: films, maxSteps: 15 })
    await startBackend('wasm', { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' })
    await filmEstimator('wasm').train({ inputFn: films, maxSteps: 15 })
    await startBackend('cpu', { wasmPaths: '' })
    const losses = steps.map(({ loss }) => loss)
    for (let step = 0; step < 15; step++) expect(losses[step + 15], `step ${step}`).toBeCloseTo(losses[step]!, 5)
  })

  it('starts from the seed, and from another one elsewhere', async () => {
    const first = async (tfRandomSeed: number) => {
      const estimator = new Estimator({
        modelFn: filmModel,
        params: { optimizer: 'adamOptimizer' },
        config: { tfRandomSeed },
      })
      await estimator.train({ inputFn: films, steps: 1 })
      return (await estimator.getVariableValue('hidden/kernel')).values
    }
    expect(await first(1)).toEqual(await first(1))
    expect(await first(2)).not.toEqual(await first(1))
  })

  it('trains steps more, or to the end of the input, or until a hook asks to stop', async () => {
    const line = new Estimator({ modelFn: lineModel })
    await line.train({ inputFn: linePoints(), steps: 3 })
    await line.train({ inputFn: linePoints(), steps: 3 })
    expect(await line.latestCheckpoint()).toBe(`${line.modelDir}/model.ckpt-6`)
    await line.train({ inputFn: linePoints(2) })
    expect(await line.latestCheckpoint()).toBe(`${line.modelDir}/model.ckpt-16`)
    const hook = {
      afterRun: ({ globalStep, requestStop }: { globalStep: number; requestStop(): void }) =>
        void (globalStep === 18 && requestStop()),
    }
    await line.train({ inputFn: linePoints(), hooks: [hook] })
    expect(await line.latestCheckpoint()).toBe(`${line.modelDir}/model.ckpt-18`)
  })

  it('predicts a row at a time, and evaluates', async () => {
    const line = new Estimator({ modelFn: lineModel })
    await line.train({ inputFn: linePoints(), maxSteps: 300 })
    const rows: number[] = []
    for await (const { output } of line.predict({
      inputFn: arrayInputFn({ x: { x: [-1, 0, 3] }, batchSize: 2, shuffle: false }),
    }))
      rows.push(...output!)
    expect(rows.map((value) => Math.round(value * 1000) / 1000)).toEqual([-1, 1, 7])
    const { rmse, loss, globalStep } = await line.evaluate({ inputFn: linePoints(1) })
    expect(rmse).toBeLessThan(1e-3)
    expect(loss).toBeCloseTo(rmse! ** 2, 8)
    expect(globalStep).toBe(300)
  })

  it('leaves nothing of a batch behind where a prediction is left early', async () => {
    const line = await new Estimator({ modelFn: lineModel }).train({ inputFn: linePoints(), maxSteps: 1 })
    for await (const _ of line.predict({ inputFn: linePoints(1) })) break
    // Looked at after each test: the tensors are as many as before.
  })

  it('cannot evaluate, predict or export before it was trained', async () => {
    const line = new Estimator({ modelFn: lineModel, modelDir: 'line' })
    expect(await line.latestCheckpoint()).toBeNull()
    await expect(line.evaluate({ inputFn: linePoints(1) })).rejects.toThrow(
      'Could not find a trained model in modelDir: line',
    )
    await expect(line.exportSavedModel('out', () => ({ x: zeros([1]) }))).rejects.toThrow('Train it first')
  })

  it('says what does not fit when the checkpoint is of another model', async () => {
    await filmEstimator('shared').train({ inputFn: films, maxSteps: 1 })
    const wider: ModelFn = () => {
      getVariable('films', [12, 5])
      throw new Error('not reached')
    }
    const other = new Estimator({ modelFn: wider, modelDir: 'shared' })
    await expect(other.train({ inputFn: films, maxSteps: 2 })).rejects.toThrow(
      '[12, 3] in the checkpoint and [12, 5] in this model',
    )
    const line = new Estimator({ modelFn: lineModel, modelDir: 'shared' })
    await expect(line.train({ inputFn: linePoints(), maxSteps: 2 })).rejects.toThrow('no variable bias')
  })

  it('ends at a loss that is not a number', async () => {
    const broken: ModelFn<{ x: Tensor }> = (features, labels, mode, params) => {
      const spec = lineModel({ x: mul(features.x, Number.NaN) }, labels, mode, params)
      return spec
    }
    await expect(new Estimator({ modelFn: broken }).train({ inputFn: linePoints() })).rejects.toThrow(
      NanLossDuringTrainingError,
    )
  })
})

describe('what an Estimator tells its host', () => {
  it('counts the tensors that a step leaves behind', async () => {
    const leaks: Tensor[] = []
    const leaking: ModelFn<{ x: Tensor }> = (features, labels, mode, params) => {
      if (getGlobalStep().value >= 2) leaks.push(keep(zeros([3])))
      return lineModel(features, labels, mode, params)
    }
    await new Estimator({ modelFn: leaking }).train({ inputFn: linePoints(), maxSteps: 4 })
    expect(steps.map(({ leakedTensors }) => leakedTensors)).toEqual([0, 0, 1, 1])
    for (const leak of leaks) leak.dispose()
  })

  it('shows the six things of the spec of each mode', async () => {
    const estimator = filmEstimator('model', 'adamOptimizer')
    await estimator.train({ inputFn: films, maxSteps: 3 })
    await estimator.evaluate({ inputFn: films, steps: 1 })
    expect(specs.map(({ mode }) => mode)).toEqual(['train', 'eval'])
    const { predictions, loss, trainOp, evalMetricOps } = specs[0]!
    expect(predictions?.output).toMatchObject({ dtype: 'float32', shape: [8, 1] })
    expect(predictions?.output?.head).toHaveLength(8)
    expect(loss).toBe(steps[0]!.loss)
    expect(trainOp).toBe('Adam(0.05) minimizes the loss')
    expect(evalMetricOps).toEqual(['rmse'])
  })

  it('declares tables once, and lets them be read while it trains and after', async () => {
    await filmEstimator('model').train({ inputFn: films, maxSteps: 5 })
    expect(tables).toHaveLength(1)
    const [{ name, keys, rows, dimension, read }] = tables as [WatchedTable]
    expect({ name, keys, rows, dimension }).toEqual({ name: 'films', keys: filmKeys, rows: 12, dimension: 3 })
    expect(await read()).toEqual((await filmEstimator('model').getVariableValue('films')).values)
  })
})

describe('variables of a model function', () => {
  const modelWith =
    (make: () => void): ModelFn<{ x: Tensor }> =>
    (features, labels, mode, params) => {
      make()
      return lineModel(features, labels, mode, params)
    }
  const trained = (make: () => void) =>
    new Estimator({ modelFn: modelWith(make) }).train({ inputFn: linePoints(), maxSteps: 1 })

  it('cannot be asked for twice in one call, but under reuse', async () => {
    await expect(trained(() => [getVariable('a', [1]), getVariable('a', [1])])).rejects.toThrow(
      'Variable a is asked for twice',
    )
    let shared = [] as unknown[]
    await trained(() => {
      shared = [
        variableScope('s', () => getVariable('a', [1])),
        variableScope('s', () => getVariable('a', [1]), { reuse: true }),
      ]
    })
    expect(shared[0]).toBe(shared[1])
  })

  it('are named by their scopes', async () => {
    const estimator = await trained(() => variableScope('one', () => variableScope('two', () => getVariable('a', [2]))))
    expect(await estimator.getVariableNames()).toEqual(['bias', 'one/two/a', 'slope'])
  })

  it('have the values that they were made with at the first step, whatever a model function assigns', async () => {
    const counted = modelWith(() => {
      const count = getVariable('count', [], initializers.zeros(), { trainable: false })
      tidy(() => count.assign(add(count, 1)))
    })
    const estimator = new Estimator({ modelFn: counted })
    await estimator.train({ inputFn: linePoints(), maxSteps: 2 })
    await estimator.train({ inputFn: linePoints(), maxSteps: 3 })
    expect((await estimator.getVariableValue('count')).values[0]).toBe(3)
  })

  it('must all be asked for in every call', async () => {
    const late = modelWith(() => void (getGlobalStep().value === 1 && getVariable('late', [1])))
    await expect(new Estimator({ modelFn: late }).train({ inputFn: linePoints(), maxSteps: 3 })).rejects.toThrow(
      'a new variable at step 1',
    )
  })

  it('are there in a model function alone', () => {
    expect(() => getVariable('a', [1])).toThrow('works within a model function only')
  })
})

describe('trainOp', () => {
  it('may be a group of optimizers, each on its own variables and loss', async () => {
    const modelFn: ModelFn<{ x: Tensor }> = ({ x }, labels, mode) => {
      const [a, b] = [getVariable('a', []), getVariable('b', [])]
      const lossOf = (of: Tensor, target: Tensor) => losses.meanSquaredError(target, mul(x, of))
      const [first, second] = [lossOf(a, labels!), lossOf(b, mul(x, 5))]
      const sgd = (name: string) => train.gradientDescentOptimizer(0.5, { name })
      const trainOp = group(
        sgd('one').minimize(first, getGlobalStep(), [a]),
        sgd('two').minimize(second, getGlobalStep(), [b]),
      )
      return new EstimatorSpec({ mode, loss: first, trainOp })
    }
    const estimator = await new Estimator({ modelFn }).train({ inputFn: linePoints(), maxSteps: 200 })
    expect((await estimator.getVariableValue('b')).values[0]).toBeCloseTo(5, 4)
    expect((await estimator.getVariableValue('a')).values[0]).toBeCloseTo(2, 0)
  })

  it('may have optimizers of one name, each with steps of its own', async () => {
    const trained = async (name: string) => {
      const modelFn: ModelFn<{ x: Tensor }> = ({ x }, labels, mode) => {
        const [a, b] = [getVariable('a', [], initializers.zeros()), getVariable('b', [], initializers.zeros())]
        const loss = losses.meanSquaredError(labels!, add(mul(x, a), b))
        const trainOp = group(
          train.adamOptimizer(0.1).minimize(loss, getGlobalStep(), [a]),
          train.adamOptimizer(0.2, { name }).minimize(loss, getGlobalStep(), [b]),
        )
        return new EstimatorSpec({ mode, loss, trainOp })
      }
      const estimator = await new Estimator({ modelFn }).train({ inputFn: linePoints(), maxSteps: 5 })
      return [await estimator.getVariableValue('a'), await estimator.getVariableValue('b')]
    }
    expect(await trained('Adam')).toEqual(await trained('Other'))
  })

  it('may be a function that takes the step itself', async () => {
    const modelFn: ModelFn<{ x: Tensor }> = (features, labels, mode, params) => {
      const { loss } = lineModel(features, labels, mode, params)
      const slope = getVariable('own', [])
      return new EstimatorSpec({ mode, loss, trainOp: () => slope.assign(add(slope, 1)) })
    }
    const estimator = await new Estimator({ modelFn }).train({ inputFn: linePoints(), maxSteps: 3 })
    const first = (await estimator.getVariableValue('own')).values[0]!
    await estimator.train({ inputFn: linePoints(), maxSteps: 7 })
    expect((await estimator.getVariableValue('own')).values[0]! - first).toBeCloseTo(4, 5)
  })
})
