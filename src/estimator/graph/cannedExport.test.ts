import { elu, tensor1d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Feature, sparseFeature } from '../../columns/feature'
import {
  bucketizedColumn,
  categoricalColumnWithHashBucket,
  categoricalColumnWithIdentity,
  crossedColumn,
  embeddingColumn,
  indicatorColumn,
  numericColumn,
} from '../../experiment/featureColumn'
import { registerKernels } from '../../kernels/registerKernels'
import { useBackend as startBackend } from '../../model/backends'
import { arrayInputFn } from '../arrayInputFn'
import {
  DNNClassifier,
  DNNLinearCombinedClassifier,
  DNNLinearCombinedRegressor,
  DNNRegressor,
  LinearClassifier,
  LinearRegressor,
} from '../canned'
import { memoryStorage } from '../checkpointStorage'
import type { Estimator } from '../estimator'
import { setHost } from '../host'
import { loadExported } from './loadExported'
import { expectAlike } from './testExport'

beforeAll(async () => {
  await startBackend('cpu', { wasmPaths: '' })
  registerKernels()
})

const day = categoricalColumnWithIdentity('day', 7)
const temp = numericColumn('temp')
const cross = crossedColumn([day, bucketizedColumn(temp, [0, 0.5])], 50)
const genres = categoricalColumnWithHashBucket('genres', 30)
const linear = { featureColumns: [day, cross, genres, temp] }
const deep = [embeddingColumn(cross, 3), embeddingColumn(genres, 2, { combiner: 'sqrtn' }), indicatorColumn(day), temp]
const dnn = { featureColumns: deep, hiddenUnits: [5, 4], activationFn: elu, dropout: 0.3 }
const both = { linearFeatureColumns: linear.featureColumns, dnnFeatureColumns: deep, dnnHiddenUnits: [5, 4] }

const makers: Record<string, () => Estimator> = {
  LinearRegressor: () => new LinearRegressor({ ...linear, labelDimension: 2 }),
  LinearClassifier: () => new LinearClassifier(linear),
  DNNRegressor: () => new DNNRegressor(dnn),
  DNNClassifier: () => new DNNClassifier({ ...dnn, nClasses: 3 }),
  DNNLinearCombinedRegressor: () => new DNNLinearCombinedRegressor(both),
  DNNLinearCombinedClassifier: () => new DNNLinearCombinedClassifier(both),
}

const titles = sparseFeature('string', ['war', 'drama', 'comedy', 'war', 'noir'], [2, 0, 1, 1, 0, 1, 0])
const x = { day: Int32Array.of(0, 1, 2, 3, 4, 5, 6), temp: [-1, 0.2, 0.5, 3, 0, -0.4, 1], genres: titles }

describe('a canned Estimator, exported', () => {
  it.each(Object.keys(makers))('%s answers as predict does, in each of its signatures', async (name) => {
    const storage = memoryStorage()
    const restore = setHost({ storage })
    try {
      const estimator = makers[name]!()
      const classes = [0, 1, 0, 1, 1, 0, name === 'DNNClassifier' ? 2 : 1]
      const y = name === 'LinearRegressor' ? classes.map((label) => [label, 1 - label]) : classes
      await estimator.train({
        inputFn: arrayInputFn({ x, y, batchSize: 7, numEpochs: null, shuffle: false }),
        steps: 9,
      })
      const word: Feature = sparseFeature('string', ['war'], [1])
      await estimator.exportSavedModel('out', () => ({
        day: tensor1d([0], 'int32'),
        temp: tensor1d([0]),
        genres: word,
      }))
      const { answer, signatures } = await loadExported(storage, 'out/9')
      expect(Object.keys(signatures.serving_default!.inputs).sort()).toEqual(['day', 'genres', 'temp'])
      const batch = { day: tensor1d([...x.day], 'int32'), temp: tensor1d(x.temp), genres: titles }
      const expected: Record<string, number[]> = {}
      for await (const row of estimator.predict({ inputFn: arrayInputFn({ x, shuffle: false }) })) {
        for (const [key, values] of Object.entries(row)) expected[key] = [...(expected[key] ?? []), ...values]
      }
      const predicted = answer(batch, 'predict')
      const keys = Object.keys(predicted)
      expect(keys.length).toBeGreaterThan(0)
      expectAlike(predicted, Object.fromEntries(keys.map((key) => [key, expected[key]!])))
      const [served] = Object.values(answer(batch))
      expectAlike(
        { served: served! },
        { served: expected[name.endsWith('Regressor') ? 'predictions' : 'probabilities']! },
      )
      expect(new Set(served).size).toBeGreaterThan(3)
    } finally {
      restore()
    }
  })
})
