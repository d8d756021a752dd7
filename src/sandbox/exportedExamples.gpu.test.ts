import { setBackend } from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { memoryStorage } from '../estimator/checkpointStorage'
import { loadExported } from '../estimator/graph/loadExported'
import { setHost } from '../estimator/host'
import { batchesOf } from '../estimator/inputFn'
import { ModeKeys } from '../estimator/modeKeys'
import { useBackend as startBackend } from '../model/backends'
import { examples } from '../ui/custom/examples'
import { openPageData } from './pageData'
import type { SandboxRequest } from './protocol'
import { firstBatch, trainExample } from './trainExample'

const adapter = await navigator.gpu?.requestAdapter()
const storage = memoryStorage()
let restore = () => {}

describe.skipIf(!adapter)('an exported model on webgpu', () => {
  beforeAll(async () => {
    await startBackend('webgpu', { wasmPaths: '' })
    await startBackend('cpu', { wasmPaths: '' })
    vi.spyOn(console, 'log').mockImplementation(() => {})
    const ask = async (request: SandboxRequest) => {
      const answer = await fetch(`/${'name' in request ? request.name : ''}`)
      return new Uint8Array(await answer.arrayBuffer())
    }
    restore = setHost({ storage, openData: (name) => openPageData(name, { ask, settle: () => {} }) })
  })
  afterAll(() => {
    restore()
    vi.restoreAllMocks()
  })

  it.each(examples)('of $title answers as predict does in plain JavaScript', { timeout: 120_000 }, async ({ code }) => {
    await setBackend('cpu')
    const [model, , { inputFn }] = await trainExample(code, 4)
    const rows = firstBatch(inputFn)
    const expected: number[] = []
    for await (const row of model.predict({ inputFn: rows })) expected.push(...Object.values(row)[0]!)
    await setBackend('webgpu')
    const warn = vi.spyOn(console, 'warn')
    const { tensors } = await loadExported(storage, `${model.modelDir}/export/latest/4`)
    for await (const { features } of batchesOf(rows, { mode: ModeKeys.PREDICT, startStep: 0 })) {
      // Twice: the first time takes weights and constants to the graphics card.
      for (const answer of [tensors(features), tensors(features)]) {
        const answered = await Object.values(answer)[0]!.data()
        expect(answered).toHaveLength(expected.length)
        const off = expected.map((value, i) => Math.abs(value - answered[i]!))
        expect(Math.max(...off)).toBeLessThan(1e-4)
      }
    }
    expect(new Set(expected).size).toBeGreaterThan(1)
    // Of shapes that wait for the graphics card.
    expect(warn).not.toHaveBeenCalled()
  })
})
