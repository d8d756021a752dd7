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
  return {
    extra: isolated && cores > 1 ? Math.max(1, cores - 2) : 0,
    startThread: startWorkerThread,
    missing: isolated ? null : 'threads need a page that is cross-origin isolated',
  }
}

const startWorkerThread: StartThread = (start) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sampleThread.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = () => resolve()
    worker.onerror = ({ message }) => {
      worker.terminate()
      reject(new Error(`a training thread did not start (${message || 'its script did not load'})`))
    }
    worker.postMessage(start)
  })
