/**
 * The two buffers of a watched table: a snapshot is sent only when one is here, so the page that draws slowly gets fewer, never a queue.
 * A returned buffer that is not ours (of another size, or one too many) is dropped.
 */
export interface SnapshotBuffers {
  /** null while both are on the other side. The caller owns it until it is sent or kept. */
  take(): Float32Array<ArrayBuffer> | null
  giveBack(vectors: Float32Array<ArrayBuffer>): void
}

const BUFFERS = 2

/** `length`: numbers in a buffer, rows × dimension. */
export function createSnapshotBuffers(length: number): SnapshotBuffers {
  const free: Float32Array<ArrayBuffer>[] = []
  let away = 0
  return {
    take() {
      if (away === BUFFERS) return null
      away++
      return free.pop() ?? new Float32Array(length)
    },
    giveBack(vectors) {
      if (away === 0 || vectors.length !== length) return
      away--
      free.push(vectors)
    },
  }
}
