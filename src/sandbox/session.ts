import * as estimator from '../estimator/api'
import { setHost } from '../estimator/host'
import { assertNever } from '../lib/assertNever'
import { captureConsole } from './captureConsole'
import { closeNetwork } from './closeNetwork'
import { failureAt } from './failureAt'
import { openPageData } from './pageData'
import { createPageObserver } from './pageObserver'
import { createPageRequests } from './pageRequests'
import { pageStorage } from './pageStorage'
import { setDrawSeries, showSeries } from './playgroundApi'
import type { Post } from './post'
import type { SandboxCommand } from './protocol'
import { runCode } from './runCode'
import { startBackend } from './startBackend'
import { createBackendTeller } from './tellBackend'

const ALIVE_INTERVAL_MS = 400
const NO_WASM =
  'This browser has no WebAssembly with SIMD: the model computes in plain JavaScript, several times slower.'

export interface Session {
  handle(command: SandboxCommand): void
  /** Something was thrown that the code did not catch. */
  fail(error: unknown): void
}

/** One run of one piece of code. */
export function startSession(post: Post): Session {
  Error.stackTraceLimit = 50
  const now = () => performance.now()
  const requests = createPageRequests(post)
  const backend = createBackendTeller(post)
  const observer = createPageObserver(post, now, backend.look)
  const stopping = new AbortController()
  setHost({
    storage: pageStorage(requests),
    observer,
    now,
    signal: stopping.signal,
    openData: (name) => openPageData(name, requests),
  })
  setDrawSeries((series) => post({ type: 'series', series }))
  const tellLeftOut = captureConsole(post, now)
  setInterval(() => post({ type: 'alive' }), ALIVE_INTERVAL_MS)

  closeNetwork(globalThis)

  async function prepare(wasm: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      const started = await startBackend(wasm, backend.borrowed)
      if (started === 'cpu') console.warn(NO_WASM)
      backend.look()
      post({ type: 'ready' })
    } catch (error) {
      fail(error)
    }
  }

  async function run(code: string): Promise<void> {
    try {
      await runCode(code, { estimator, playground: { showSeries } })
    } catch (error) {
      if (!stopping.signal.aborted) return fail(error)
      // An evaluation that was broken off, or code that needs its answer: a person who stops a run has not found a fault.
      if (error !== stopping.signal.reason) console.info(`After it was stopped: ${failureAt(error).message}`)
    }
    await observer.flush()
    backend.look()
    tellLeftOut()
    post({ type: 'done' })
  }
  function fail(error: unknown): void {
    observer.sendSteps()
    tellLeftOut()
    post({ type: 'failed', ...failureAt(error) })
  }
  return {
    handle(command) {
      switch (command.type) {
        case 'prepare':
          void prepare(command.wasm)
          return
        case 'run':
          void run(command.code)
          return
        case 'stop':
          return stopping.abort()
        case 'watch':
          return observer.watch(command.table)
        case 'answer':
        case 'refusal':
          return requests.settle(command)
        default:
          assertNever(command)
      }
    },
    fail,
  }
}
