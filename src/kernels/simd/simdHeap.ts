import { oneThread, threads } from './compiled'
import type { SimdKernels } from './simdKernels'

const PAGE = 65_536
/** 4 GiB less a page: the last addresses of a 32-bit memory. */
const MAX_PAGES = 65_535

/** A piece of the heap. `pointer` in bytes. */
export interface Block {
  readonly pointer: number
  readonly length: number
}

/**
 * Memory of one model and the SIMD kernels over it. Everything is laid out before the first step, so that nothing is allocated, and no view
 * goes stale, while it trains; it goes as a whole, when nobody holds it any more.
 */
export interface SimdHeap {
  readonly memory: WebAssembly.Memory
  readonly kernels: SimdKernels
  /** Zeros, 16-byte aligned. Throws a RangeError beyond 4 GiB. Views taken before are stale afterwards. */
  allocate(length: number): Block
  floats(block: Block): Float32Array
  integers(block: Block): Int32Array
  /** Bytes laid out. */
  readonly bytes: number
}

/** `shared`: memory that other threads can see; needs a page that is cross-origin isolated. */
export function createSimdHeap({ shared = false } = {}): SimdHeap {
  const memory = new WebAssembly.Memory(
    shared ? { initial: 1, maximum: MAX_PAGES + 1, shared: true } : { initial: 1, maximum: MAX_PAGES + 1 },
  )
  const kernels = instantiate(memory, shared)
  // The compiler's own constants lie below.
  let end = align(kernels.heapBase())
  return {
    memory,
    kernels,
    allocate(length) {
      const pointer = end
      const next = align(end + 4 * length)
      if (next > MAX_PAGES * PAGE) {
        throw new RangeError(`The model needs ${next} bytes; WebAssembly has ${MAX_PAGES * PAGE} at most.`)
      }
      const missing = Math.ceil(next / PAGE) - memory.buffer.byteLength / PAGE
      if (missing > 0) memory.grow(missing)
      end = next
      return { pointer, length }
    },
    floats: ({ pointer, length }) => new Float32Array(memory.buffer, pointer, length),
    integers: ({ pointer, length }) => new Int32Array(memory.buffer, pointer, length),
    get bytes() {
      return end
    },
  }
}

/** The kernels over a memory that exists: what another thread does with the one it is sent. */
export function instantiate(memory: WebAssembly.Memory, shared: boolean): SimdKernels {
  const instance = new WebAssembly.Instance(moduleOf(shared), { env: { memory } })
  return instance.exports as unknown as SimdKernels
}

const modules = new Map<boolean, WebAssembly.Module>()

function moduleOf(shared: boolean): WebAssembly.Module {
  const known = modules.get(shared)
  if (known) return known
  const module = new WebAssembly.Module(Uint8Array.from(atob(shared ? threads : oneThread), (c) => c.charCodeAt(0)))
  modules.set(shared, module)
  return module
}

function align(bytes: number): number {
  return Math.ceil(bytes / 16) * 16
}
