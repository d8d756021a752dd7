import { readFile } from 'node:fs/promises'
import { setBackend } from '@tensorflow/tfjs-core'
import { readPublicFile } from '../../src/data/builtin/readPublicFile'
import * as estimator from '../../src/estimator/api'
import { memoryStorage } from '../../src/estimator/checkpointStorage'
import { setHost } from '../../src/estimator/host'
import { compileCode } from '../../src/sandbox/compileCode'
import { openPageData } from '../../src/sandbox/pageData'
import { setDrawSeries, showSeries } from '../../src/sandbox/playgroundApi'
import { runCode } from '../../src/sandbox/runCode'
import { startBackend } from '../../src/sandbox/startBackend'

export interface ExampleSteps {
  /** Its file in `src/ui/custom/examples`. */
  example: string
  /** Median steps a second, of all rounds. */
  wasm: number
  cpu: number
  /** wasm over cpu in each round. */
  ratios: number[]
}

const files = ['lstmTraffic', 'wideAndDeep', 'kerasWatchHistories', 'titleWords']
const wasmFile = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'
/** The first ones compile. */
const WARM_STEPS = 10
const STEPS = 30

/** The examples of the *Custom model* lab as the sandbox runs them, in WebAssembly and in plain JavaScript, in turn. */
export async function timeExamples(rounds: number): Promise<ExampleSteps[]> {
  const started = await startBackend(new Uint8Array(await readFile(wasmFile)), () => {})
  if (started !== 'wasm') throw new Error('There is no WebAssembly with SIMD here.')
  const results: ExampleSteps[] = []
  for (const example of files) {
    const times: { wasm: number; cpu: number }[] = []
    for (let round = 0; round < rounds; round++) {
      times.push({ wasm: await stepsPerSecond(example, 'wasm'), cpu: await stepsPerSecond(example, 'cpu') })
    }
    results.push({
      example,
      wasm: median(times.map(({ wasm }) => wasm)),
      cpu: median(times.map(({ cpu }) => cpu)),
      ratios: times.map(({ wasm, cpu }) => wasm / cpu),
    })
  }
  return results
}

async function stepsPerSecond(example: string, backend: 'wasm' | 'cpu'): Promise<number> {
  await setBackend(backend)
  const stepMs: number[] = []
  const stopping = new AbortController()
  const ask = async (request: { op: string; name?: string }) => new Uint8Array(await readPublicFile(request.name ?? ''))
  const restore = setHost({
    storage: memoryStorage(),
    signal: stopping.signal,
    observer: {
      stepped(step) {
        stepMs.push(step.stepMs)
        if (stepMs.length === WARM_STEPS + STEPS) stopping.abort()
      },
    },
    openData: (name) => openPageData(name, { ask, settle: () => {} }),
  })
  setDrawSeries(() => {})
  const log = console.log
  console.log = () => {}
  try {
    const source = await readFile(`src/ui/custom/examples/${example}.ts`, 'utf8')
    const compiled = compileCode(source.replace(/saveCheckpointsSteps: \d+/, 'saveCheckpointsSteps: 1_000_000'))
    if (!compiled.ok) throw new Error(compiled.message)
    await runCode(compiled.code, { estimator, playground: { showSeries } })
  } catch (error) {
    // The evaluation that follows is broken off.
    if (!stopping.signal.aborted) throw error
  } finally {
    console.log = log
    restore()
  }
  return 1000 / median(stepMs.slice(WARM_STEPS))
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
