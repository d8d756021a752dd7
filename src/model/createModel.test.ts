import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { everyOptimizer } from '../experiment/everyOptimizer'
import type { Experiment } from '../experiment/experiment'
import { useBackend as startBackend } from './backends'
import { createModel } from './createModel'
import { type ModelCase, modelCases, sharedCases } from './modelCases'
import { batchOfRows, createSyntheticData, embeddingOfKey, experimentOf } from './syntheticData'
import type { Checkpoint, Trainable } from './trainable'

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'
const adam: Experiment['optimizer'] = { type: 'adam', learningRate: 0.01 }

function train(model: Trainable, { encoded }: ModelCase, steps: number, from = 0): void {
  for (let step = from; step < from + steps; step++) model.trainStep(batchOfRows(encoded, (step * 7) % 40, 20))
}

/** Bits, so that NaN equals NaN and −0 is not 0. */
function bits({ weights, optimizer, steps }: Checkpoint) {
  const arrays = Object.entries({ ...weights, ...optimizer })
  return [steps, ...arrays.map(([name, { values }]) => [name, [...new Int32Array(values.buffer)].join()])]
}

describe.each(['cpu', 'wasm'] as const)('models on %s', (backend) => {
  beforeAll(() => startBackend(backend, { wasmPaths }))

  it.each(modelCases())('gives the same bits in two runs of 200 steps: $name', async (one) => {
    const [first, second] = [createModel(one.encoded, one.experiment), createModel(one.encoded, one.experiment)]
    train(first, one, 200)
    train(second, one, 200)
    const saved = await first.save()
    expect(bits(saved)).toEqual(bits(await second.save()))
    expect(Object.values(saved.weights).every(({ values }) => values.every(Number.isFinite))).toBe(true)
    first.dispose()
    second.dispose()
  })

  const interrupted = everyOptimizer(0.01).flatMap(({ name: of, optimizer }) => {
    const all = modelCases({ optimizer, l2: 0.01 })
    return (optimizer.type === 'adam' ? all : all.slice(1, 3)).map((one) => ({ of, ...one }))
  })
  it.each(interrupted)('goes on from a checkpoint as if it had not stopped: $of, $name', async (one) => {
    const model = createModel(one.encoded, one.experiment)
    train(model, one, 10)
    const checkpoint = await model.save()
    train(model, one, 10, 10)
    const expected = bits(await model.save())
    const other = createModel(one.encoded, { ...one.experiment, seed: 99 })
    for (const restored of [model, other]) {
      restored.restore(checkpoint)
      train(restored, one, 10, 10)
      expect(bits(await restored.save())).toEqual(expected)
      restored.dispose()
    }
  })

  it.each(modelCases({ optimizer: adam, l2: 0.01 }))(
    'keeps no tensor of a step, and none when disposed: $name',
    async (one) => {
      const start = memory().numTensors
      const model = createModel(one.encoded, one.experiment)
      train(model, one, 2)
      const { numTensors, numDataBuffers } = memory()
      train(model, one, 100)
      await model.predict(batchOfRows(one.encoded, 0, 20))
      expect(memory()).toMatchObject({ numTensors, numDataBuffers })
      await model.takeTrainLoss()
      model.dispose()
      expect(memory().numTensors).toBe(start)
    },
  )

  it('learns a table of products', async () => {
    const encoded = createSyntheticData({
      rows: 2048,
      categorical: [
        { name: 'film', buckets: 12 },
        { name: 'viewer', buckets: 10 },
      ],
      task: 'regression',
      outputs: 1,
      labelOf: ([film, viewer]) => 3 + Math.sin(film!) * Math.cos(viewer!),
    })
    const experiment = experimentOf({
      columns: [embeddingOfKey('film', 12, 2), embeddingOfKey('viewer', 10, 2)],
      model: { type: 'dotProduct', user: 'viewer', item: 'film', biases: true },
      label: { task: 'regression', targets: [] },
    })
    const model = createModel(encoded, experiment)
    const lossOfAll = async () => {
      await model.takeTrainLoss()
      model.trainStep(batchOfRows(encoded, 0, 2048))
      return model.takeTrainLoss()
    }
    expect(await lossOfAll()).toBeGreaterThan(0.2)
    for (let step = 0; step < 300; step++) model.trainStep(batchOfRows(encoded, (step % 8) * 256, 256))
    expect(await lossOfAll()).toBeLessThan(0.01)
    const table = new Float32Array(24)
    await model.readTable('film_embedding', table)
    expect(table).toEqual((await model.save()).weights.film_embedding!.values)
    model.dispose()
  })

  it('keeps one number a row for row-wise Adagrad, and counts as many bytes', async () => {
    const one = modelCases({ optimizer: { type: 'rowAdagrad', learningRate: 0.1 } })[2]!
    const model = createModel(one.encoded, one.experiment)
    train(model, one, 3)
    const { weights, optimizer } = await model.save()
    const shapes = Object.fromEntries(Object.entries(optimizer).map(([name, { shape }]) => [name, shape]))
    expect(shapes).toEqual({
      'day_embedding/accumulator': [7, 1],
      'genre_embedding/accumulator': [8, 1],
      'hidden_0/kernel/accumulator': [2 + 6 + 2 + 3, 1],
      'hidden_0/bias/accumulator': [1, 1],
      'hidden_1/kernel/accumulator': [5, 1],
      'hidden_1/bias/accumulator': [1, 1],
      'head/kernel/accumulator': [4, 1],
      'head/bias/accumulator': [1, 1],
    })
    const arrays = [...Object.values(weights), ...Object.values(optimizer)]
    expect(model.bytes).toBe(4 * arrays.reduce((sum, { values }) => sum + values.length, 0))
    model.dispose()
  })

  it('does not move a frozen table, and counts no parameters for it', async () => {
    const [one] = modelCases() as [ModelCase]
    const [film, viewer] = one.experiment.columns
    if (film?.type !== 'embedding' || !viewer) throw new Error('The first case has two embeddings.')
    const model = createModel(one.encoded, { ...one.experiment, columns: [{ ...film, trainable: false }, viewer] })
    const before = await model.save()
    train(model, one, 5)
    const after = await model.save()
    expect(after.weights.film_embedding).toEqual(before.weights.film_embedding)
    expect(after.weights.viewer_embedding).not.toEqual(before.weights.viewer_embedding)
    expect(Object.keys(after.optimizer)).not.toContain('film_embedding/accumulator')
    expect(model.parameters).toBe(7 * 3 + 7 + 9)
    model.dispose()
  })

  it('takes weights without optimizer state, and starts that afresh', async () => {
    const [one] = modelCases({ optimizer: adam }) as [ModelCase]
    const model = createModel(one.encoded, one.experiment)
    train(model, one, 5)
    const { weights } = await model.save()
    model.restore({ weights, optimizer: {}, steps: 5 })
    const restored = await model.save()
    expect(restored.weights).toEqual(weights)
    expect(restored.steps).toBe(0)
    expect(restored.optimizer['film_embedding/m']!.values.every((value) => value === 0)).toBe(true)
    model.dispose()
  })

  it('reports the mean loss since it was asked last, and NaN when nothing was trained', async () => {
    const [one] = modelCases({ optimizer: { type: 'sgd', learningRate: 1e-20 } }) as [ModelCase]
    const model = createModel(one.encoded, one.experiment)
    const losses: number[] = []
    for (const size of [10, 30]) {
      model.trainStep(batchOfRows(one.encoded, 0, size))
      losses.push(await model.takeTrainLoss())
    }
    for (const size of [10, 30]) model.trainStep(batchOfRows(one.encoded, 0, size))
    expect(await model.takeTrainLoss()).toBeCloseTo((10 * losses[0]! + 30 * losses[1]!) / 40, 5)
    expect(await model.takeTrainLoss()).toBeNaN()
    model.dispose()
  })
})

