import * as estimator from '../estimator/api'
import { assertNever } from '../lib/assertNever'
import { closeNetwork } from './closeNetwork'
import { failureAt } from './failureAt'
import { showSeries } from './playgroundApi'
import type { Post } from './post'
import type { SandboxCommand } from './protocol'
import { runCode } from './runCode'
import { createRunReports } from './runReports'
import { startBackend } from './startBackend'

const NO_WASM =
  'This browser has no WebAssembly with SIMD: the model computes in plain JavaScript, several times slower.'

export interface Session {
  handle(command: SandboxCommand): void
  /** Something was thrown that the code did not catch. */
  fail(error: unknown): void
}

/** One run of one piece of code. */
export function startSession(send: Post): Session {
  Error.stackTraceLimit = 50
  const stopping = new AbortController()
  const { post, requests, backend, observer, underWay, sendRest } = createRunReports(send, stopping.signal)
  closeNetwork(globalThis)

  async function prepare(wasm: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      if ((await startBackend(wasm, backend.borrowed)) === 'cpu') console.warn(NO_WASM)
      backend.look()
      post({ type: 'ready' })
    } catch (error) {
      fail(error)
    }
  }
  async function run(code: string): Promise<void> {
    try {
      await runCode(code, { estimator, playground: { showSeries } })
      await underWay.ended()
    } catch (error) {
      if (!stopping.signal.aborted) return fail(error)
      sayAfterStop(error, stopping.signal)
    }
    await observer.flush()
    backend.look()
    sendRest()
    post({ type: 'done' })
  }
  function fail(error: unknown): void {
    if (stopping.signal.aborted) {
      sayAfterStop(error, stopping.signal)
      return
    }
    observer.sendSteps()
    sendRest()
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

/** An evaluation that was broken off, or code that needs its answer: a person who stops a run has not found a fault. */
function sayAfterStop(error: unknown, { reason }: AbortSignal): void {
  if (error !== reason) console.info(`After it was stopped: ${failureAt(error).message}`)
}
