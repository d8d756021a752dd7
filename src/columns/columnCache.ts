/** Encoded parts of a data set, kept so that changing a dimension or an optimizer encodes nothing again. */
export interface ColumnCache {
  /** The value of `key` if it is there, else what `make` gives. `bytes` is its size in memory. */
  get<T>(key: string, make: () => T, bytes: (value: T) => number): T
  clear(): void
}

/** Holds up to `maxBytes`; what was not asked for longest goes first. Keys must say everything that the value depends on. */
export function createColumnCache(maxBytes = 512 * 1024 * 1024): ColumnCache {
  const entries = new Map<string, { value: unknown; bytes: number }>()
  let total = 0
  return {
    get<T>(key: string, make: () => T, bytes: (value: T) => number): T {
      const held = entries.get(key)
      if (held) {
        entries.delete(key)
        entries.set(key, held)
        return held.value as T
      }
      const value = make()
      const size = bytes(value)
      entries.set(key, { value, bytes: size })
      total += size
      for (const [oldest, entry] of entries) {
        if (total <= maxBytes || oldest === key) break
        entries.delete(oldest)
        total -= entry.bytes
      }
      return value
    },
    clear() {
      entries.clear()
      total = 0
    },
  }
}
