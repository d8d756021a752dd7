import type { StoredBlob } from './lab'

/** The checkpoint with the most steps among the stored blobs; null: none is there. */
export function latestCheckpoint(stored: readonly StoredBlob[]): { path: string; step: number } | null {
  let best: { path: string; step: number } | null = null
  for (const { name } of stored) {
    const step = Number(name.match(/\/model\.ckpt-(\d+)\./)?.[1] ?? Number.NaN)
    if (step > (best?.step ?? -1)) best = { path: name, step }
  }
  return best
}