it.each(modelCases())('comes to the same weights on cpu and wasm: $name', async (one) => {
  const saved: Checkpoint[] = []
  for (const backend of ['cpu', 'wasm'] as const) {
    await startBackend(backend, { wasmPaths })
    const model = createModel(one.encoded, one.experiment)
    train(model, one, 30)
    saved.push(await model.save())
    model.dispose()
  }
  for (const [name, { values }] of Object.entries(saved[0]!.weights)) {
    for (const [i, value] of values.entries()) expect(saved[1]!.weights[name]!.values[i]).toBeCloseTo(value, 4)
  }
})

describe('a model that cannot be', () => {
  beforeAll(() => startBackend('cpu', { wasmPaths }))
  const [one] = modelCases() as [ModelCase]
  const [film, viewer] = one.experiment.columns

  it('says which embedding has another dimension', () => {
    if (viewer?.type !== 'embedding' || !film) throw new Error('The first case has two embeddings.')
    const experiment = { ...one.experiment, columns: [film, { ...viewer, dimension: 4 }] }
    expect(() => createModel(one.encoded, experiment)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('viewer has 4, film has 3'),
        field: 'columns.0.dimension',
      }),
    )
  })

  it('says which column a dot product has no place for', () => {
    const experiment: Experiment = {
      ...one.experiment,
      columns: [...one.experiment.columns, { type: 'numeric', key: 'temp', normalizer: 'none' }],
    }
    expect(() => createModel(one.encoded, experiment)).toThrow('remove temp')
  })

  it('says what saved weights lack or have in another shape', async () => {
    const model = createModel(one.encoded, one.experiment)
    const { weights, ...rest } = await model.save()
    const { film_bias, ...without } = weights
    expect(() => model.restore({ ...rest, weights: without })).toThrow('no film_bias')
    const shape = [3, 9]
    const turned = { ...weights, film_embedding: { ...weights.film_embedding!, shape } }
    expect(() => model.restore({ ...rest, weights: turned })).toThrow('[3, 9]; this model needs [9, 3]')
    expect(film_bias!.shape).toEqual([9, 1])
    // Weights that fit beside optimizer state that does not: nothing is taken over.
    const zeros = { ...weights, film_bias: { shape: [9, 1], values: new Float32Array(9).fill(7) } }
    expect(() => model.restore({ weights: zeros, optimizer: { other: film_bias! }, steps: 1 })).toThrow('accumulator')
    expect((await model.save()).weights.film_bias).toEqual(film_bias)
    model.dispose()
  })
})

