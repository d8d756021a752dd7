import type { BackendChoice, BackendName } from '../experiment/experiment'
import type { BackendInfo } from '../protocol/trainer'

/** Where the three `.wasm` files of the WASM backend are: a folder with a slash at its end, or a URL for each file. */
export type WasmPaths = string | Record<WasmFile, string>
export type WasmFile = 'tfjs-backend-wasm.wasm' | 'tfjs-backend-wasm-simd.wasm' | 'tfjs-backend-wasm-threaded-simd.wasm'

/** An empty function that uses a v128: valid only where WebAssembly SIMD is. */
const SIMD_PROBE = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26, 11],
)

/** What this browser (or Node) can compute on, without loading any backend. */
export async function probeBackends(): Promise<BackendInfo[]> {
  return [await probeWebgpu(), probeWasm(), cpuInfo]
}

const cpuInfo: BackendInfo = { name: 'cpu', available: true, software: true, detail: 'plain JavaScript', reason: null }

async function probeWebgpu(): Promise<BackendInfo> {
  const missing = (reason: string): BackendInfo => ({
    name: 'webgpu',
    available: false,
    software: false,
    detail: '',
    reason,
  })
  // `navigator` has no `gpu` on insecure origins and in browsers without WebGPU, whatever the types say.
  const gpu: GPU | undefined = globalThis.navigator?.gpu
  if (!gpu) return missing('This browser has no WebGPU here.')
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' })
    if (!adapter) return missing('This browser has WebGPU, but found no graphics adapter for it.')
    const { info } = adapter
    const detail = info.description || [info.vendor, info.architecture].filter(Boolean).join(' ') || 'unnamed adapter'
    return { name: 'webgpu', available: true, software: isSoftware(info), detail, reason: null }
  } catch (error) {
    return missing(`WebGPU could not be asked: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Software adapters that do not all say so themselves: SwiftShader, lavapipe (llvmpipe), WARP. */
export function isSoftware(info: GPUAdapterInfo): boolean {
  const names = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`
  return info.isFallbackAdapter || /swiftshader|llvmpipe|lavapipe|basic render|software/i.test(names)
}

/** Whether the project's own kernels run here. */
export function hasSimd(): boolean {
  return typeof WebAssembly !== 'undefined' && WebAssembly.validate(SIMD_PROBE)
}

function probeWasm(): BackendInfo {
  if (typeof WebAssembly === 'undefined') {
    return { name: 'wasm', available: false, software: false, detail: '', reason: 'This browser has no WebAssembly.' }
  }
  return {
    name: 'wasm',
    available: true,
    software: true,
    detail: hasSimd() ? 'SIMD' : 'no SIMD',
    reason: null,
  }
}

/**
 * The backend for a run, and why in one sentence. `auto`: WebGPU on a hardware adapter, else WASM, else plain JavaScript.
 * A software adapter is taken only when chosen by hand. A choice that is not available gives what `auto` gives, and says so.
 */
export function chooseBackend(
  choice: BackendChoice,
  infos: readonly BackendInfo[],
): { name: BackendName; reason: string } {
  const find = (name: BackendName) => infos.find((info) => info.name === name && info.available)
  if (choice !== 'auto') {
    const chosen = find(choice)
    if (chosen) return { name: choice, reason: chosenByHand(chosen) }
    const why = infos.find((info) => info.name === choice)?.reason ?? 'It is not available here.'
    const other = chooseBackend('auto', infos)
    return { name: other.name, reason: `${titles[choice]} was chosen, but: ${why} ${other.reason}` }
  }
  const gpu = find('webgpu')
  if (gpu && !gpu.software) return { name: 'webgpu', reason: `WebGPU on ${gpu.detail}.` }
  const wasm = find('wasm')
  const noGpu = gpu ? `the only WebGPU adapter (${gpu.detail}) runs in software` : 'there is no WebGPU adapter here'
  if (wasm) return { name: 'wasm', reason: `WebAssembly on the CPU (${wasm.detail}): ${noGpu}.` }
  return { name: 'cpu', reason: `Plain JavaScript on the CPU: there is no WebAssembly here, and ${noGpu}.` }
}

const titles: Record<BackendName, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'Plain JavaScript' }

function chosenByHand({ name, detail, software }: BackendInfo): string {
  const slow = name === 'webgpu' && software ? ', a software adapter: expect it to be slower than WebAssembly' : ''
  return `Chosen by hand: ${titles[name]} (${detail}${slow}).`
}

/**
 * Loads a backend and makes it TensorFlow.js's current one, with the project's kernels. Rejects when it cannot start.
 * WASM runs on one thread: sums are then added in one order, the same on every machine, and no thread pool has to start.
 */
export async function useBackend(name: BackendName, { wasmPaths }: { wasmPaths: WasmPaths }): Promise<void> {
  // With the first run that needs it: a fused model on the CPU has no use for TensorFlow.js.
  const [{ engine, env, getBackend, ready, setBackend }, { registerKernels }] = await Promise.all([
    import('@tensorflow/tfjs-core'),
    import('../kernels/registerKernels'),
  ])
  registerKernels()
  if (name === 'webgpu') await import('@tensorflow/tfjs-backend-webgpu')
  else if (name === 'cpu') await import('@tensorflow/tfjs-backend-cpu')
  else {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm')
    if (!engine().registry.wasm) {
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
      setWasmPaths(wasmPaths)
    }
  }
  const started = await setBackend(name)
  if (!started) throw new Error(`${titles[name]} could not start in this browser.`)
  await ready()
  if (getBackend() !== name)
    throw new Error(`${titles[name]} could not start; TensorFlow.js took ${getBackend()} instead.`)
}
