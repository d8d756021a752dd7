import { readFile } from 'node:fs/promises'
import type { TrainerCommand } from '../protocol/trainer'
import type { Post } from './post'
import { createScheduler } from './scheduler'
import { createTrainer } from './trainer'

/** A trainer in this thread of Node, `public/` as its page: for tests and measurements. */
export function startNodeTrainer(post: Post) {
  const trainer = createTrainer(post, {
    async read(path) {
      const bytes = await readFile(`public/${path}`)
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    },
    scheduler: createScheduler(),
    now: () => performance.now(),
    wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/',
  })
  return { send: (command: TrainerCommand) => trainer.handle(command), destroy: () => trainer.destroy() }
}
