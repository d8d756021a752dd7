import { tanh } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../tests/goldens/estimator.json'
import {
  bucketizedColumn,
  categoricalColumnWithIdentity,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../experiment/featureColumn'
import { useBackend as startBackend } from '../model/backends'
import { arrayInputFn } from './arrayInputFn'
import {
  DNNClassifier,
  DNNLinearCombinedClassifier,
  DNNLinearCombinedRegressor,
  DNNRegressor,
  LinearClassifier,
  LinearRegressor,
} from './canned'
import { memoryStorage } from './checkpointStorage'
import { createCheckpoints } from './checkpoints'
import type { Estimator } from './estimator'
import { setHost } from './host'
import { savedArraysOf } from './testContext'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const { data, weights, labels, batch, steps, models } = golden.canned
const day = categoricalColumnWithIdentity('day', 7)
const cross = crossedColumn([day, categoricalColumnWithIdentity('hour', 24)], 50)
const temp = numericColumn('temp')
const wide = [day, categoricalColumnWithIdentity('hour', 24), cross, bucketizedColumn(temp, [-0.5, 0, 0.5, 1]), temp]
const deep = [embeddingColumn(cross, 3), indicatorColumn(day), temp]
const dnn = { featureColumns: deep, hiddenUnits: [5, 4] }
const both = { linearFeatureColumns: wide, dnnFeatureColumns: deep, dnnHiddenUnits: [5, 4] }

const makers: Record<keyof typeof models, (modelDir: string) => Estimator> = {
  LinearRegressor: (modelDir) => new LinearRegressor({ featureColumns: wide, modelDir }),
  LinearClassifier: (modelDir) => new LinearClassifier({ featureColumns: wide, modelDir }),
  LinearClassifier3: (modelDir) => new LinearClassifier({ featureColumns: wide, nClasses: 3, modelDir }),
  DNNRegressor: (modelDir) => new DNNRegressor({ ...dnn, modelDir }),
  DNNClassifier: (modelDir) => new DNNClassifier({ ...dnn, modelDir }),
  DNNClassifier3: (modelDir) => new DNNClassifier({ ...dnn, nClasses: 3, modelDir }),
  DNNLinearCombinedRegressor: (modelDir) => new DNNLinearCombinedRegressor({ ...both, modelDir }),
  DNNLinearCombinedClassifier: (modelDir) => new DNNLinearCombinedClassifier({ ...both, modelDir }),
  DNNRegressorTanh: (modelDir) => new DNNRegressor({ ...dnn, activationFn: tanh, modelDir }),
  DNNLinearCombinedClassifierLinear: (modelDir) =>
    new DNNLinearCombinedClassifier({ ...both, dnnActivationFn: null, modelDir }),
  DNNRegressorWeighted: (modelDir) => new DNNRegressor({ ...dnn, weightColumn: 'weight', modelDir }),
  LinearClassifierWeighted: (modelDir) =>
    new LinearClassifier({ featureColumns: wide, weightColumn: 'weight', modelDir }),
  LinearClassifier3Weighted: (modelDir) =>
    new LinearClassifier({ featureColumns: wide, nClasses: 3, weightColumn: 'weight', modelDir }),
}

/** What TensorFlow names otherwise. */
const notCompared = new Set(['global_step'])

describe('canned Estimators, from the first weights of TensorFlow’s', () => {
  it.each(Object.keys(makers) as (keyof typeof models)[])('%s takes the same steps', async (name) => {
    const storage = memoryStorage()
    const restore = setHost({ storage })
    const { task, initial, final, evaluated, predicted } = models[name]
    const x = { day: Int32Array.from(data.day), hour: Int32Array.from(data.hour), temp: data.temp }
    const y = labels[task as keyof typeof labels]
    const inputFn = arrayInputFn({
      x: { ...x, weight: weights },
      y,
      batchSize: batch,
      numEpochs: null,
      shuffle: false,
    })
    const arrays = savedArraysOf(initial as unknown as Record<string, number[]>)
    await createCheckpoints(storage, name).save(0, { arrays, metadata: {} }, null)

    const estimator = makers[name](name)
    await estimator.train({ inputFn, maxSteps: steps })
    for (const [variable, values] of Object.entries(final)) {
      const { values: ours } = await estimator.getVariableValue(variable)
      expectClose(ours, (values as number[][]).flat(), variable)
    }
    const metrics = await estimator.evaluate({ inputFn, steps: 3 })
    for (const [metric, value] of Object.entries(evaluated)) {
      if (!notCompared.has(metric)) expectClose([metrics[metric]!], [value], metric)
    }
    let row = 0
    const predictFn = arrayInputFn({ x, batchSize: batch, shuffle: false })
    for await (const prediction of estimator.predict({ inputFn: predictFn })) {
      for (const [key, values] of Object.entries(predicted[row]!))
        expectClose(prediction[key]!, values as number[], key)
      row++
    }
    expect(row).toBe(data.day.length)
    restore()
  })

  it('keep the default optimizers of TensorFlow 1', async () => {
    const trainOps: string[] = []
    const restore = setHost({
      storage: memoryStorage(),
      observer: { spec: ({ trainOp }) => trainOps.push(trainOp ?? '') },
    })
    const inputFn = arrayInputFn({
      x: { ...data, day: Int32Array.from(data.day), hour: Int32Array.from(data.hour) },
      y: labels.binary,
      shuffle: false,
    })
    for (const name of ['LinearClassifier', 'DNNClassifier', 'DNNLinearCombinedClassifier'] as const) {
      await makers[name](name).train({ inputFn, maxSteps: 1 })
    }
    expect(trainOps).toEqual([
      'Ftrl(0.2) minimizes the loss over 6 variables',
      'Adagrad(0.05) minimizes the loss over 7 variables',
      'Adagrad(0.001) minimizes the loss over 7 variables, Ftrl(0.005) minimizes the loss over 6 variables',
    ])
    restore()
  })

  it('refuse options that they do not have, which would be left out in silence', () => {
    const make = (options: object) => () => new DNNClassifier({ ...dnn, ...options })
    expect(make({ batchNorm: true })).toThrow('This Estimator has no option batchNorm. It has: featureColumns')
    expect(make({ nClasses: 3, dropout: 0.1, lossReduction: 'mean', weightColumn: 'weight' })).not.toThrow()
    expect(() => new LinearRegressor({ ...dnn })).toThrow('no option hiddenUnits')
    expect(() => new DNNLinearCombinedRegressor({ ...both, ...dnn })).toThrow('no option featureColumns')
  })

  it('refuse columns that need to see more than a batch', async () => {
    const restore = setHost({ storage: memoryStorage() })
    const estimator = new LinearRegressor({ featureColumns: [numericColumn('temp', { normalizer: 'standardize' })] })
    const inputFn = arrayInputFn({ x: { temp: [1, 2] }, y: [1, 2], shuffle: false })
    await expect(estimator.train({ inputFn })).rejects.toThrow("'temp' cannot be standardized here")
    restore()
  })
})

function expectClose(actual: ArrayLike<number>, expected: number[], what: string): void {
  expect(actual.length, what).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(actual[i], `${what} [${i}]`).toBeCloseTo(value, 4.5)
}
