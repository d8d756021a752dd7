import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url'
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url'
import threadedWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url'
import type { TrainerCommand, TrainerEvent } from '../protocol/trainer'
import { createScheduler } from '../trainer/scheduler'
import { createTrainer } from '../trainer/trainer'

/** The page's folder comes in the worker's name: the worker itself lies in another one. */
const pageUrl = self.name

async function read(path: string): Promise<ArrayBuffer> {
  const response = await fetch(new URL(path, pageUrl))
  if (!response.ok) throw new Error(`${path}: ${response.status} ${response.statusText}`)
  return response.arrayBuffer()
}

const trainer = createTrainer(
  (event: TrainerEvent, transfer: Transferable[] = []) => self.postMessage(event, { transfer }),
  {
    read,
    scheduler: createScheduler(),
    now: () => performance.now(),
    wasmPaths: {
      'tfjs-backend-wasm.wasm': plainWasm,
      'tfjs-backend-wasm-simd.wasm': simdWasm,
      'tfjs-backend-wasm-threaded-simd.wasm': threadedWasm,
    },
  },
)

self.onmessage = ({ data }: MessageEvent<TrainerCommand>) => trainer.handle(data)
