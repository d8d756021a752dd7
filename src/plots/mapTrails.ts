/** The last positions of all points, in the units of the embedding: a ring that keeps at most ten snapshots a second. */
export interface MapTrails {
  /** Remembers these positions (copied) if the last ones are old enough. */
  push(x: Float32Array, y: Float32Array, nowMs: number): void
  /** Oldest first. */
  readonly past: readonly { x: Float32Array; y: Float32Array }[]
  clear(): void
}

const INTERVAL_MS = 100

export function createMapTrails(): MapTrails & { setLength(length: number): void } {
  let length = 0
  let past: { x: Float32Array; y: Float32Array }[] = []
  let lastMs = Number.NEGATIVE_INFINITY
  return {
    get past() {
      return past
    },
    push(x, y, nowMs) {
      if (length === 0 || nowMs - lastMs < INTERVAL_MS) return
      lastMs = nowMs
      const oldest = past.length >= length ? past.shift() : undefined
      const room =
        oldest?.x.length === x.length ? oldest : { x: new Float32Array(x.length), y: new Float32Array(x.length) }
      room.x.set(x)
      room.y.set(y)
      past.push(room)
    },
    setLength(next) {
      length = next
      if (past.length > next) past = next > 0 ? past.slice(-next) : []
    },
    clear() {
      past = []
      lastMs = Number.NEGATIVE_INFINITY
    },
  }
}
