/**
 * Where checkpoints, event files and exported models lie: named byte blobs, as a small file system without folders.
 * Names are paths: `model/checkpoint-100.safetensors`.
 */
export interface CheckpointStorage {
  /** Replaces a blob of that name. The bytes may be a view: store a copy. */
  save(name: string, bytes: Uint8Array): Promise<void>
  /** null: there is none of that name. */
  load(name: string): Promise<Uint8Array | null>
  /** Names that start with `prefix`, in any order. */
  list(prefix: string): Promise<string[]>
  /** Does nothing where there is none. */
  delete(name: string): Promise<void>
}

/** Blobs in memory, gone with it. */
export function memoryStorage(): CheckpointStorage {
  const blobs = new Map<string, Uint8Array>()
  return {
    save: async (name, bytes) => void blobs.set(name, bytes.slice()),
    load: async (name) => blobs.get(name)?.slice() ?? null,
    list: async (prefix) => [...blobs.keys()].filter((name) => name.startsWith(prefix)),
    delete: async (name) => void blobs.delete(name),
  }
}
