/** What a thread is given: memory that it shares, and addresses in it. */
export interface ThreadStart {
  memory: WebAssembly.Memory
  control: number
  scratch: number
}

/** Resolves when the thread waits for work; rejects where it cannot be had. `closed` resolves when it is gone. */
export type StartThread = (start: ThreadStart) => Promise<{ closed: Promise<void> }>

/** In a browser, where the page is cross-origin isolated. `serveBlocks` ends the thread by itself. */
export const startWorkerThread: StartThread = (start) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./sampleThread.worker.ts', import.meta.url), { type: 'module' })
    worker.onmessage = () => resolve({ closed: Promise.resolve() })
    worker.onerror = ({ message }) => {
      worker.terminate()
      reject(new Error(`A training thread did not start: ${message}`))
    }
    worker.postMessage(start)
  })
