type NumberArray = Float64Array | Float32Array | Int32Array

const FIRST_CHUNK = 4096
const LARGEST_CHUNK = 1 << 20

/**
 * A typed array that grows by chunks: nothing is copied until `finish`, so a column never needs more than twice its size
 * (doubling one array would need three times).
 */
export class GrowingArray<T extends NumberArray> {
  length = 0
  private chunks: T[] = []
  private chunk: T
  private used = 0

  constructor(private readonly create: (length: number) => T) {
    this.chunk = create(FIRST_CHUNK)
  }

  push(value: number): void {
    if (this.used === this.chunk.length) {
      this.chunks.push(this.chunk)
      this.chunk = this.create(Math.min(LARGEST_CHUNK, this.chunk.length * 2))
      this.used = 0
    }
    this.chunk[this.used++] = value
    this.length++
  }

  /** All values in one array; the chunks are let go. */
  finish(): T {
    const all = this.create(this.length)
    let at = 0
    for (const chunk of this.chunks) {
      all.set(chunk, at)
      at += chunk.length
    }
    all.set(this.chunk.subarray(0, this.used), at)
    this.chunks = []
    return all
  }
}

export const growingFloat64 = () => new GrowingArray((length) => new Float64Array(length))
export const growingFloat32 = () => new GrowingArray((length) => new Float32Array(length))
export const growingInt32 = () => new GrowingArray((length) => new Int32Array(length))
