import {
  matMul,
  mean,
  type Optimizer,
  type Scalar,
  train as stockTrain,
  type Tensor,
  type Tensor2D,
  tensor2d,
  tidy,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core'
import { input, metrics as kerasMetrics, type LayersModel, layers, model, sequential } from '@tensorflow/tfjs-layers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { useBackend as startBackend } from '../model/backends'
import { arrayInputFn } from './arrayInputFn'
import { memoryStorage } from './checkpointStorage'
import { gradientsOf } from './gradientsOf'
import { setHost } from './host'
import { embedding } from './kerasEmbedding'
import { modelToEstimator } from './modelToEstimator'
import { optimizers } from './train'
import { EvalSpec, TrainSpec, trainAndEvaluate } from './trainAndEvaluate'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))
let restore = () => {}
beforeEach(() => {
  restore = setHost({ storage: memoryStorage() })
})
afterEach(() => restore())

const [FILMS, LENGTH, ROWS] = [40, 3, 64]
const random = createRandom(1, 'keras test')
const ids = Array.from({ length: ROWS }, () => Array.from({ length: LENGTH }, () => random.integer(FILMS)))
/** Whether most of the films have a high number. */
const liked = ids.map((row) => (row.filter((id) => id > FILMS / 2).length > 1 ? 1 : 0))

/** The course's: Embedding(maxFeatures, outputDim) → … → Dense(1, sigmoid). */
function watchModel(make: typeof layers.embedding | typeof embedding, name = 'films'): LayersModel {
  const built = sequential()
  built.add(make({ inputDim: FILMS, outputDim: 4, inputLength: LENGTH, name }))
  built.add(layers.flatten())
  built.add(layers.dense({ units: 1, activation: 'sigmoid', name: 'head' }))
  return built
}

function twins(): { sparse: LayersModel; stock: LayersModel } {
  const [sparse, stock] = [watchModel(embedding), watchModel(layers.embedding)]
  stock.setWeights(sparse.getWeights())
  return { sparse, stock }
}

/** Gradients by weight, whole tables, as stock TensorFlow.js computes them. */
function stockGradients(of: LayersModel, loss: () => Scalar): Float32Array[] {
  const variables = of.trainableWeights.map((weight) => weight.read() as Variable)
  const { grads } = variableGrads(loss, variables)
  return variables.map(({ name }) => grads[name]!.dataSync() as Float32Array)
}

