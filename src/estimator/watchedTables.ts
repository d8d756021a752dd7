import type { Variable } from '@tensorflow/tfjs-core'
import { readTensor } from '../kernels/readTensor'
import { host } from './host'

/** The tables of a training that a host may show. */
export interface WatchedTables {
  watch(variable: Variable, name: string, keys: readonly string[]): void
  /** Before the variables go: what is read from then on are the last values. */
  settle(): Promise<void>
}

export function createWatchedTables(): WatchedTables {
  const watched = new Map<string, { variable: Variable; keys: readonly string[]; last: Float32Array | null }>()
  return {
    watch(variable, name, keys) {
      const known = watched.get(name)
      if (known?.variable === variable) return
      const entry = { variable, keys: [...keys], last: null as Float32Array | null }
      watched.set(name, entry)
      const [rows = 0, dimension = 0] = variable.shape
      const read = async () => entry.last?.slice() ?? readTensor(entry.variable)
      host().observer.tableDeclared?.({ name, keys: entry.keys, rows, dimension, read })
    },
    async settle() {
      for (const entry of watched.values()) entry.last = await readTensor(entry.variable)
    },
  }
}
