import { readFileSync } from 'node:fs'
import { type Tensor, type Tensor2D, tensor } from '@tensorflow/tfjs-core'
import { initializers, input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../model/backends'
import { addMetrics } from './addMetrics'
import { arrayInputFn } from './arrayInputFn'
import { memoryStorage } from './checkpointStorage'
import { setHost } from './host'
import { metrics } from './metrics'
import { modelToEstimator } from './modelToEstimator'
import { optimizers } from './train'

type Rows = number[][]
interface Golden {
  x: Rows
  price: Rows
  kind: Rows
  batch: number
  steps: number
  lossWeights: Record<string, number>
  initial: Record<string, number[] | Rows>
  final: Record<string, number[] | Rows>
  evaluated: Record<string, number>
  predicted: Record<string, number[]>[]
}

/** TensorFlow 2.15.1: `tests/goldens/make_keras_estimator_goldens.py`. */
const golden = JSON.parse(readFileSync('tests/goldens/keras-estimator.json', 'utf8')) as Golden
const { x, price, kind, batch: batchSize, lossWeights } = golden

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))
let restore = () => {}
beforeEach(() => {
  restore = setHost({ storage: memoryStorage() })
})
afterEach(() => restore())

function twoOutputs() {
  const rows = input({ shape: [3], name: 'rows' })
  const hidden = layers.dense({ units: 4, activation: 'tanh', name: 'hidden' }).apply(rows)
  const of = (units: number, name: string, activation: 'linear' | 'softmax') =>
    layers.dense({ units, activation, name }).apply(hidden) as SymbolicTensor
  const kerasModel = model({ inputs: rows, outputs: [of(1, 'price', 'linear'), of(3, 'kind', 'softmax')] })
  kerasModel.compile({
    optimizer: optimizers.sgd(0.1),
    loss: { price: 'meanSquaredError', kind: 'categoricalCrossentropy' },
    metrics: { price: 'mse', kind: 'accuracy' },
  })
  return kerasModel
}

function asInTensorFlow() {
  const kerasModel = twoOutputs()
  kerasModel.setWeights(Object.values(golden.initial).map((values) => tensor(values)))
  return kerasModel
}

const batches = (numEpochs: number | null) =>
  arrayInputFn({ x: { rows: x }, y: { price, kind }, batchSize, numEpochs, shuffle: false })

function expectNear(actual: ArrayLike<number>, expected: readonly number[], name: string): void {
  expect(actual.length, name).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i], `${name}[${i}]`).toBeCloseTo(value, 5)
}

describe('a Keras model with two outputs as an Estimator', () => {
  it('takes TensorFlow’s steps, and answers with its metrics and predictions', async () => {
    const estimator = modelToEstimator({ kerasModel: asInTensorFlow(), modelDir: 'two', lossWeights })
    await estimator.train({ inputFn: batches(null), maxSteps: golden.steps })
    for (const [name, values] of Object.entries(golden.final)) {
      expectNear((await estimator.getVariableValue(name)).values, values.flat(), name)
    }
    const { global_step: globalStep, ...evaluated } = golden.evaluated
    const ours = await estimator.evaluate({ inputFn: batches(null), steps: 3 })
    expect(Object.keys(ours).sort()).toEqual([...Object.keys(evaluated), 'globalStep'].sort())
    expect(ours.globalStep).toBe(globalStep)
    for (const [name, value] of Object.entries(evaluated)) expectNear([ours[name]!], [value], name)
    const predicted: Record<string, number[]>[] = []
    const inputFn = arrayInputFn({ x: { rows: x }, batchSize, shuffle: false })
    for await (const row of estimator.predict({ inputFn })) predicted.push(row)
    for (const [i, row] of golden.predicted.entries()) {
      for (const [name, values] of Object.entries(row)) expectNear(predicted[i]![name]!, values, `${name} of row ${i}`)
    }
  })

  it('lists the labels expected and given where they are not the same', async () => {
    const estimator = modelToEstimator({ kerasModel: twoOutputs() })
    const message = 'Expected: kind, price. Given: '
    const train = (y: Parameters<typeof arrayInputFn>[0]['y']) =>
      estimator.train({ inputFn: arrayInputFn({ x: { rows: x }, ...(y && { y }), shuffle: false }) })
    await expect(train({ price, sort: kind })).rejects.toThrow(`${message}price, sort.`)
    await expect(train(price)).rejects.toThrow(`${message}one tensor.`)
    await expect(train(undefined)).rejects.toThrow('gave no labels')
  })

  it('refuses loss weights of outputs that there are not, and an output without a loss', () => {
    const kerasModel = twoOutputs()
    expect(() => modelToEstimator({ kerasModel, lossWeights: { cost: 1 } })).toThrow('There are: price, kind.')
    expect(() => modelToEstimator({ kerasModel, lossWeights: { price: -1 } })).toThrow('at least 0')
    kerasModel.compile({ optimizer: optimizers.sgd(0.1), loss: { price: 'meanSquaredError' } })
    expect(() => modelToEstimator({ kerasModel })).toThrow('The outputs kind have no loss')
  })

  it('measures what addMetrics adds', async () => {
    const keras = modelToEstimator({ kerasModel: twoOutputs(), modelDir: 'added' })
    const estimator = addMetrics(keras, ({ labels, predictions }) => ({
      price_rmse: metrics.rootMeanSquaredError((labels as Record<string, Tensor>).price!, predictions.price!),
    }))
    await estimator.train({ inputFn: batches(null), maxSteps: 2 })
    const answer = await estimator.evaluate({ inputFn: batches(1) })
    expect(answer.price_rmse! ** 2).toBeCloseTo(answer.price_mse!, 5)
    expect(answer).toHaveProperty('kind_accuracy')
  })
})

describe('the first weights of a Keras model', () => {
  const weightsOf = (kerasModel: ReturnType<typeof twoOutputs>) =>
    kerasModel.getWeights().map((weight) => Array.from((weight as Tensor2D).dataSync()))
  const seeded = (tfRandomSeed: number, kerasModel = twoOutputs()) => {
    modelToEstimator({ kerasModel, config: { tfRandomSeed } })
    return weightsOf(kerasModel)
  }

  it('follow from the seed of the run, as those of a model function do', () => {
    expect(seeded(7)).toEqual(seeded(7))
    expect(seeded(7)[0]).not.toEqual(seeded(8)[0])
  })

  it('stay where they were set, trained, or drawn by a seed of their own', async () => {
    const set = asInTensorFlow()
    const before = weightsOf(set)
    expect(seeded(7, set)).toEqual(before)
    const trained = twoOutputs()
    await modelToEstimator({ kerasModel: trained, modelDir: 'trained' }).train({ inputFn: batches(null), maxSteps: 2 })
    const after = weightsOf(trained)
    expect(seeded(9, trained)).toEqual(after)
    const kernelInitializer = initializers.glorotUniform({ seed: 5 })
    const own = layers.dense({ units: 2, kernelInitializer, name: 'own' })
    const rows = input({ shape: [3], name: 'rows' })
    const kerasModel = model({ inputs: rows, outputs: own.apply(rows) as SymbolicTensor })
    kerasModel.compile({ optimizer: optimizers.sgd(0.1), loss: 'meanSquaredError' })
    const drawn = weightsOf(kerasModel)
    expect(seeded(9, kerasModel)).toEqual(drawn)
  })
})
