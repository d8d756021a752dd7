import { readFile } from 'node:fs/promises'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { readPublicFile } from '../src/data/builtin/readPublicFile'
import * as estimator from '../src/estimator/api'
import { memoryStorage } from '../src/estimator/checkpointStorage'
import { setHost } from '../src/estimator/host'
import type { Evaluated, SpecParts } from '../src/estimator/runObserver'
import { compileCode } from '../src/sandbox/compileCode'
import { openPageData } from '../src/sandbox/pageData'
import { setDrawSeries, showSeries } from '../src/sandbox/playgroundApi'
import type { SandboxRequest, Series } from '../src/sandbox/protocol'
import { runCode } from '../src/sandbox/runCode'
import { startBackend } from '../src/sandbox/startBackend'
import { type ExampleName, examples } from '../src/ui/custom/examples'

/** Steps that are enough to see each learn, and the metric that must get better: down or up. */
const trials: Record<ExampleName, { steps: number; metric: string; better: (first: number, last: number) => boolean }> =
  {
    lstm: { steps: 100, metric: 'rmse', better: (first, last) => last < first },
    wideDeep: { steps: 100, metric: 'average_loss', better: (first, last) => last < first },
    keras: { steps: 100, metric: 'auc', better: (first, last) => last > first + 0.01 && last > 0.7 },
    titles: { steps: 200, metric: 'auc', better: (first, last) => last > first + 0.03 },
  }

const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'
beforeAll(async () => {
  expect(await startBackend(new Uint8Array(await readFile(wasm)), () => {})).toBe('wasm')
})

const evaluations: Evaluated[] = []
const specs: SpecParts[] = []
const series: Series[] = []
let restore = () => {}

/** Runs on a storage of its own. */
async function restart(f: () => Promise<void>): Promise<void> {
  const former = setHost({ storage: memoryStorage() })
  await f().finally(former)
}

beforeEach(() => {
  evaluations.length = specs.length = series.length = 0
  vi.spyOn(console, 'log').mockImplementation(() => {})
  setDrawSeries((one) => series.push(one))
  const ask = async (request: SandboxRequest) =>
    new Uint8Array(await readPublicFile('name' in request ? request.name : ''))
  restore = setHost({
    storage: memoryStorage(),
    observer: { evaluated: (event) => void evaluations.push(event), spec: (parts) => void specs.push(parts) },
    openData: (name) => openPageData(name, { ask, settle: () => {} }),
  })
})
afterEach(() => {
  restore()
  vi.restoreAllMocks()
})

async function run(code: string, steps: number): Promise<void> {
  const compiled = compileCode(code.replace(/const STEPS = \d+/, `const STEPS = ${steps}`))
  if (!compiled.ok) throw new Error(compiled.message)
  await runCode(compiled.code, { estimator, playground: { showSeries } })
}

describe.each(examples)('the example $title', ({ name, code }) => {
  it('runs, and its metric gets better', { timeout: 60_000 }, async () => {
    const { steps, metric, better } = trials[name]
    await run(code, steps)
    const values = evaluations.map((event) => event.metrics[metric] ?? Number.NaN)
    expect(values.length).toBeGreaterThan(1)
    expect(values).toSatisfy(([first, ...rest]: number[]) => better(first!, rest.at(-1)!))
    expect(new Set(specs.map(({ mode }) => mode))).toContain('train')
    if (name === 'lstm') expect(series[0]?.lines.map(({ values }) => values.length)).toEqual([168, 168])
  })

  it('gives the same answers to the bit again', { timeout: 60_000 }, async () => {
    const of = async () => {
      evaluations.length = 0
      await restart(() => run(code, 50))
      return evaluations.map(({ metrics }) => metrics)
    }
    expect(await of()).toEqual(await of())
  })
})