describe('a shared table', () => {
  it('is one variable, whose duplicates are summed across its columns before an optimizer sees them', async () => {
    await startBackend('cpu', { wasmPaths })
    for (const one of sharedCases()) {
      const [sgd, adagrad] = (['sgd', 'adagrad'] as const).map((type) =>
        createModel(one.encoded, { ...one.experiment, optimizer: { type, learningRate: 1 } }),
      ) as [Trainable, Trainable]
      const name = 'before_seen_shared_embedding'
      expect(sgd.tables.map((table) => table.name)).toEqual([name, 'other_embedding'])
      const before = (await sgd.save()).weights[name]!.values
      train(sgd, one, 1)
      train(adagrad, one, 1)
      const after = (await sgd.save()).weights[name]!.values
      const { values: accumulator } = (await adagrad.save()).optimizer[`${name}/accumulator`]!
      for (const [i, value] of before.entries()) {
        expect(accumulator[i]).toBeCloseTo(0.1 + (value - after[i]!) ** 2, 5)
      }
      expect(after).not.toEqual(before)
      sgd.dispose()
      adagrad.dispose()
    }
  })

  it('needs columns of as many buckets', () => {
    const [one] = sharedCases() as [ModelCase]
    const categorical = one.encoded.categorical.map((column) =>
      column.name === 'seen' ? { ...column, buckets: 6 } : column,
    )
    expect(() => createModel({ ...one.encoded, categorical }, one.experiment)).toThrow(
      "'before' and 'seen' cannot share a table: it would have 7 rows for one and 6 for the other.",
    )
  })
})
