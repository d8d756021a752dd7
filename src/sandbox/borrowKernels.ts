import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu'
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm'
import {
  type DataType,
  engine,
  getKernel,
  getKernelsForBackend,
  type KernelConfig,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
} from '@tensorflow/tfjs-core'

/**
 * Kernels that TensorFlow.js has in plain JavaScript and not in WebAssembly (the gradients of `gather` and of convolutions, `einsum`): here they read WebAssembly's
 * memory, compute in plain JavaScript, and write back. `onBorrowed` hears of each one when it is first used. Complex numbers have no place in that memory, and are
 * refused in words.
 */
export function borrowKernels(onBorrowed: (kernelName: string) => void): void {
  for (const kernel of missingKernels()) {
    let isTold = false
    const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
      if (!isTold) onBorrowed(kernel.kernelName)
      isTold = true
      return computeOn(engine().findBackend('cpu') as MathBackendCPU, backend as BackendWasm, kernel, inputs, attrs)
    }
    registerKernel({ kernelName: kernel.kernelName, backendName: 'wasm', kernelFunc })
  }
}

/** Those of the CPU that WebAssembly has not. */
export function missingKernels(): KernelConfig[] {
  return getKernelsForBackend('cpu').filter(({ kernelName }) => !getKernel(kernelName, 'wasm'))
}

function computeOn(
  cpu: MathBackendCPU,
  wasm: BackendWasm,
  { kernelFunc }: KernelConfig,
  inputs: Parameters<KernelFunc>[0]['inputs'],
  attrs: Parameters<KernelFunc>[0]['attrs'],
): TensorInfo | TensorInfo[] {
  const carried: TensorInfo[] = []
  const carry = (info: TensorInfo) => {
    const copy = cpu.makeTensorInfo(info.shape, checkedType(info.dtype), wasm.readSync(info.dataId))
    carried.push(copy)
    return copy
  }
  const carryBack = (info: TensorInfo): TensorInfo => {
    carried.push(info)
    const dtype = checkedType(info.dtype)
    return { dataId: wasm.write(cpu.readSync(info.dataId), info.shape, dtype), shape: info.shape, dtype }
  }
  try {
    const copies = Object.fromEntries(Object.entries(inputs).map(([name, info]) => [name, info && carry(info)]))
    // `einsum` takes a list where the others take names.
    const named = Array.isArray(inputs) ? Object.assign([], copies) : copies
    const outputs = kernelFunc({ inputs: named, backend: cpu, ...(attrs && { attrs }) })
    return Array.isArray(outputs) ? outputs.map(carryBack) : carryBack(outputs)
  } finally {
    for (const { dataId } of carried) cpu.disposeData(dataId)
  }
}

function checkedType(dtype: DataType): DataType {
  if (dtype !== 'complex64') return dtype
  throw new TypeError("There are no complex numbers in WebAssembly. Begin with: await tf.setBackend('cpu')")
}
