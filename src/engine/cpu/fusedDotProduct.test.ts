import { beforeAll, describe, expect, it, vi } from 'vitest'
import { gatherRows } from '../../columns/batches'
import { fillRows, orderKeys } from '../../columns/rowOrder'
import type { EncodedData } from '../../columns/sparseBatch'
import { everyOptimizer } from '../../experiment/everyOptimizer'
import type { EmbeddingColumn, Experiment } from '../../experiment/experiment'
import { useBackend as startBackend } from '../../model/backends'
import { createModel } from '../../model/createModel'
import { modelCases } from '../../model/modelCases'
import { batchOfRows, createSyntheticData, embeddingOfKey, experimentOf } from '../../model/syntheticData'
import type { Checkpoint, NamedArray, ResidentTrainable, Trainable } from '../../model/trainable'
import { createFusedDotProduct } from './fusedDotProduct'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const optimizers = everyOptimizer(0.05)
const [singles, bags] = modelCases({ l2: 0.01 }) as [ReturnType<typeof modelCases>[0], ReturnType<typeof modelCases>[0]]

interface Shape {
  dimension: number
  rows?: number
  task?: 'regression' | 'binary'
  /** Sides with 0 to 3 ids a row. */
  multi?: ('film' | 'viewer')[]
  film?: Partial<EmbeddingColumn>
  overrides?: Partial<Experiment>
}

function dotProduct({ dimension, rows = 200, task = 'regression', multi = [], film = {}, overrides = {} }: Shape) {
  const encoded = createSyntheticData({
    rows,
    categorical: [
      { name: 'film', buckets: 40, multi: multi.includes('film') },
      { name: 'viewer', buckets: 30, multi: multi.includes('viewer') },
    ],
    task,
    outputs: 1,
  })
  const experiment = experimentOf({
    columns: [{ ...embeddingOfKey('film', 40, dimension), ...film }, embeddingOfKey('viewer', 30, dimension)],
    model: { type: 'dotProduct', user: 'viewer', item: 'film', biases: true },
    label: task === 'binary' ? { task, column: 'y', positive: '1' } : { task, targets: [] },
    l2: 0.01,
    ...overrides,
  })
  return { encoded, experiment }
}

function createFused(encoded: EncodedData, experiment: Experiment): ResidentTrainable {
  const model = createFusedDotProduct(encoded, experiment)
  if (!model) throw new Error('A dot product has a fused execution.')
  return model
}

type Case = { encoded: EncodedData; experiment: Experiment }

/** Both executions, after the same steps. */
function trainBoth({ encoded, experiment }: Case, sizes: number[]): { fused: ResidentTrainable; plain: Trainable } {
  const fused = createFused(encoded, experiment)
  const plain = createModel(encoded, experiment)
  for (const model of [fused, plain]) train(model, encoded, sizes)
  return { fused, plain }
}

function train(model: Trainable, encoded: EncodedData, sizes: number[]): void {
  for (const [step, size] of sizes.entries()) {
    model.trainStep(batchOfRows(encoded, (step * 7) % (encoded.rowCount - size + 1), size))
  }
}

async function expectSame({ encoded }: Case, { fused, plain }: { fused: ResidentTrainable; plain: Trainable }) {
  const [actual, expected] = [await fused.save(), await plain.save()]
  expect(actual.steps).toBe(expected.steps)
  expectClose(actual.weights, expected.weights)
  expectClose(actual.optimizer, expected.optimizer)
  const loss = await plain.takeTrainLoss()
  // Without a step there is none.
  if (Number.isNaN(loss)) expect(await fused.takeTrainLoss()).toBeNaN()
  else expect(await fused.takeTrainLoss()).toBeCloseTo(loss, 5)
  const all = batchOfRows(encoded, 0, encoded.rowCount)
  const outputs = { shape: [], values: await fused.predict(all) }
  expectClose({ outputs }, { outputs: { shape: [], values: await plain.predict(all) } })
  for (const model of [fused, plain]) model.dispose()
}

