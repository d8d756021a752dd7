import { beforeAll, describe, expect, it, vi } from 'vitest'
import { gatherRows } from '../../columns/batches'
import { fillRows, orderKeys } from '../../columns/rowOrder'
import { everyOptimizer } from '../../experiment/everyOptimizer'
import type { DenseColumn, Experiment, Task } from '../../experiment/experiment'
import { useBackend as startBackend } from '../../model/backends'
import { createModel } from '../../model/createModel'
import { type ModelCase, modelCases } from '../../model/modelCases'
import { batchOfRows, createSyntheticData, embeddingOfKey, experimentOf } from '../../model/syntheticData'
import type { Checkpoint, ResidentTrainable, Trainable } from '../../model/trainable'
import { createFusedTabular } from './fusedTabular'

/** Every heap that a model was made in. */
const heaps = vi.hoisted((): { readonly bytes: number }[] => [])
vi.mock('../../kernels/simd/simdHeap', async (original) => {
  const module = await original<typeof import('../../kernels/simd/simdHeap')>()
  return {
    ...module,
    createSimdHeap() {
      const heap = module.createSimdHeap()
      heaps.push(heap)
      return heap
    },
  }
})

const LEARNING_RATE = 0.05
/** A weight of this size as FTRL keeps it, times √accumulator / learning rate. */
const LINEAR = Math.sqrt(0.1)

function tabularCases(overrides: Partial<Experiment> = {}): ModelCase[] {
  return modelCases(overrides).filter(({ experiment }) => experiment.model.type === 'tabular')
}

interface Shape {
  name: string
  task: Task
  outputs: number
  hiddenUnits: number[]
  activation?: 'relu' | 'tanh'
  rows?: number
  columns?: DenseColumn[]
}

const indicator = (key: string, numBuckets: number): DenseColumn => ({
  type: 'indicator',
  categorical: { type: 'identity', key, numBuckets, defaultValue: null },
})
const number = (key: string): DenseColumn => ({ type: 'numeric', key, normalizer: 'none' })
const frozen: DenseColumn = { ...embeddingOfKey('genre', 8, 6), trainable: false }
const mixed = [embeddingOfKey('day', 7, 1), embeddingOfKey('genre', 8, 5), indicator('tag', 6), number('temp')]

/** Widths around the 4 lanes, and everything that may be missing. */
const shapes: Shape[] = [
  { name: 'four layers', task: 'regression', outputs: 3, hiddenUnits: [9, 1, 2, 8], activation: 'tanh' },
  { name: 'one unit everywhere', task: 'binary', outputs: 1, hiddenUnits: [1, 1] },
  { name: 'numbers alone', task: 'binary', outputs: 1, hiddenUnits: [], columns: [number('temp'), number('hour')] },
  { name: 'one number', task: 'regression', outputs: 1, hiddenUnits: [3], columns: [number('temp')] },
  {
    name: 'indicators alone',
    task: 'regression',
    outputs: 2,
    hiddenUnits: [],
    columns: [indicator('day', 7), indicator('tag', 6)],
  },
  {
    name: 'a frozen table',
    task: 'regression',
    outputs: 4,
    hiddenUnits: [12],
    columns: [frozen, ...mixed.slice(0, 1)],
  },
  { name: 'only a frozen table', task: 'binary', outputs: 1, hiddenUnits: [4], columns: [frozen] },
  { name: 'one class', task: 'multiclass', outputs: 1, hiddenUnits: [4] },
  { name: 'several pieces of many classes', task: 'multiclass', outputs: 37, hiddenUnits: [10], rows: 400 },
  {
    name: 'several pieces of pairs',
    task: 'multiclass',
    outputs: 5,
    hiddenUnits: [],
    rows: 700,
    columns: [indicator('day', 7), embeddingOfKey('place', 30, 3)],
  },
  {
    name: 'several pieces',
    task: 'regression',
    outputs: 1,
    hiddenUnits: [32],
    rows: 400,
    columns: [embeddingOfKey('day', 7, 8), embeddingOfKey('place', 30, 8)],
  },
]

