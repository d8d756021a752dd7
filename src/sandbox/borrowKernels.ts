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
  unregisterKernel,
} from '@tensorflow/tfjs-core'

/**
 * Kernels that TensorFlow.js has in plain JavaScript and not in WebAssembly (the gradients of `gather` and of convolutions, `einsum`), or has wrongly: here they read
 * WebAssembly's memory, compute in plain JavaScript, and write back. `onBorrowed` hears of each one when it is first used. Complex numbers have no place in that memory,
 * and are refused in words.
 */
export function borrowKernels(onBorrowed: (kernelName: string) => void): void {
  for (const kernel of missingKernels()) {
    registerKernel({ kernelName: kernel.kernelName, backendName: 'wasm', kernelFunc: borrowed(kernel, onBorrowed) })
  }
  for (const [name, isWrong] of Object.entries(wrongKernels)) {
    const own = getKernel(name, 'wasm')
    const other = borrowed(getKernel(name, 'cpu'), onBorrowed)
    unregisterKernel(name, 'wasm')
    registerKernel({
      ...own,
      kernelFunc: (call) => (isWrong(call.inputs, call.attrs ?? {}) ? other(call) : own.kernelFunc(call)),
    })
  }
}

type Call = Parameters<KernelFunc>[0]
type IsWrong = (inputs: Call['inputs'], attrs: NonNullable<Call['attrs']>) => boolean

const areTexts: IsWrong = ({ a }) => a?.dtype === 'string'

/** What WebAssembly answers with anything, and without a word: in TensorFlow.js 4.22.0, held against plain JavaScript. */
const wrongKernels: Readonly<Record<string, IsWrong>> = {
  Cast: (_, { dtype }) => dtype === 'bool',
  ClipByValue: ({ x }) => x?.dtype !== 'float32',
  Equal: areTexts,
  GatherV2: (_, { batchDims }) => batchDims !== 0,
  NotEqual: areTexts,
  OneHot: (_, { dtype }) => dtype !== 'int32',
  Select: ({ t }) => t?.dtype === 'bool',
  StridedSlice: ({ x }) => x?.dtype !== 'float32',
}

function borrowed(kernel: KernelConfig, onBorrowed: (kernelName: string) => void): KernelFunc {
  let isTold = false
  return ({ inputs, attrs, backend }) => {
    if (!isTold) onBorrowed(kernel.kernelName)
    isTold = true
    return computeOn(engine().findBackend('cpu') as MathBackendCPU, backend as BackendWasm, kernel, inputs, attrs)
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
  inputs: Call['inputs'],
  attrs: Call['attrs'],
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
