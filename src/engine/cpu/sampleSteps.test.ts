import { beforeAll, describe, expect, it } from 'vitest'
import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { useBackend as startBackend } from '../../model/backends'
import { createModel } from '../../model/createModel'
import { drawBatches } from '../../model/drawBatches'
import { batchOfRows, createSyntheticData, embeddingOfKey, experimentOf } from '../../model/syntheticData'
import type { Checkpoint, NamedArray, ResidentTrainable } from '../../model/trainable'
import { createFusedDotProduct } from './fusedDotProduct'
import { sampleOptimizers } from './sampleRows'
import { sampleOptimizerOf } from './sampleSteps'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const biased: Experiment['model'] = { type: 'dotProduct', user: 'viewer', item: 'film', biases: true }
const columns = (dimension: number) => [embeddingOfKey('film', 40, dimension), embeddingOfKey('viewer', 30, dimension)]

function oneByOne(dimension: number, overrides: Partial<Experiment> = {}) {
  const encoded = createSyntheticData({
    rows: 200,
    categorical: [
      { name: 'film', buckets: 40, multi: false },
      { name: 'viewer', buckets: 30, multi: false },
    ],
    task: 'regression',
    outputs: 1,
  })
  const experiment = experimentOf({
    columns: columns(dimension),
    model: biased,
    label: { task: 'regression', targets: [] },
    batchSize: 1,
    l2: 0.02,
    ...overrides,
  })
  return { encoded, experiment }
}

type Case = { encoded: EncodedData; experiment: Experiment }
const fusedOf = ({ encoded, experiment }: Case): ResidentTrainable => createFusedDotProduct(encoded, experiment)!
const plainOf = ({ encoded, experiment }: Case): ResidentTrainable =>
  drawBatches(createModel(encoded, experiment), encoded, experiment)

function expectClose(actual: Checkpoint, expected: Checkpoint): void {
  expect(actual.steps).toBe(expected.steps)
  for (const part of ['weights', 'optimizer'] as const) {
    expect(Object.keys(actual[part]).toSorted()).toEqual(Object.keys(expected[part]).toSorted())
    for (const [name, { shape, values }] of Object.entries(expected[part])) {
      expect(actual[part][name]!.shape, name).toEqual(shape)
      expect(worst(actual[part][name]!, values), name).toBeLessThan(1e-6)
    }
  }
}

const worst = ({ values }: NamedArray, expected: Float32Array) =>
  values.reduce((max, v, i) => Math.max(max, Math.abs(v - expected[i]!) / (1 + Math.abs(expected[i]!))), 0)

describe.each(sampleOptimizers)('%s, batches of one', (type) => {
  const optimizer: Experiment['optimizer'] = { type, learningRate: 0.02 }

  it.each([1, 3, 4, 8, 12, 20, 32, 64])(
    'takes the steps of the TensorFlow.js execution: dimension %i',
    async (dimension) => {
      for (const overrides of [{}, { l2: 0 }, { model: { ...biased, biases: false } }]) {
        const one = oneByOne(dimension, { optimizer, ...overrides })
        expect(sampleOptimizerOf(one.encoded, one.experiment, columns(dimension))).toBe(type)
        const [fused, plain] = [fusedOf(one), plainOf(one)]
        for (const model of [fused, plain]) {
          model.trainSteps({ epoch: 0, position: 0 }, 5)
          model.trainSteps({ epoch: 2, position: 30 }, 40)
          model.setLearningRate(0.05)
          model.trainStep(batchOfRows(one.encoded, 7, 1))
        }
        expectClose(await fused.save(), await plain.save())
        expect(await fused.takeTrainLoss()).toBeCloseTo(await plain.takeTrainLoss(), 5)
        const rows = Uint32Array.of(3, 199, 0, 3)
        const [predicted, expected] = [await fused.predictRows(rows), await plain.predictRows(rows)]
        expect(worst({ shape: [4], values: predicted }, expected)).toBeLessThan(1e-6)
        plain.dispose()
      }
    },
  )

  it('goes on from a checkpoint of the TensorFlow.js execution, and that from its own', async () => {
    const one = oneByOne(6, { optimizer })
    const [fused, plain] = [fusedOf(one), plainOf(one)]
    plain.trainSteps({ epoch: 0, position: 0 }, 20)
    fused.restore(await plain.save())
    for (const model of [fused, plain]) model.trainSteps({ epoch: 0, position: 20 }, 5)
    expectClose(await fused.save(), await plain.save())
    plain.restore(await fused.save())
    for (const model of [fused, plain]) model.trainSteps({ epoch: 1, position: 0 }, 5)
    expectClose(await fused.save(), await plain.save())
    plain.dispose()
  })

  it('is the same to the bit however many steps are asked for at a time, and recovers from infinity', async () => {
    const one = oneByOne(12, { optimizer })
    const { length } = one.encoded.trainRows
    const [whole, pieces] = [fusedOf(one), fusedOf(one)]
    const before = await pieces.save()
    pieces.setLearningRate(1e30)
    pieces.trainSteps({ epoch: 0, position: 0 }, length)
    expect(await pieces.takeTrainLoss()).not.toBeLessThan(1e30)
    pieces.restore(before)
    pieces.setLearningRate(0.02)
    whole.trainSteps({ epoch: 0, position: 0 }, length)
    for (let at = 0, steps = 1; at < length; at += steps, steps = Math.min(steps + 1, length - at)) {
      pieces.trainSteps({ epoch: 0, position: at }, steps)
    }
    expect(await pieces.save()).toEqual(await whole.save())
    expect(() => whole.trainSteps({ epoch: 0, position: length }, 1)).toThrow(RangeError)
  })
})

it('leaves what it does not cover to the steps of whole batches', () => {
  const { encoded, experiment } = oneByOne(4, { optimizer: { type: 'sgd', learningRate: 0.1 } })
  const both = columns(4)
  expect(sampleOptimizerOf(encoded, { ...experiment, batchSize: 2 }, both)).toBeNull()
  expect(sampleOptimizerOf(encoded, { ...experiment, optimizer: { type: 'adam', learningRate: 0.1 } }, both)).toBeNull()
  expect(sampleOptimizerOf(encoded, experiment, [both[0]!, { ...both[1]!, trainable: false }])).toBeNull()
})

it('refuses an id that is no row, and trains nothing with it', async () => {
  const { encoded, experiment } = oneByOne(4, { optimizer: { type: 'sgd', learningRate: 0.1 } })
  encoded.categorical[0]!.ids.fill(40)
  const model = fusedOf({ encoded, experiment })
  const before = await model.save()
  expect(() => model.trainSteps({ epoch: 0, position: 0 }, 10)).toThrow(RangeError)
  expect(await model.save()).toEqual(before)
})