function shapeCase(
  { name, task, outputs, hiddenUnits, activation = 'relu', rows = 60, columns = mixed }: Shape,
  overrides: Partial<Experiment>,
): ModelCase {
  const encoded = createSyntheticData({
    rows,
    categorical: [
      { name: 'day', buckets: 7 },
      { name: 'genre', buckets: 8, multi: true },
      { name: 'place', buckets: 30 },
      { name: 'tag', buckets: 6, multi: true },
    ].filter((one) =>
      columns.some(
        (column) => column.type !== 'numeric' && 'key' in column.categorical && column.categorical.key === one.name,
      ),
    ),
    numeric: ['hour', 'temp'].filter((key) =>
      columns.some((column) => column.type === 'numeric' && column.key === key),
    ),
    task,
    outputs,
  })
  const experiment = experimentOf({
    columns,
    model: { type: 'tabular', hiddenUnits, activation },
    label: { task: 'regression', targets: [] },
    ...overrides,
  })
  return { name, encoded, experiment }
}

function fused({ encoded, experiment }: ModelCase): ResidentTrainable {
  return createFusedTabular(encoded, experiment)!
}

async function trained(model: Trainable, { encoded }: ModelCase, steps = 5) {
  const size = Math.min(encoded.rowCount - 7 * (steps - 1), 300)
  const losses: number[] = []
  for (let step = 0; step < steps; step++) {
    model.trainStep(batchOfRows(encoded, step * 7, size))
    losses.push(await model.takeTrainLoss())
  }
  const outputs = await model.predict(batchOfRows(encoded, 0, encoded.rowCount))
  return { losses, outputs, saved: await model.save() }
}

/**
 * Relative to the largest number of an array, or to a step where that is smaller: what is left of numbers that cancel has the rounding
 * of those that went in.
 */
function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number, what: string): void {
  expect(actual.length, what).toBe(expected.length)
  const step = what.endsWith('/linear') ? LINEAR : LEARNING_RATE
  const largest = Array.from(expected).reduce((most, value) => Math.max(most, Math.abs(value)), step)
  for (let i = 0; i < expected.length; i++) {
    const off = Math.abs(actual[i]! - expected[i]!)
    expect(off, `${what}[${i}]: ${actual[i]}, expected ${expected[i]}`).toBeLessThanOrEqual(tolerance * largest)
  }
}

function expectCheckpointNear(actual: Checkpoint, expected: Checkpoint, tolerance: number): void {
  expect(actual.steps).toBe(expected.steps)
  const [mine, theirs] = [actual, expected].map(({ weights, optimizer }) => ({ ...weights, ...optimizer }))
  expect(Object.keys(mine!)).toEqual(Object.keys(theirs!))
  for (const [name, { shape, values }] of Object.entries(theirs!)) {
    expect(mine![name]!.shape, name).toEqual(shape)
    expectNear(mine![name]!.values, values, tolerance, name)
  }
}

/** Bits, so that NaN equals NaN and −0 is not 0. */
function bits({ weights, optimizer, steps }: Checkpoint) {
  const arrays = Object.entries({ ...weights, ...optimizer })
  return [steps, ...arrays.map(([name, { values }]) => [name, [...new Int32Array(values.buffer)].join()])]
}

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

describe.each(everyOptimizer(LEARNING_RATE))('with $name', ({ optimizer }) => {
  const tolerance = /adam|rms/.test(optimizer.type) ? 1e-5 : 1e-6
  const overrides = { optimizer, l2: 0.01 }
  const cases = [...tabularCases(overrides), ...shapes.map((shape) => shapeCase(shape, overrides))]

  it.each(cases)('comes to the weights of TensorFlow.js in five steps: $name', async (one) => {
    const [model, oracle] = [fused(one), createModel(one.encoded, one.experiment)]
    expect(bits(await model.save())).toEqual(bits(await oracle.save()))
    expect([model.tables, model.parameters, model.bytes]).toEqual([oracle.tables, oracle.parameters, oracle.bytes])
    const [actual, expected] = [await trained(model, one), await trained(oracle, one)]
    expectNear(actual.losses, expected.losses, tolerance, 'losses')
    expectNear(actual.outputs, expected.outputs, tolerance, 'outputs')
    expectCheckpointNear(actual.saved, expected.saved, tolerance)
    oracle.dispose()
  })

  it.each(cases)('goes on from a checkpoint of either: $name', async (one) => {
    const [model, oracle] = [fused(one), createModel(one.encoded, { ...one.experiment, seed: 3 })]
    const { saved } = await trained(oracle, one)
    model.restore(saved)
    expect(bits(await model.save())).toEqual(bits(saved))
    const [actual, expected] = [await trained(model, one, 3), await trained(oracle, one, 3)]
    expectCheckpointNear(actual.saved, expected.saved, tolerance)
    oracle.restore(actual.saved)
    expect(bits(await oracle.save())).toEqual(bits(actual.saved))
    oracle.dispose()
  })
})

