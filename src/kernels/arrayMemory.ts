import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  type KernelBackend,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core'

/**
 * Tensors of the `cpu` and `wasm` backends as typed arrays over their own memory: writing into one changes the tensor.
 *
 * A WASM view dies when the heap grows, and every new tensor may grow it. So a kernel first makes its output, then takes
 * its views, and never keeps one.
 */
export interface ArrayMemory {
  floats(info: TensorInfo): Float32Array
  integers(info: TensorInfo): Int32Array
  /** A new float32 tensor. Its content is undefined: the kernel writes every element. */
  output(shape: number[]): TensorInfo
}

/** What a kernel does on typed arrays. Kernels that only write in place return an empty list. */
export type ArrayKernel = (
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap,
  memory: ArrayMemory,
) => TensorInfo | TensorInfo[]

/** Registers one implementation for both backends that keep tensors in memory JavaScript can reach. */
export function registerArrayKernel(kernelName: string, kernel: ArrayKernel): void {
  for (const [backendName, memoryOf] of [
    ['cpu', cpuMemory],
    ['wasm', wasmMemory],
  ] as const) {
    registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => kernel(inputs, attrs ?? {}, memoryOf(backend as KernelBackend)),
    })
  }
}

function cpuMemory(kernelBackend: KernelBackend): ArrayMemory {
  const backend = kernelBackend as MathBackendCPU
  const values = (info: TensorInfo) => backend.data.get(info.dataId).values
  return {
    floats: (info) => values(info) as Float32Array,
    integers: (info) => values(info) as Int32Array,
    output: (shape) => backend.makeTensorInfo(shape, 'float32', new Float32Array(shape.reduce((a, b) => a * b, 1))),
  }
}

function wasmMemory(kernelBackend: KernelBackend): ArrayMemory {
  const backend = kernelBackend as BackendWasm
  return {
    floats: (info) => backend.typedArrayFromHeap(info) as Float32Array,
    integers: (info) => backend.typedArrayFromHeap(info) as Int32Array,
    output: (shape) => backend.makeOutput(shape, 'float32'),
  }
}
