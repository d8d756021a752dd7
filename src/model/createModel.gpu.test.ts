import wasmUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import { memory } from '@tensorflow/tfjs-core'
import { describe, expect, it } from 'vitest'
import { everyOptimizer } from '../experiment/everyOptimizer'
import type { BackendName } from '../experiment/experiment'
import { probeBackends, useBackend as startBackend, type WasmPaths } from './backends'
import { createModel } from './createModel'
import { type ModelCase, modelCases } from './modelCases'
import { batchOfRows } from './syntheticData'

const wasmPaths: WasmPaths = {
  'tfjs-backend-wasm.wasm': wasmUrl,
  'tfjs-backend-wasm-simd.wasm': simdUrl,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
}
const infos = await probeBackends()
const available = infos.some(({ name, available }) => name === 'webgpu' && available)

async function trained(backend: BackendName, { encoded, experiment }: ModelCase) {
  await startBackend(backend, { wasmPaths })
  const model = createModel(encoded, experiment)
  const { name, rows, dimension } = model.tables[0]!
  const table = new Float32Array(rows * dimension)
  const losses: number[] = []
  for (let step = 0; step < 5; step++) {
    model.trainStep(batchOfRows(encoded, step * 8, 20))
    losses.push(await model.takeTrainLoss())
    // Each time, so that an old copy of the table would be found out.
    await model.readTable(name, table)
  }
  const saved = await model.save()
  expect(saved.weights[name]!.values).toEqual(table)
  const outputs = await model.predict(batchOfRows(encoded, 0, 20))
  return { model, losses, saved, outputs }
}

function expectNear(actual: ArrayLike<number>, expected: ArrayLike<number>, what: string): void {
  expect(actual.length).toBe(expected.length)
  for (let i = 0; i < expected.length; i++) {
    const off = Math.abs(actual[i]! - expected[i]!)
    expect(off, `${what}[${i}]: ${actual[i]}, expected ${expected[i]}`).toBeLessThan(
      1e-4 + 1e-4 * Math.abs(expected[i]!),
    )
  }
}

describe.skipIf(!available)('models on webgpu', () => {
  it('knows a software adapter for what it is', () => {
    expect(infos[0]).toMatchObject({ name: 'webgpu', software: true })
  })

  const everyModel = ['tf1 adagrad', 'tf1 adam', 'tf1 sgd']
  for (const { name, optimizer } of everyOptimizer(0.05)) {
    const all = modelCases({ optimizer, l2: 0.01 })
    const cases = everyModel.includes(name) ? all : all.slice(1, 3)
    it.each(cases)(`comes to the weights of the cpu in five steps with ${name}: $name`, async (one) => {
      const cpu = await trained('cpu', one)
      const webgpu = await trained('webgpu', one)
      expectNear(webgpu.losses, cpu.losses, 'losses')
      expectNear(webgpu.outputs, cpu.outputs, 'outputs')
      for (const [name, { values }] of Object.entries({ ...cpu.saved.weights, ...cpu.saved.optimizer })) {
        expectNear({ ...webgpu.saved.weights, ...webgpu.saved.optimizer }[name]!.values, values, name)
      }
      webgpu.model.dispose()
    })
  }

  it.each(modelCases())('keeps no tensor of a step, and goes on from a checkpoint: $name', async (one) => {
    const { model, saved } = await trained('webgpu', one)
    const { numTensors } = memory()
    const batch = batchOfRows(one.encoded, 0, 20)
    for (let step = 0; step < 20; step++) model.trainStep(batch)
    await model.takeTrainLoss()
    expect(memory().numTensors).toBe(numTensors)
    const expected = (await model.save()).weights
    model.restore(saved)
    for (let step = 0; step < 20; step++) model.trainStep(batch)
    expect((await model.save()).weights).toEqual(expected)
    model.dispose()
  })

  it('trains on wasm in the browser too', async () => {
    const [one] = modelCases() as [ModelCase]
    const cpu = await trained('cpu', one)
    const wasm = await trained('wasm', one)
    expectNear(wasm.losses, cpu.losses, 'losses')
  })
})
