import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { useBackend as startBackend } from '../../model/backends'
import { createModel } from '../../model/createModel'
import { drawBatches } from '../../model/drawBatches'
import { drawsBlocks, rowDrawer, sampleOptimizers } from '../../model/rowDrawer'
import { batchOfRows, createSyntheticData, embeddingOfKey, experimentOf } from '../../model/syntheticData'
import type { Checkpoint, NamedArray, ResidentTrainable } from '../../model/trainable'
import { trainSamplesReference } from './blockSteps.reference'
import { createFusedDotProduct } from './fusedDotProduct'
import { nodeThreads } from './nodeThread'
import type { Threads } from './sampleThreads'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const biased: Experiment['model'] = { type: 'dotProduct', user: 'viewer', item: 'film', biases: true }
const columns = (dimension: number) => [embeddingOfKey('film', 40, dimension), embeddingOfKey('viewer', 30, dimension)]

function oneByOne(dimension: number, overrides: Partial<Experiment> = {}, rows = 200) {
  const encoded = createSyntheticData({
    rows,
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
const fusedOf = ({ encoded, experiment }: Case, threads?: Threads): ResidentTrainable =>
  createFusedDotProduct(encoded, experiment, threads)!
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
        expect(drawsBlocks(one.encoded, one.experiment)).toBe(true)
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

it('takes the steps of TensorFlow with an optimizer that trains no blocks', async () => {
  const one = oneByOne(4, { optimizer: { type: 'adam', learningRate: 0.01 } })
  const [fused, plain] = [fusedOf(one), plainOf(one)]
  for (const model of [fused, plain]) model.trainSteps({ epoch: 1, position: 3 }, 40)
  expectClose(await fused.save(), await plain.save())
  plain.dispose()
})

it('refuses an id that is no row', () => {
  const one = oneByOne(4, { optimizer: { type: 'sgd', learningRate: 0.1 } })
  const row = one.encoded.trainRows[7]!
  one.encoded.categorical[0]!.ids[row] = 40
  expect(() => fusedOf(one)).toThrow(`Row ${row} looks up 40`)
})

describe.each(sampleOptimizers)('%s in blocks', (type) => {
  const optimizer = { type, learningRate: 0.02 }

  it('is what double precision says', async () => {
    const dimension = 8
    const one = oneByOne(dimension, { optimizer }, 20_000)
    const { encoded, experiment } = one
    const [item, user] = encoded.categorical
    const model = fusedOf(one)
    const { weights } = await model.save()
    const mean = weights.global_bias!.values[0]!
    const order = new Uint32Array(encoded.trainRows.length)
    rowDrawer(encoded, experiment)(order, { epoch: 0, position: 0 })
    const samples = { users: user!.ids, items: item!.ids, userRows: 30, itemRows: 40 }
    const expected = trainSamplesReference(
      { ...samples, targets: Float32Array.from(encoded.label.values, (value) => value - mean) },
      { dimension, optimizer: type, l2: experiment.l2, biases: true, learningRate: 0.02 },
      { user: weights.viewer_embedding!.values, item: weights.film_embedding!.values },
      [...order],
    )
    model.trainSteps({ epoch: 0, position: 0 }, order.length)
    const { weights: after } = await model.save()
    expect(worst(after.viewer_embedding!, Float32Array.from(expected.user.weights))).toBeLessThan(1e-4)
    expect(worst(after.film_embedding!, Float32Array.from(expected.item.weights))).toBeLessThan(1e-4)
    expect(worst(after.film_bias!, Float32Array.from(expected.item.bias))).toBeLessThan(1e-4)
    expect((await model.takeTrainLoss()) * order.length).toBeCloseTo(expected.loss, 1)
  })

  it('trains the same bits on one, two and three threads, whole epochs and pieces', async () => {
    const one = oneByOne(8, { optimizer }, 40_000)
    const { length } = one.encoded.trainRows
    const outcomes = []
    for (const threads of [1, 2, 3]) {
      const model = fusedOf(one, nodeThreads(threads))
      expect(await model.threads).toEqual({ count: threads, missing: null })
      const cuts = threads === 3 ? [0, 1, 2, 9_999, 10_000, 31_313, length] : [0, length]
      for (const epoch of [0, 1, 2, 3, 4]) {
        for (const [i, to] of cuts.slice(1).entries()) {
          model.trainSteps({ epoch, position: cuts[i]! }, to - cuts[i]!)
        }
      }
      outcomes.push(await model.save())
      model.dispose()
    }
    expect(outcomes[1]).toEqual(outcomes[0])
    expect(outcomes[2]).toEqual(outcomes[0])
  })
})

it('trains on one thread, and says why, where rows are too few to be shared out', async () => {
  const model = fusedOf(oneByOne(4, { optimizer: { type: 'sgd', learningRate: 0.1 } }), nodeThreads(2))
  expect(await model.threads).toEqual({ count: 1, missing: 'there are too few rows to share out' })
})

it('trains on one thread, and says why, where a browser refuses memory to share', async () => {
  const one = oneByOne(4, { optimizer: { type: 'sgd', learningRate: 0.1 } }, 20_000)
  const alone = fusedOf(one)
  const { Memory } = WebAssembly
  // What WebKit does on phones.
  vi.spyOn(WebAssembly, 'Memory').mockImplementation(function refuse(descriptor) {
    if (descriptor.shared) throw new RangeError('Out of memory')
    return new Memory(descriptor)
  })
  const model = fusedOf(one, nodeThreads(2))
  vi.restoreAllMocks()
  expect(await model.threads).toEqual({
    count: 1,
    missing: 'this browser has no room for the memory that threads share',
  })
  for (const each of [alone, model]) each.trainSteps({ epoch: 0, position: 0 }, 20_000)
  expect(await model.save()).toEqual(await alone.save())
})

it('trains on fewer threads, and says why, where one does not start', async () => {
  const one = oneByOne(4, { optimizer: { type: 'sgd', learningRate: 0.1 } }, 20_000)
  const refused: Threads = { ...nodeThreads(2), startThread: () => Promise.reject(new Error('none left')) }
  const [alone, model] = [fusedOf(one), fusedOf(one, refused)]
  expect(await model.threads).toEqual({ count: 1, missing: 'none left' })
  for (const each of [alone, model]) each.trainSteps({ epoch: 0, position: 0 }, 20_000)
  expect(await model.save()).toEqual(await alone.save())
})
