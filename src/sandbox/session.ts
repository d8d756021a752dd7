import * as estimator from '../estimator/api'
import { setHost } from '../estimator/host'
import { assertNever } from '../lib/assertNever'
import { captureConsole } from './captureConsole'
import { closeNetwork } from './closeNetwork'
import { failureAt } from './failureAt'
import { createPace } from './pace'
import { openPageData } from './pageData'
import { createPageObserver } from './pageObserver'
import { createPageRequests, type PageRequests } from './pageRequests'
import { pageStorage } from './pageStorage'
import { setDrawSeries, showSeries } from './playgroundApi'
import type { Post } from './post'
import type { SandboxCommand } from './protocol'
import { runCode } from './runCode'
import { createSeriesSender } from './seriesSender'
import { startBackend } from './startBackend'
import { createBackendTeller } from './tellBackend'
import { createUnderWay } from './underWay'

const ALIVE_INTERVAL_MS = 400
const NO_WASM =
  'This browser has no WebAssembly with SIMD: the model computes in plain JavaScript, several times slower.'

export interface Session {
  handle(command: SandboxCommand): void
  /** Something was thrown that the code did not catch. */
  fail(error: unknown): void
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** One run of one piece of code. */
export function startSession(send: Post): Session {
  Error.stackTraceLimit = 50
  const stopping = new AbortController()
  const reports = createReports(send, stopping.signal)
  const { post, backend, observer, requests } = reports
  setInterval(() => {
    reports.drawn.flush()
    post({ type: 'alive' })
  }, ALIVE_INTERVAL_MS)
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
      await reports.underWay.ended()
    } catch (error) {
      if (!stopping.signal.aborted) return fail(error)
      sayAfterStop(error)
    }
    await observer.flush()
    backend.look()
    reports.sendRest()
    post({ type: 'done' })
  }
  /** An evaluation that was broken off, or code that needs its answer: a person who stops a run has not found a fault. */
  function sayAfterStop(error: unknown): void {
    if (error !== stopping.signal.reason) console.info(`After it was stopped: ${failureAt(error).message}`)
  }
  function fail(error: unknown): void {
    if (stopping.signal.aborted) {
      sayAfterStop(error)
      return
    }
    observer.sendSteps()
    reports.sendRest()
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

/** All that a run says, in the place of the host of `estimator`, of `playground` and of the console. */
function createReports(send: Post, signal: AbortSignal) {
  const now = () => performance.now()
  const pace = createPace(now, sleep)
  const post: Post = (event, transfer) => {
    pace.count()
    send(event, transfer)
  }
  const underWay = createUnderWay(() => sleep(0))
  const { ask, settle } = createPageRequests(send, pace)
  const requests: PageRequests = { ask: (request) => underWay.track(ask(request)), settle }
  const backend = createBackendTeller(post)
  const observer = createPageObserver(post, now, backend.look)
  setHost({
    storage: pageStorage(requests),
    observer,
    now,
    signal,
    pause: () => underWay.track(sleep(0)),
    openData: (name) => underWay.track(openPageData(name, requests)),
  })
  const drawn = createSeriesSender(post, now)
  setDrawSeries(drawn.draw)
  const tellLeftOut = captureConsole(post, now)
  return {
    post,
    requests,
    backend,
    observer,
    drawn,
    underWay,
    sendRest() {
      drawn.flush()
      tellLeftOut()
    },
  }
}