describe('a Keras Embedding layer with the sparse gradient', () => {
  it('has the gradients of the stock layer, to 1e-6', () => {
    tidy(() => {
      const { sparse, stock } = twins()
      const [x, y] = [tensor2d(ids), tensor2d(liked, [ROWS, 1])]
      const lossOf = (of: LayersModel) => () =>
        mean<Scalar>(kerasMetrics.binaryCrossentropy(y, of.apply(x, { training: true }) as Tensor))
      const expected = stockGradients(stock, lossOf(stock))
      const variables = sparse.trainableWeights.map((weight) => weight.read() as Variable)
      const { value, grads, slices } = gradientsOf(lossOf(sparse), variables)
      expect(value.dataSync()[0]).toBeCloseTo(lossOf(stock)().dataSync()[0]!, 6)
      expect(slices.size).toBe(1)
      const [{ touched, rows, values }] = [...slices.values()] as [{ touched: number; rows: Tensor; values: Tensor }]
      expect(touched).toBe(new Set(ids.flat()).size)
      const whole = new Float32Array(FILMS * 4)
      const [rowNumbers, vectors] = [rows.dataSync(), values.dataSync() as Float32Array]
      for (let u = 0; u < touched; u++) whole.set(vectors.subarray(u * 4, (u + 1) * 4), rowNumbers[u]! * 4)
      expectWithin(whole, expected[0]!, 1e-6)
      for (const [i, { name }] of variables.entries()) {
        if (i > 0) expectWithin(grads[name]!.dataSync() as Float32Array, expected[i]!, 1e-6)
      }
    })
  })

  async function fitted(of: LayersModel, optimizer: Optimizer): Promise<Float32Array[]> {
    of.compile({ optimizer, loss: 'binaryCrossentropy' })
    for (let from = 0; from < ROWS; from += 16) {
      await of.trainOnBatch(tensor2d(ids.slice(from, from + 16)), tensor2d(liked.slice(from, from + 16), [16, 1]))
    }
    return of.getWeights().map((weight) => weight.dataSync() as Float32Array)
  }

  it.each(['sgd', 'adagrad', 'adam', 'rmsprop', 'ftrl'] as const)(
    'trains to the weights of dense gradients: %s',
    async (name) => {
      const { sparse, stock } = twins()
      const ours = await fitted(sparse, optimizers[name](0.05))
      const dense = await fitted(stock, optimizers[name](0.05))
      for (const [i, values] of dense.entries()) expectWithin(ours[i]!, values, 1e-6)
    },
  )

  // TensorFlow.js's other optimizers have epsilon elsewhere than Keras.
  it.each([
    ['sgd', () => stockTrain.sgd(0.5)],
    ['adagrad', () => stockTrain.adagrad(0.5, 0.1)],
  ] as const)('trains to the weights of stock TensorFlow.js, layer and optimizer: %s', async (name, stockOptimizer) => {
    const { sparse, stock } = twins()
    const ours = await fitted(sparse, optimizers[name](0.5))
    const theirs = await fitted(stock, stockOptimizer())
    for (const [i, values] of theirs.entries()) expectWithin(ours[i]!, values, 1e-6)
  })

  it('is multiplied on WebAssembly as it is after each step, not as it was when it was first multiplied', async () => {
    await startBackend('wasm', { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' })
    const built = watchModel(embedding)
    built.compile({ optimizer: optimizers.sgd(5), loss: 'binaryCrossentropy' })
    const table = built.layers[0]!.weights[0]!
    const rows = tensor2d(Array.from({ length: FILMS }, (_, i) => Array.from({ length: FILMS }, (_, j) => +(i === j))))
    const first = (table.read().dataSync() as Float32Array).slice()
    for (let step = 0; step < 3; step++) {
      await built.trainOnBatch(tensor2d(ids), tensor2d(liked, [ROWS, 1]))
      const product = tidy(() => matMul(rows, table.read() as Tensor2D).dataSync() as Float32Array)
      expectWithin(product, table.read().dataSync() as Float32Array, 1e-6)
    }
    expect(table.read().dataSync()).not.toEqual(first)
    await startBackend('cpu', { wasmPaths: '' })
  })

  it('does not write into weights that were copied from it', async () => {
    const { sparse, stock } = twins()
    const before = (stock.getWeights()[0]!.dataSync() as Float32Array).slice()
    sparse.compile({ optimizer: optimizers.sgd(1), loss: 'binaryCrossentropy' })
    await sparse.fit(tensor2d(ids), tensor2d(liked, [ROWS, 1]), { epochs: 1, verbose: 0 })
    expect(stock.getWeights()[0]!.dataSync()).toEqual(before)
    expect(sparse.getWeights()[0]!.dataSync()).not.toEqual(before)
  })

  it('refuses optimizers that know no sparse gradient, and says which do', async () => {
    const built = watchModel(embedding)
    built.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' })
    const fit = built.fit(tensor2d(ids), tensor2d(liked, [ROWS, 1]), { epochs: 1, verbose: 0 })
    await expect(fit).rejects.toThrow('one of our optimizers where a Keras model is compiled')
  })

  it('refuses an id beyond its table', () => {
    expect(() => watchModel(embedding).predict(tensor2d([[1, 2, FILMS]]))).toThrow(`Id ${FILMS} is not a row`)
  })
})

describe('modelToEstimator', () => {
  const inputFn = arrayInputFn({ x: { films_input: ids }, y: liked, batchSize: 16, numEpochs: null, shuffle: true })

  function makeKerasEstimator(outputDir: string, name = 'films') {
    const kerasModel = watchModel(layers.embedding, name)
    kerasModel.compile({ optimizer: stockTrain.adam(0.02), loss: 'binaryCrossentropy', metrics: ['accuracy'] })
    return { kerasModel, estimator: modelToEstimator({ kerasModel, modelDir: outputDir }) }
  }

  it('trains and evaluates a model, whose layer XYZ takes the feature XYZ_input', async () => {
    const { estimator, kerasModel } = makeKerasEstimator('keras')
    const evalSpec = new EvalSpec({
      inputFn: arrayInputFn({ x: { films_input: ids }, y: liked, shuffle: false }),
      throttleSecs: 0,
    })
    const first = await trainAndEvaluate(estimator, new TrainSpec({ inputFn, maxSteps: 1 }), evalSpec)
    const last = await trainAndEvaluate(estimator, new TrainSpec({ inputFn, maxSteps: 150 }), evalSpec)
    expect(last.accuracy).toBeGreaterThan(0.95)
    expect(last.loss).toBeLessThan(first.loss! / 2)
    expect(kerasModel.getWeights()[0]!.dataSync()).toEqual(
      (await estimator.getVariableValue('films/embeddings')).values,
    )
  })

  it('lists the keys expected and given where they are not the same', async () => {
    const { estimator } = makeKerasEstimator('keys')
    const message = 'Expected: films_input. Given: film, viewer.'
    const wrong = arrayInputFn({ x: { viewer: [1, 2], film: [1, 2] }, y: [0, 1], shuffle: false })
    await expect(estimator.train({ inputFn: wrong })).rejects.toThrow(message)
    const more = arrayInputFn({ x: { films_input: ids, extra: liked }, y: liked, shuffle: false })
    await expect(estimator.train({ inputFn: more })).rejects.toThrow(
      'Expected: films_input. Given: extra, films_input.',
    )
  })

  it('goes on from the checkpoint with a model made anew, whose unnamed layers are called otherwise', async () => {
    const make = () => {
      const x = input({ shape: [LENGTH], name: 'history' })
      const hidden = layers.dense({ units: 3, activation: 'tanh' }).apply(x)
      const kerasModel = model({
        inputs: x,
        outputs: layers.dense({ units: 1 }).apply(hidden) as ReturnType<typeof input>,
      })
      kerasModel.compile({ optimizer: optimizers.sgd(0.001), loss: 'meanSquaredError' })
      return modelToEstimator({ kerasModel, modelDir: 'anew' })
    }
    const functional = arrayInputFn({ x: { history: ids }, y: liked, numEpochs: null, shuffle: false })
    await make().train({ inputFn: functional, maxSteps: 2 })
    const again = await make().train({ inputFn: functional, maxSteps: 4 })
    expect(await again.getVariableNames()).toEqual(['dense/bias', 'dense/kernel', 'dense_1/bias', 'dense_1/kernel'])
    expect(await again.latestCheckpoint()).toBe('anew/model.ckpt-4')
  })

  it('moves averages once a step, as fit does', async () => {
    const normalized = (name: string) => {
      const built = sequential()
      built.add(layers.batchNormalization({ inputShape: [LENGTH], name }))
      built.add(layers.dense({ units: 1, kernelInitializer: 'ones', name: 'head' }))
      built.compile({ optimizer: optimizers.sgd(0.01), loss: 'meanSquaredError' })
      return built
    }
    const [fitted, kerasModel] = [normalized('averages'), normalized('averages')]
    await fitted.trainOnBatch(tensor2d(ids), tensor2d(liked, [ROWS, 1]))
    const batches = { x: { averages_input: ids }, y: liked, batchSize: ROWS, shuffle: false }
    await modelToEstimator({ kerasModel, modelDir: 'averages' }).train({ inputFn: arrayInputFn(batches) })
    for (const [i, weight] of fitted.getWeights().entries()) {
      expectWithin(kerasModel.getWeights()[i]!.dataSync() as Float32Array, weight.dataSync() as Float32Array, 1e-6)
    }
  })

  it('refuses settings of an optimizer that its own have otherwise', () => {
    const compiled = (optimizer: Optimizer) => {
      const kerasModel = watchModel(layers.embedding)
      kerasModel.compile({ optimizer, loss: 'binaryCrossentropy' })
      return () => modelToEstimator({ kerasModel })
    }
    expect(compiled(stockTrain.momentum(0.1, 0.5))).toThrow('by Momentum with momentum 0.9 alone, not 0.5')
    expect(compiled(stockTrain.adam(0.1, 0.8))).toThrow('with beta1 0.9 alone')
    for (const usual of [
      stockTrain.sgd(0.1),
      stockTrain.momentum(0.1, 0.9),
      stockTrain.adagrad(0.1),
      stockTrain.rmsprop(0.1),
      stockTrain.adam(),
    ]) {
      expect(compiled(usual)).not.toThrow()
    }
  })

  it('says what a model lacks', () => {
    expect(() => modelToEstimator({ kerasModel: watchModel(embedding) })).toThrow('not compiled')
  })
})

function expectWithin(actual: Float32Array, expected: Float32Array, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  for (const [i, value] of expected.entries())
    expect(Math.abs(actual[i]! - value), `[${i}]`).toBeLessThanOrEqual(tolerance)
}
