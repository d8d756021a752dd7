import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { EncodedData } from '../columns/sparseBatch'
import { createFusedModel } from '../engine/cpu/createFusedModel'
import type { Experiment } from '../experiment/experiment'
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
const onCpu = (data: EncodedData, asked: Experiment) => Promise.resolve(createFusedModel(data, asked))
/** Every look at the clock finds it 5 ms further: both are equally fast. */
function create() {
  let ms = 0
  return createExecutions('', () => (ms += 5)).create(encoded, experiment)
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

  it('hides no other fault', async () => {
    webgpu.create.mockRejectedValue(new Error('a fault of the program'))
    await expect(create()).rejects.toThrow('a fault of the program')
  })
})
