import '@tensorflow/tfjs-backend-cpu'
import { type BackendWasm, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { backend, env, setBackend } from '@tensorflow/tfjs-core'
import { borrowKernels } from './borrowKernels'

export type SandboxBackend = 'wasm' | 'cpu'

/**
 * Makes WebAssembly TensorFlow.js's backend, on one thread, from the bytes of its module with SIMD: a sandbox can fetch nothing. A browser that does not
 * take them computes in plain JavaScript, and the answer says so. `onBorrowed` hears of each kernel that has to be computed in plain JavaScript, once.
 */
export async function startBackend(
  wasm: Uint8Array<ArrayBuffer>,
  onBorrowed: (kernelName: string) => void,
): Promise<SandboxBackend> {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(wasm)) {
    await setBackend('cpu')
    return 'cpu'
  }
  env().set('WASM_HAS_SIMD_SUPPORT', true)
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
  // The names stand for the bytes: the second argument has them fetched by the platform, which is this function for a moment.
  const name = 'tfjs-backend-wasm-simd.wasm'
  setWasmPaths({ 'tfjs-backend-wasm.wasm': name, [name]: name, 'tfjs-backend-wasm-threaded-simd.wasm': name }, true)
  const { platform } = env()
  const { fetch } = platform
  platform.fetch = async () => new Response(wasm)
  try {
    if (!(await setBackend('wasm'))) throw new Error('WebAssembly could not start in this browser.')
  } finally {
    platform.fetch = fetch
  }
  refuseFullHeap(backend() as BackendWasm)
  borrowKernels(onBorrowed)
  return 'wasm'
}

/** What Emscripten gives beside the kernels; TensorFlow.js does not name it in its types. */
interface Allocator {
  _malloc(bytes: number): number
  _free(address: number): void
}

/** The backend takes the 0 of a full heap for an address, and would write over its own beginning; a size of 4 GB and more reaches its 32 bits cut off. */
function refuseFullHeap({ wasm }: BackendWasm): void {
  const allocator = wasm as unknown as Allocator
  // Emscripten's own function puts another in its place when it is first called.
  allocator._free(allocator._malloc(1))
  const allocate = allocator._malloc
  allocator._malloc = (bytes) => {
    const address = bytes < 2 ** 32 ? allocate(bytes) : 0
    if (address !== 0 || bytes === 0) return address
    const megabytes = Math.ceil(bytes / 2 ** 20).toLocaleString('en-US')
    throw new RangeError(`There is no memory left for a tensor of ${megabytes} MB. A leak, or too large a batch?`)
  }
}
