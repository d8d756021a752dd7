import { Worker } from 'node:worker_threads'
import { threads } from '../../kernels/simd/compiled'
import type { StartThread } from './sampleThreads'

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
export const startNodeThread: StartThread = (start) =>
  new Promise((resolve, reject) => {
    const kernels = Uint8Array.from(atob(threads), (c) => c.charCodeAt(0))
    const worker = new Worker(code, { eval: true, workerData: { ...start, kernels } })
    const closed = new Promise<void>((gone) => worker.once('exit', () => gone()))
    worker.once('message', () => resolve({ closed }))
    worker.once('error', reject)
  })
