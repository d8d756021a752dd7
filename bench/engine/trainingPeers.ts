import { z } from 'zod'
import { type PythonPeer, startPeer } from './pythonPeer'
import type { Contestant } from './race'

const round = z.object({ ms: z.number(), loss: z.number() })
const description = z.object({ name: z.string(), threads: z.number() })

export interface TorchSetting {
  model: 'dotProduct' | 'network'
  k: number
  batch: number
  optimizer: 'adagrad' | 'adam'
  rate: number
}

/** The fastest variant of a Python peer for one setting. */
export interface BestPeer extends Contestant {
  name: string
}

/** PyTorch on the data in `folder`. Null, with a message, where it is not installed. */
export async function startTorch(folder: string, users: number, items: number) {
  const peer = await startPeer('torch_minibatch.py', ['numpy', 'torch'])
  if (!peer) return null
  const { name, threads } = await peer.call('describe', {}, description)
  await peer.call('load', { folder, users, items }, z.null())
  const variants = ['dense', 'fused', 'sparse'].flatMap((variant) =>
    [...new Set([1, threads])].map((count) => ({ variant, threads: count })),
  )
  return {
    best: (setting: TorchSetting) =>
      fastest(
        peer,
        name,
        variants.map((variant) => ({ ...setting, ...variant })),
      ),
    close: peer.close,
  }
}

/** Keras on JAX; otherwise the same. */
export async function startKeras(folder: string, users: number, items: number) {
  const peer = await startPeer('keras_network.py', ['jax', 'keras', 'numpy'])
  if (!peer) return null
  const { name } = await peer.call('describe', {}, description)
  await peer.call('load', { folder, users, items }, z.null())
  return {
    best: (setting: Omit<TorchSetting, 'model'>) =>
      fastest(
        peer,
        name,
        [1, 16].map((steps_per_execution) => ({ ...setting, steps_per_execution })),
      ),
    close: peer.close,
  }
}

/** Tries each variant for some steps after a warm-up, and leaves the process with the fastest. */
async function fastest(peer: PythonPeer, name: string, variants: readonly object[]): Promise<BestPeer> {
  const run = async (steps: number) => (await peer.call('round', { steps }, round)).ms
  const times: number[] = []
  for (const variant of variants) {
    await peer.call('start', variant, z.null())
    const first = await run(32)
    await run(32)
    times.push(await run(Math.max(32, Math.min(2000, Math.ceil(200 / first)))))
  }
  const best = times.indexOf(Math.min(...times))
  await peer.call('start', variants[best]!, z.null())
  return { name: `${name}, ${wordsOf(variants[best]!)}`, run }
}

/** What tells a variant from the others. */
function wordsOf(variant: object): string {
  return Object.entries(variant)
    .flatMap(([key, value]) => {
      if (key === 'variant') return [String(value)]
      if (key === 'threads') return [value === 1 ? '1 thread' : `${value} threads`]
      return key === 'steps_per_execution' ? [`${value} a call`] : []
    })
    .join(', ')
}