describe.each(tabularCases({ l2: 0.01, batchSize: 25 }))('$name', (one) => {
  it('gives the same bits in two runs of 1,000 steps, in a heap that stays as it is', async () => {
    const run = async () => {
      const model = fused(one)
      const heap = heaps.at(-1)!
      const bytes: number[] = []
      for (let step = 0; step < 1000; step++) {
        model.trainSteps({ epoch: Math.floor(step / 3), position: (step % 3) * 25 }, 1)
        if (step % 10 === 0) await model.predictRows(one.encoded.trainRows)
        bytes.push(heap.bytes)
      }
      expect(bytes.at(-1)).toBe(bytes[100])
      return model.save()
    }
    const [first, second] = [await run(), await run()]
    expect(bits(first)).toEqual(bits(second))
    for (const { values } of Object.values(first.weights)) expect(values.every(Number.isFinite)).toBe(true)
  })

  it('draws the batches of every execution, the last one short', async () => {
    const [model, oracle] = [fused(one), createModel(one.encoded, one.experiment)]
    const { trainRows } = one.encoded
    model.trainSteps({ epoch: 4, position: 0 }, 2)
    model.trainSteps({ epoch: 4, position: 50 }, 1)
    const order = orderKeys(one.experiment.seed, 4, trainRows.length)
    for (const [position, size] of [
      [0, 25],
      [25, 25],
      [50, 10],
    ] as const) {
      const rows = new Uint32Array(size)
      fillRows(rows, trainRows, position, order)
      oracle.trainStep(gatherRows(one.encoded, rows))
    }
    expectCheckpointNear(await model.save(), await oracle.save(), 1e-6)
    expect(await model.takeTrainLoss()).toBeCloseTo(await oracle.takeTrainLoss(), 5)
    expect(() => model.trainSteps({ epoch: 4, position: 50 }, 2)).toThrow('none is left')
    oracle.dispose()
  })

  it('predicts rows of the data as it predicts batches', async () => {
    const model = fused(one)
    const rows = Uint32Array.from({ length: 45 }, (_, i) => (i * 17) % one.encoded.rowCount)
    expect(await model.predictRows(rows)).toEqual(await model.predict(gatherRows(one.encoded, rows)))
    expect(await model.predict(batchOfRows(one.encoded, 0, 0))).toEqual(new Float32Array(0))
    const { rowCount } = one.encoded
    const beyond = model.predictRows(Uint32Array.of(0, rowCount))
    await expect(beyond).rejects.toThrow(`Row ${rowCount} of ${rowCount} was asked for.`)
  })
})

it('leaves other models alone', () => {
  const [dotProduct] = modelCases()
  expect(createFusedTabular(dotProduct!.encoded, dotProduct!.experiment)).toBeNull()
})

it('says which id is no row, and does not count the step', async () => {
  const [one] = tabularCases()
  const model = fused(one!)
  const batch = batchOfRows(one!.encoded, 0, 4)
  batch.categorical[0]!.ids[2] = 7
  expect(() => model.trainStep(batch)).toThrow('Column day: bucket 7 was looked up, but the table has rows 0 to 6.')
  await expect(model.predict(batch)).rejects.toThrow('bucket 7')
  expect((await model.save()).steps).toBe(0)
})
