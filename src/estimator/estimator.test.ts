import { add, losses, matMul, memory, reshape, type Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../model/backends'
import { arrayInputFn } from './arrayInputFn'
import { memoryStorage } from './checkpointStorage'
import { dense } from './dense'
import { embeddingLookup } from './embeddingLookups'
import { Estimator } from './estimator'
import { EstimatorSpec } from './estimatorSpec'
import { setHost } from './host'
import { metrics } from './metrics'
import { ModeKeys } from './modeKeys'
import type { ModelFn } from './modelFn'
import { train } from './train'
import { getGlobalStep, getVariable } from './variables'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const inputFn = arrayInputFn({
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

const modelFn: ModelFn<Record<string, Tensor2D>, Params> = (features, labels, mode, { optimizer }) => {
  const films = getVariable('films', [12, 3])
  const vectors = embeddingLookup(films, features.film!) as Tensor2D
  const hidden = dense(vectors, 4, { activation: 'tanh', name: 'hidden' })
  const predictions = add<Tensor2D>(
    dense(hidden, 1, { name: 'head' }),
    matMul(reshape(features.length!, [-1, 1]) as Tensor2D, getVariable('slope', [1, 1]) as unknown as Tensor2D),
  )
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

describe('Estimator', () => {
  it.each(Object.keys(train) as Params['optimizer'][])(
    'resumes to the weights of an uninterrupted run: %s',
    async (optimizer) => {
      const steps: { leaked: number; loss: number }[] = []
      const restore = setHost({
        storage: memoryStorage(),
        observer: { stepped: ({ leakedTensors, loss }) => steps.push({ leaked: leakedTensors, loss }) },
      })
      const before = memory().numTensors
      const whole = new Estimator({ modelFn, modelDir: 'whole', params: { optimizer } })
      await whole.train({ inputFn: inputFn, maxSteps: 30 })
      const parts = () => new Estimator({ modelFn, modelDir: 'parts', params: { optimizer } })
      await parts().train({ inputFn: inputFn, maxSteps: 13 })
      await parts().train({ inputFn: inputFn, maxSteps: 30 })
      for (const name of await whole.getVariableNames()) {
        expect((await parts().getVariableValue(name)).values, name).toEqual((await whole.getVariableValue(name)).values)
      }
      expect(await parts().getVariableNames()).toEqual(await whole.getVariableNames())
      expect(steps.map(({ leaked }) => leaked)).toEqual(Array(60).fill(0))
      const result = await whole.evaluate({ inputFn: inputFn, steps: 4 })
      console.log(optimizer, steps[0], steps[29], result, await whole.getVariableNames())
      expect(memory().numTensors).toBe(before)
      restore()
    },
  )
})
