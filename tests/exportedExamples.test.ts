import { readFile } from 'node:fs/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readPublicFile } from '../src/data/builtin/readPublicFile'
import { type CheckpointStorage, memoryStorage } from '../src/estimator/checkpointStorage'
import { loadExported } from '../src/estimator/graph/loadExported'
import { expectAlike } from '../src/estimator/graph/testExport'
import { setHost } from '../src/estimator/host'
import { batchesOf } from '../src/estimator/inputFn'
import { ModeKeys } from '../src/estimator/modeKeys'
import { openPageData } from '../src/sandbox/pageData'
import type { SandboxRequest } from '../src/sandbox/protocol'
import { startBackend } from '../src/sandbox/startBackend'
import { firstBatch, trainExample } from '../src/sandbox/trainExample'
import { type ExampleName, examples } from '../src/ui/custom/examples'

const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'
beforeAll(async () => {
  expect(await startBackend(new Uint8Array(await readFile(wasm)), () => {})).toBe('wasm')
})

let storage: CheckpointStorage
let restore = () => {}
beforeEach(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {})
  const ask = async (request: SandboxRequest) =>
    new Uint8Array(await readPublicFile('name' in request ? request.name : ''))
  storage = memoryStorage()
  restore = setHost({ storage, openData: (name) => openPageData(name, { ask, settle: () => {} }) })
})
afterEach(() => {
  restore()
  vi.restoreAllMocks()
})

/** What each model is to be given: no more than its features. */
const inputs: Record<ExampleName, Record<string, (number | string)[]>> = {
  lstm: { hours: ['float32', -1, 24] },
  wideDeep: { day: ['int32', -1], hour: ['int32', -1] },
  keras: { films_input: ['int32', -1, 40] },
  titles: { words: ['int32', -1, -1] },
}

describe.each(examples)('the exported model of $title', ({ name, code }) => {
  it('is a graph that TensorFlow.js runs from its files alone, with the answers of predict', {
    timeout: 60_000,
  }, async () => {
    const [model, , { inputFn }] = await trainExample(code, 6)
    const { answer, signatures } = await loadExported(storage, `${model.modelDir}/export/latest/6`)
    expect(Object.keys(signatures)[0]).toBe('serving_default')
    const given = Object.entries(signatures.serving_default!.inputs)
    expect(Object.fromEntries(given.map(([key, { dtype, shape }]) => [key, [dtype, ...shape]]))).toEqual(inputs[name])
    const rows = firstBatch(inputFn)
    const expected: number[] = []
    for await (const row of model.predict({ inputFn: rows })) expected.push(...Object.values(row)[0]!)
    expect(expected.length).toBeGreaterThan(100)
    for await (const { features } of batchesOf(rows, { mode: ModeKeys.PREDICT, startStep: 0 })) {
      expectAlike({ answer: Object.values(answer(features))[0]! }, { answer: expected })
    }
  })
})
