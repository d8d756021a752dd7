import { Worker } from 'node:worker_threads'
import { threads } from '../../kernels/simd/compiled'
import type { StartThread, Threads } from './sampleThreads'

/** sampleThread.worker.ts for Node, which reads no TypeScript: tests and measurements only. */
const code = `
const { parentPort, workerData } = require('node:worker_threads')
const { memory, control, scratch, kernels } = workerData
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernels), { env: { memory } })
parentPort.postMessage('ready')
exports.serveBlocks(control, scratch)
parentPort.close()
`

/** A thread of Node's, see `StartThread`. */
const startNodeThread: StartThread = (start) =>
  new Promise((resolve, reject) => {
    const kernels = Uint8Array.from(atob(threads), (c) => c.charCodeAt(0))
    const worker = new Worker(code, { eval: true, workerData: { ...start, kernels } })
    worker.once('message', () => resolve())
    worker.once('error', reject)
  })

/** `count` threads, the caller's among them. */
export const nodeThreads = (count: number): Threads => ({
  extra: count - 1,
  startThread: startNodeThread,
  missing: null,
})
