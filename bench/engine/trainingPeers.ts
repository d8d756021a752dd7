import { z } from 'zod'
import { median } from './engineRow'
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

/** A variant of a Python peer for one setting. */
export interface PeerVariant extends Contestant {
  name: string
}

/** PyTorch on the data in `folder`. Null, with a message, where it is not installed. */
export async function startTorch(folder: string, users: number, items: number) {
  const peer = await startPeer('torch_minibatch.py', ['numpy', 'torch'])
  if (!peer) return null
  const { name, threads } = await peer.call('describe', {}, description)
  await peer.call('load', { folder, users, items }, z.null())
  const variants = ['dense', 'fused', 'sparse']
  return {
    /** The fastest variant for each number of threads: how well two do depends on what else runs, so both are raced. */
    async best(setting: TorchSetting): Promise<PeerVariant[]> {
      const best: PeerVariant[] = []
      for (const count of new Set([1, threads])) {
        const own = variants.map((variant) => ({ ...setting, variant, threads: count }))
        best.push(await fastest(peer, name, `${count} threads`, own))
      }
      return best
    },
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
    async best(setting: Omit<TorchSetting, 'model'>): Promise<PeerVariant[]> {
      const variants = [1, 16].map((steps_per_execution) => ({ ...setting, steps_per_execution }))
      return [await fastest(peer, name, 'best', variants)]
    },
    close: peer.close,
  }
}

/** Tries each variant for some steps after a warm-up, and leaves the fastest in `slot`. */
async function fastest(
  peer: PythonPeer,
  name: string,
  slot: string,
  variants: readonly object[],
): Promise<PeerVariant> {
  const run = async (steps: number) => (await peer.call('round', { slot, steps }, round)).ms
  const times: number[] = []
  for (const variant of variants) {
    await peer.call('start', { slot, ...variant }, z.null())
    const first = await run(32)
    await run(32)
    times.push(await run(Math.max(32, Math.min(2000, Math.ceil(200 / first)))))
  }
  const best = variants[times.indexOf(Math.min(...times))]!
  await peer.call('start', { slot, ...best }, z.null())
  return { name: `${name}, ${wordsOf(best)}`, run }
}

/** Of several variants of a peer in a race, the one with the lowest median, by its place. */
export function fastestOf(times: readonly number[][]): number {
  const medians = times.map(median)
  return medians.indexOf(Math.min(...medians))
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
