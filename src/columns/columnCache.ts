/** Encoded parts of a data set, kept so that changing a dimension or an optimizer encodes nothing again. */
export interface ColumnCache {
  /** The value of `key` if it is there, else what `make` gives. `bytes` is its size in memory. */
  get<T>(key: string, make: () => T, bytes: (value: T) => number): T
  /** A new experiment is encoded: what is asked for from now on stays until the next one begins, however much it is. */
  begin(): void
  clear(): void
}

/** Holds up to `maxBytes`, and what the present experiment needs in any case; what was not asked for longest goes first. Keys must say everything that the value depends on. */
export function createColumnCache(maxBytes = 512 * 1024 * 1024): ColumnCache {
  const entries = new Map<string, { value: unknown; bytes: number; round: number }>()
  /** Experiments so far; 0: none has begun, and nothing is kept for it. */
  let round = 0
  let total = 0
  return {
    get<T>(key: string, make: () => T, bytes: (value: T) => number): T {
      const held = entries.get(key)
      if (held) {
        entries.delete(key)
        entries.set(key, { ...held, round })
        return held.value as T
      }
      const value = make()
      const size = bytes(value)
      entries.set(key, { value, bytes: size, round })
      total += size
      for (const [oldest, entry] of entries) {
        const needed = round > 0 && entry.round === round
        if (total <= maxBytes || oldest === key || needed) break
        entries.delete(oldest)
        total -= entry.bytes
      }
      return value
    },
    begin() {
      round++
    },
    clear() {
      entries.clear()
      total = 0
    },
  }
}
