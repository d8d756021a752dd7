import { createSimdHeap, type SimdHeap } from '../../kernels/simd/simdHeap'

/** What a thread is given: memory that it shares, and addresses in it. */
export interface ThreadStart {
  memory: WebAssembly.Memory
  control: number
  scratch: number
}

/** Resolves when the thread waits for work; rejects where it cannot be had. `serveBlocks` ends it. */
export type StartThread = (start: ThreadStart) => Promise<void>

/** Threads that may be had beside the caller's. */
export interface Threads {
  extra: number
  startThread: StartThread
  /** Why there are none. */
  missing: string | null
}

/** Of this page: two, or as many as leave it a core to draw with. */
export function threadsHere(): Threads {
  const { hardwareConcurrency: cores = 1 } = globalThis.navigator ?? {}
  const isolated = globalThis.crossOriginIsolated === true && typeof Worker === 'function'
  const none = (missing: string): Threads => ({ extra: 0, startThread: startWorkerThread, missing })
  if (!isolated) return none('threads need a page that is cross-origin isolated')
  if (cores === 1) return none('this machine has one core')
  return { extra: Math.max(1, cores - 2), startThread: startWorkerThread, missing: null }
}

/** A heap for work in so many parts, and the threads to be had over it: none where their memory is refused. */
export function createThreadedHeap(threads: Threads, parts: number): { heap: SimdHeap; threads: Threads } {
  const extra = Math.min(threads.extra, parts - 1)
  if (extra === 0) {
    const missing = threads.extra > 0 ? 'there are too few rows to share out' : threads.missing
    return { heap: createSimdHeap(), threads: { ...threads, extra, missing } }
  }
  try {
    return { heap: createSimdHeap({ shared: true }), threads: { ...threads, extra } }
  } catch (error) {
    // WebKit on phones sets the most that a shared memory may become aside at once, and has not as much (emscripten#19144).
    if (!(error instanceof RangeError)) throw error
    const missing = 'this browser has no room for the memory that threads share'
    return { heap: createSimdHeap(), threads: { ...threads, extra: 0, missing } }
  }
}

/** A run waits no longer to begin. A thread that is there later takes part from then on. */
const STARTS_WITHIN_MS = 3000

const startWorkerThread: StartThread = (start) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sampleThread.worker.ts', import.meta.url), { type: 'module' })
    const refuse = (why: string) => reject(new Error(`a training thread did not start (${why})`))
    setTimeout(refuse, STARTS_WITHIN_MS, 'its script did not come in time')
    worker.onmessage = () => resolve()
    worker.onerror = ({ message }) => {
      worker.terminate()
      refuse(message || 'its script did not load')
    }
    worker.postMessage(start)
  })
