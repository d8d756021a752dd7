import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { memory } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { everyOptimizer } from '../experiment/everyOptimizer'
import type { OptimizerSpec } from '../experiment/experiment'
import { useBackend as startBackend } from './backends'
import { createModel } from './createModel'
import { type ModelCase, modelCases, weightedCase } from './modelCases'
import { createStockModel } from './stockModel'
import { batchOfRows } from './syntheticData'
import type { NamedArray, Trainable } from './trainable'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

function train(model: Trainable, { encoded }: ModelCase, steps: number): void {
  for (let step = 0; step < steps; step++) model.trainStep(batchOfRows(encoded, (step * 7) % 40, 20))
}

/** Within 1e-6 of the array's largest magnitude, or of 1 where that is smaller. */
function expectClose(actual: Record<string, NamedArray>, expected: Record<string, NamedArray>): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort())
  for (const [name, { shape, values }] of Object.entries(expected)) {
    expect([name, actual[name]!.shape]).toEqual([name, shape])
    const scale = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
    const off = values.reduce((most, value, i) => Math.max(most, Math.abs(actual[name]!.values[i]! - value)), 0)
    expect(off / scale, name).toBeLessThan(1e-6)
  }
}

const usualRates: Partial<Record<OptimizerSpec['type'], number>> = {
  adagrad: 0.1,
  rowAdagrad: 0.1,
  momentum: 0.02,
  sgd: 0.05,
  ftrl: 0.05,
}

describe.each(everyOptimizer(0.01))('stock TensorFlow.js with $name', ({ optimizer: { type, flavor } }) => {
  const optimizer = { type, flavor, learningRate: usualRates[type] ?? 0.01 }
  it.each(modelCases({ optimizer, l2: 0.01 }))('takes the steps of our kernels: $name', async (one) => {
    const [stock, ours] = [createStockModel(one.encoded, one.experiment), createModel(one.encoded, one.experiment)]
    const initial = await ours.save()
    expect(await stock.save()).toEqual(initial)
    for (const model of [stock, ours]) train(model, one, 5)
    expect(await stock.takeTrainLoss()).toBeCloseTo(await ours.takeTrainLoss(), 5)
    const [saved, expected] = [await stock.save(), await ours.save()]
    expectClose(saved.weights, expected.weights)
    expectClose(saved.optimizer, expected.optimizer)
    expect(saved.steps).toBe(5)
    const trained = Object.keys(initial.weights).filter((name) => name !== 'global_bias')
    for (const name of trained) expect(saved.weights[name]!.values).not.toEqual(initial.weights[name]!.values)
    const batch = batchOfRows(one.encoded, 0, 20)
    const [outputs, expectedOutputs] = [await stock.predict(batch), await ours.predict(batch)]
    for (const [i, value] of expectedOutputs.entries()) expect(outputs[i]).toBeCloseTo(value, 5)
    stock.dispose()
    ours.dispose()
  })
})

it.each(modelCases({ optimizer: { type: 'adam', learningRate: 0.01 } }))(
  'goes on from a checkpoint of our kernels, and keeps no tensor: $name',
  async (one) => {
    const start = memory().numTensors
    const [ours, stock] = [createModel(one.encoded, one.experiment), createStockModel(one.encoded, one.experiment)]
    train(ours, one, 3)
    stock.restore(await ours.save())
    for (const model of [stock, ours]) train(model, one, 3)
    expectClose((await stock.save()).weights, (await ours.save()).weights)
    for (const model of [stock, ours]) model.dispose()
    expect(memory().numTensors).toBe(start)
  },
)

it.each(modelCases())('clips rows that are longer than max_norm as our kernels do: $name', async (one) => {
  const columns = one.experiment.columns.map((column) =>
    column.type === 'embedding' ? { ...column, maxNorm: 0.4 } : column,
  )
  const experiment = { ...one.experiment, columns }
  const [stock, ours, free] = [
    createStockModel(one.encoded, experiment),
    createModel(one.encoded, experiment),
    createModel(one.encoded, one.experiment),
  ]
  for (const model of [stock, ours, free]) train(model, one, 5)
  const [saved, expected, unclipped] = [await stock.save(), await ours.save(), await free.save()]
  expectClose(saved.weights, expected.weights)
  expect(saved.weights).not.toEqual(unclipped.weights)
  for (const model of [stock, ours, free]) model.dispose()
})

it.each(modelCases({ l2: 0.01 }).map(weightedCase))('weighs lookups as our kernels do: $name', async (one) => {
  const plain = one.encoded.categorical.map(({ weights: _, ...column }) => column)
  const [stock, ours, unweighted] = [
    createStockModel(one.encoded, one.experiment),
    createModel(one.encoded, one.experiment),
    createModel({ ...one.encoded, categorical: plain }, one.experiment),
  ]
  for (const model of [stock, ours]) train(model, one, 5)
  train(unweighted, { ...one, encoded: { ...one.encoded, categorical: plain } }, 5)
  const [saved, expected] = [await stock.save(), await ours.save()]
  expectClose(saved.weights, expected.weights)
  expect(saved.weights).not.toEqual((await unweighted.save()).weights)
  for (const model of [stock, ours, unweighted]) model.dispose()
})

it('is loaded by no part of the page', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file))
  const loading = files.filter((file) =>
    /from '[^']*\/stock(Model|Network|Optimizer|Variable)'/.test(readFileSync(join('src', file), 'utf8')),
  )
  expect(loading).toContain('model/stockModel.ts')
  expect(loading.filter((file) => !/\.test\.ts$|^model\/stock/.test(file))).toEqual([])
})