function expectClose(actual: Record<string, NamedArray>, expected: Record<string, NamedArray>): void {
  expect(Object.keys(actual)).toEqual(Object.keys(expected))
  for (const [name, { shape, values }] of Object.entries(expected)) {
    expect(actual[name]!.shape).toEqual(shape)
    const off = values.findIndex(
      (value, i) => !(Math.abs(actual[name]!.values[i]! - value) <= 1e-6 + 1e-6 * Math.abs(value)),
    )
    if (off >= 0) expect.fail(`${name}[${off}] is ${actual[name]!.values[off]}, expected ${values[off]}`)
  }
}

describe.each(optimizers)('$name', ({ optimizer }) => {
  it.each([singles, bags])('takes the steps of the TensorFlow.js execution: $name', async ({ encoded, experiment }) => {
    const one = { encoded, experiment: { ...experiment, optimizer } }
    await expectSame(one, trainBoth(one, [20, 20, 20, 20, 20, 20]))
  })
})

describe('models of every shape', () => {
  it.each([1, 2, 4, 5, 8, 12, 13, 20, 24, 28, 32, 33, 64, 100, 256])('dimension %i', async (dimension) => {
    for (const one of [dotProduct({ dimension }), dotProduct({ dimension, multi: ['film'] })]) {
      await expectSame(one, trainBoth(one, [20, 60, 20]))
    }
  })

  it.each([0, 1, 63, 64, 65, 129])('batches of %i', async (size) => {
    const one = dotProduct({ dimension: 8, multi: ['viewer'], task: 'binary' })
    await expectSame(one, trainBoth(one, [size, size, size, size]))
  })

  it.each(['mean', 'sum', 'sqrtn'] as const)('bags on both sides, combined by %s', async (combiner) => {
    const one = dotProduct({ dimension: 6, multi: ['film', 'viewer'], film: { combiner } })
    await expectSame(one, trainBoth(one, [64, 100, 3]))
  })

  it('bags without any id', async () => {
    const one = dotProduct({ dimension: 3, multi: ['film'] })
    const empty = { ids: new Int32Array(0), offsets: new Int32Array(9) }
    const batch = {
      ...batchOfRows(one.encoded, 0, 8),
      categorical: [empty, batchOfRows(one.encoded, 0, 8).categorical[1]!],
    }
    const models = { fused: createFused(one.encoded, one.experiment), plain: createModel(one.encoded, one.experiment) }
    for (const model of Object.values(models)) for (let step = 0; step < 3; step++) model.trainStep(batch)
    await expectSame(one, models)
  })

  it.each(['regression', 'binary'] as const)('no biases, no L2, a frozen table: %s', async (task) => {
    const model: Experiment['model'] = { type: 'dotProduct', user: 'viewer', item: 'film', biases: false }
    for (const overrides of [{ model }, { l2: 0 }, {}]) {
      const one = dotProduct({ dimension: 10, task, overrides, film: { trainable: false } })
      await expectSame(one, trainBoth(one, [64, 64, 64]))
    }
  })

  it('is none where the model is another', () => {
    for (const { encoded, experiment } of modelCases().slice(2))
      expect(createFusedDotProduct(encoded, experiment)).toBe(null)
  })
})

