import { instantiate } from '../../kernels/simd/simdHeap'
import type { ThreadStart } from './sampleThreads'

/** A thread of the sample trainer: says that it is there, then trains until `control` tells it to end. */
self.onmessage = ({ data: { memory, control, scratch } }: MessageEvent<ThreadStart>) => {
  const kernels = instantiate(memory, true)
  self.postMessage('ready')
  kernels.serveBlocks(control, scratch)
  self.close()
}
