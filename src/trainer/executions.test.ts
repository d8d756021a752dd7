import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { EncodedData } from '../columns/sparseBatch'
import { createFusedModel } from '../engine/cpu/createFusedModel'
import type { EmbeddingColumn, Experiment } from '../experiment/experiment'
import { ModelError } from '../model/modelError'
import { createSyntheticData, embeddingOfKey, experimentOf } from '../model/syntheticData'
import { createExecutions } from './executions'

const webgpu = vi.hoisted(() => ({ create: vi.fn() }))

// A graphics card that is not here.
vi.mock('../engine/webgpu/createWebgpuTrainable', () => ({ createWebgpuTrainable: webgpu.create }))
vi.mock('../model/backends', async (original) => ({
  ...(await original<typeof import('../model/backends')>()),
  useBackend: () => Promise.resolve(),
  probeBackends: () =>
    Promise.resolve([
      { name: 'webgpu', available: true, software: false, detail: 'a graphics card', reason: null },
      { name: 'wasm', available: true, software: false, detail: 'SIMD', reason: null },
    ]),
}))

const encoded = createSyntheticData({
  rows: 200,
  categorical: [{ name: 'a', buckets: 20 }],
  task: 'regression',
  outputs: 1,
})
const experiment = experimentOf({
  columns: [embeddingOfKey('a', 20, 2)],
  model: { type: 'tabular', hiddenUnits: [], activation: 'relu' },
  label: { task: 'regression', targets: [{ column: 'y0', transform: 'none', standardize: false }] },
})
const pairs = createSyntheticData({
  rows: 200,
  categorical: [
    { name: 'a', buckets: 20, multi: false },
    { name: 'b', buckets: 30, multi: false },
  ],
  task: 'regression',
  outputs: 1,
})
const pairColumns = [embeddingOfKey('a', 20, 2), embeddingOfKey('b', 30, 2)]
const frozen = (column: EmbeddingColumn): EmbeddingColumn => ({ ...column, trainable: false })
const oneByOne: Experiment = {
  ...experiment,
  columns: pairColumns,
  model: { type: 'dotProduct', user: 'a', item: 'b', biases: true },
  optimizer: { type: 'rowAdagrad', learningRate: 0.1 },
  batchSize: 1,
}
const onCpu = (data: EncodedData, asked: Experiment) => Promise.resolve(createFusedModel(data, asked))
/** Every look at the clock finds it 5 ms further: both are equally fast. */
function create(data = encoded, asked = experiment) {
  let ms = 0
  return createExecutions('', () => (ms += 5)).create(data, asked)
}

beforeEach(() => void webgpu.create.mockReset())

describe('the choice between a graphics card and the CPU', () => {
  it('is the graphics card where it is measured to be no slower', async () => {
    webgpu.create.mockImplementation(onCpu)
    const { backend, reason, model } = await create()
    expect(backend).toBe('webgpu')
    expect(reason).toMatch(/measured on this model, [\d.]+ ?\w? examples\/s on WebGPU and .* on WebAssembly/)
    model.dispose()
  })

  it('is the CPU, in the words of the device, for a table that the device cannot bind', async () => {
    webgpu.create.mockRejectedValue(new ModelError('a_embedding needs 160 bytes; this device binds 128.', 'columns.0'))
    const { backend, reason, model } = await create()
    expect(backend).toBe('wasm')
    expect(reason).toBe('WebAssembly on the CPU: a_embedding needs 160 bytes; this device binds 128.')
    model.dispose()
  })

  it('is the CPU for one example at a time, on one thread where a page is not isolated', async () => {
    const { backend, reason, threads, model } = await create(pairs, oneByOne)
    expect(backend).toBe('wasm')
    expect(threads).toBe(1)
    expect(reason).toBe(
      'WebAssembly on the CPU: one example at a time is too little work for a graphics card. One thread: threads need a page that is cross-origin isolated.',
    )
    expect(webgpu.create).not.toHaveBeenCalled()
    model.dispose()
  })

  it('is the graphics card for one example at a time where a person chose it, who is told', async () => {
    webgpu.create.mockImplementation(onCpu)
    const { backend, reason, model } = await create(pairs, { ...oneByOne, backend: 'webgpu' })
    expect(backend).toBe('webgpu')
    expect(reason).toMatch(/^Chosen by hand.*\. But one example at a time is too little work for a graphics card\./)
    model.dispose()
  })

  it.each([
    [{ optimizer: { type: 'adam', learningRate: 0.1 } }, 'steps of Adam (TensorFlow 1) are not shared out'],
    [{ optimizer: { type: 'adagrad', learningRate: 0.1, flavor: 'keras' } }, 'steps of Adagrad (Keras 3) are not'],
    [{ columns: [frozen(pairColumns[0]!), pairColumns[1]!] }, 'the vectors of a stand still'],
  ] as const)('says why single examples are trained on one thread: %j', async (change, why) => {
    const { reason, threads, model } = await create(pairs, { ...oneByOne, backend: 'wasm', ...change } as Experiment)
    expect(threads).toBe(1)
    expect(reason).toContain(` One thread: ${why}`)
    model.dispose()
  })

  it('hides no other fault', async () => {
    webgpu.create.mockRejectedValue(new Error('a fault of the program'))
    await expect(create()).rejects.toThrow('a fault of the program')
  })
})