describe('a resident model', () => {
  it('draws the batches that every execution draws, and learns from them what it learns from copies of them', async () => {
    for (const multi of [[], ['film' as const]]) {
      const { encoded: all, experiment } = dotProduct({
        dimension: 5,
        rows: 225,
        multi,
        overrides: { batchSize: 64, seed: 5 },
      })
      const encoded = { ...all, trainRows: all.trainRows.filter((row) => row % 3 !== 1) }
      const [resident, fed] = [createFused(encoded, experiment), createFused(encoded, experiment)]
      for (const epoch of [0, 1]) {
        resident.trainSteps({ epoch, position: 0 }, 1)
        resident.trainSteps({ epoch, position: 64 }, 2)
        const order = orderKeys(experiment.seed, epoch, 150)
        for (const position of [0, 64, 128]) {
          const rows = new Uint32Array(Math.min(64, 150 - position))
          fillRows(rows, encoded.trainRows, position, order)
          fed.trainStep(gatherRows(encoded, rows))
        }
      }
      expect(bits(await resident.save())).toEqual(bits(await fed.save()))
      expect(await resident.takeTrainLoss()).toBe(await fed.takeTrainLoss())
      const rows = Uint32Array.of(1, 0, 224, 100, 1)
      expect(await resident.predictRows(rows)).toEqual(await fed.predict(gatherRows(encoded, rows)))
      expect(() => resident.trainSteps({ epoch: 2, position: 128 }, 2)).toThrow(/none is left/)
    }
  })

  it.each([
    { type: 'adam', learningRate: 0.01 },
    { type: 'adamAllRows', learningRate: 0.01 },
  ] as const)(
    'brings the lookups of a row in a large batch together, and learns the same: $type',
    async (optimizer) => {
      const size = 2500
      const overrides: Partial<Experiment> = { batchSize: size, optimizer }
      const { encoded, experiment } = dotProduct({ dimension: 20, rows: 2 * size - 301, overrides })
      const [resident, fed] = [createFused(encoded, experiment), createFused(encoded, experiment)]
      const films = encoded.categorical[0]!.ids
      for (const epoch of [0, 1]) {
        resident.trainSteps({ epoch, position: 0 }, 2)
        for (const position of [0, size]) {
          const rows = new Uint32Array(Math.min(size, encoded.rowCount - position))
          fillRows(rows, encoded.trainRows, position, orderKeys(experiment.seed, epoch, encoded.rowCount))
          fed.trainStep(
            gatherRows(
              encoded,
              rows.sort((a, b) => films[a]! - films[b]! || a - b),
            ),
          )
        }
      }
      expect(bits(await resident.save())).toEqual(bits(await fed.save()))
      expect(await resident.takeTrainLoss()).toBeCloseTo(await fed.takeTrainLoss(), 10)
    },
  )

  it('predicts rows as it predicts a batch of them', async () => {
    const { encoded, experiment } = dotProduct({ dimension: 5, rows: 5000, multi: ['film'] })
    const model = createFused(encoded, experiment)
    const rows = Uint32Array.from({ length: 4500 }, (_, i) => (i * 7) % 5000)
    expect(await model.predictRows(rows)).toEqual(await model.predict(gatherRows(encoded, rows)))
    expect(await model.predictRows(new Uint32Array(0))).toEqual(new Float32Array(0))
  })

  it.each(['adagrad', 'adam', 'rowAdagrad'] as const)(
    'gives the same bits in two runs of 1,000 steps: %s',
    async (type) => {
      const one = dotProduct({ dimension: 8, overrides: { batchSize: 20, optimizer: { type, learningRate: 0.05 } } })
      const models = [createFused(one.encoded, one.experiment), createFused(one.encoded, one.experiment)]
      for (const model of models) for (let epoch = 0; epoch < 100; epoch++) model.trainSteps({ epoch, position: 0 }, 10)
      const [first, second] = await Promise.all(models.map((model) => model.save()))
      expect(first!.steps).toBe(1000)
      expect(bits(first!)).toEqual(bits(second!))
      expect(Object.values(first!.weights).every(({ values }) => values.every(Number.isFinite))).toBe(true)
    },
  )

  it('lays out no memory once it has seen its batches', () => {
    const { encoded, experiment } = dotProduct({ dimension: 8, multi: ['film'], overrides: { batchSize: 50 } })
    const model = createFused(encoded, experiment)
    model.trainSteps({ epoch: 0, position: 0 }, 4)
    const grow = vi.spyOn(WebAssembly.Memory.prototype, 'grow')
    for (let epoch = 0; epoch < 250; epoch++) model.trainSteps({ epoch, position: 0 }, 4)
    expect(grow).not.toHaveBeenCalled()
    grow.mockRestore()
  })
})

