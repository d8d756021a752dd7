import { describe, expect, it } from 'vitest'
import type { BackendInfo } from '../protocol/trainer'
import { chooseBackend, probeBackends } from './backends'

const gpu: BackendInfo = { name: 'webgpu', available: true, software: false, detail: 'Apple M3', reason: null }
const software: BackendInfo = { ...gpu, software: true, detail: 'SwiftShader' }
const noGpu: BackendInfo = { ...gpu, available: false, detail: '', reason: 'This browser has no WebGPU here.' }
const wasm: BackendInfo = { name: 'wasm', available: true, software: true, detail: 'SIMD', reason: null }
const cpu: BackendInfo = { name: 'cpu', available: true, software: true, detail: 'plain JavaScript', reason: null }

describe('auto', () => {
  it('takes WebGPU on hardware', () => {
    expect(chooseBackend('auto', [gpu, wasm, cpu])).toEqual({ name: 'webgpu', reason: 'WebGPU on Apple M3.' })
  })

  it('takes WASM rather than a software adapter, and says why', () => {
    const { name, reason } = chooseBackend('auto', [software, wasm, cpu])
    expect(name).toBe('wasm')
    expect(reason).toBe('WebAssembly on the CPU (SIMD): the only WebGPU adapter (SwiftShader) runs in software.')
  })

  it('takes plain JavaScript where there is nothing else', () => {
    expect(chooseBackend('auto', [noGpu, { ...wasm, available: false }, cpu]).name).toBe('cpu')
  })
})

describe('by hand', () => {
  it('takes a software adapter, with a warning', () => {
    const { name, reason } = chooseBackend('webgpu', [software, wasm, cpu])
    expect(name).toBe('webgpu')
    expect(reason).toContain('software adapter')
  })

  it('says why it could not have what was chosen', () => {
    const { name, reason } = chooseBackend('webgpu', [noGpu, wasm, cpu])
    expect(name).toBe('wasm')
    expect(reason).toContain('WebGPU was chosen, but: This browser has no WebGPU here.')
  })
})

it('finds WASM with SIMD and no WebGPU in Node', async () => {
  const infos = await probeBackends()
  expect(infos.map(({ name, available }) => [name, available])).toEqual([
    ['webgpu', false],
    ['wasm', true],
    ['cpu', true],
  ])
  expect(infos[1]!.detail).toBe('SIMD')
})