describe('checkpoints', () => {
  it.each(optimizers)('move to the TensorFlow.js execution and back, and go on: $name', async ({ optimizer }) => {
    const one = { encoded: bags.encoded, experiment: { ...bags.experiment, optimizer } }
    const { fused, plain } = trainBoth(one, [20, 20])
    const saved = await fused.save()
    fused.restore(await plain.save())
    plain.restore(saved)
    for (const model of [fused, plain]) train(model, one.encoded, [20, 30])
    await expectSame(one, { fused, plain })
  })

  it('go on as if there had been no stop, to the bit', async () => {
    const { encoded, experiment } = dotProduct({
      dimension: 7,
      overrides: { optimizer: { type: 'adam', learningRate: 0.01 } },
    })
    const model = createFused(encoded, experiment)
    train(model, encoded, [64, 64])
    const checkpoint = await model.save()
    train(model, encoded, [64, 64])
    const expected = bits(await model.save())
    const other = createFused(encoded, { ...experiment, seed: 9 })
    for (const restored of [model, other]) {
      restored.restore(checkpoint)
      train(restored, encoded, [64, 64])
      expect(bits(await restored.save())).toEqual(expected)
    }
  })

  it('without optimizer state begin that afresh, and with arrays that do not fit change nothing', async () => {
    const { encoded, experiment } = dotProduct({ dimension: 3 })
    const model = createFused(encoded, experiment)
    train(model, encoded, [30])
    const { weights, optimizer, steps } = await model.save()
    const short = { ...optimizer, 'viewer_bias/accumulator': { shape: [2, 1], values: new Float32Array(2) } }
    const zeros = Object.entries(weights).map(([name, { shape, values }]) => [
      name,
      { shape, values: new Float32Array(values.length) },
    ])
    expect(() => model.restore({ weights: Object.fromEntries(zeros), optimizer: short, steps })).toThrow(/viewer_bias/)
    expect(bits(await model.save())).toEqual(bits({ weights, optimizer, steps }))
    model.restore({ weights, optimizer: {}, steps })
    const restored = await model.save()
    expect(restored.weights).toEqual(weights)
    expect(restored.steps).toBe(0)
    expect(restored.optimizer['film_embedding/accumulator']!.values).toEqual(
      new Float32Array(120).fill(Math.fround(0.1)),
    )
  })
})

it('refuses ids that are not rows, as every execution does, and learns nothing from the batch', async () => {
  const { encoded, experiment } = dotProduct({ dimension: 3 })
  const [fused, plain] = [createFused(encoded, experiment), createModel(encoded, experiment)]
  const before = bits(await fused.save())
  for (const id of [40, -1]) {
    const batch = batchOfRows(encoded, 0, 20)
    batch.categorical[0]!.ids[7] = id
    let message = ''
    try {
      plain.trainStep(batch)
    } catch (error) {
      message = String(error)
    }
    expect(message).toContain(`bucket ${id} `)
    expect(() => fused.trainStep(batch)).toThrow(message.replace('Error: ', ''))
    await expect(fused.predict(batch)).rejects.toThrow(`bucket ${id} `)
  }
  expect(bits(await fused.save())).toEqual(before)
  plain.dispose()
})

/** Bits, so that NaN equals NaN and −0 is not 0. */
function bits({ weights, optimizer, steps }: Checkpoint) {
  const arrays = Object.entries({ ...weights, ...optimizer })
  return [steps, ...arrays.map(([name, { values }]) => [name, [...new Int32Array(values.buffer)].join()])]
}
