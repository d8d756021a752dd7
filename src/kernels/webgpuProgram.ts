import type { WebGPUBackend, WebGPUProgram } from '@tensorflow/tfjs-backend-webgpu'
import {
  type NamedAttrMap,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
  util,
} from '@tensorflow/tfjs-core'

/** One dispatch: a thread per element of `threads`, over buffers flattened to one dimension. */
export interface Dispatch {
  /** Unique: pipelines are cached by it. */
  name: string
  /** `fn main(index : i32)` and what it needs. */
  code: string
  threads: number
  /** Read-only buffers, under the names that `code` calls them. */
  buffers: Record<string, TensorInfo>
  /** Declared in `uniforms` after `size` (= `threads`), in this order. */
  integers?: Record<string, number>
  floats?: Record<string, number>
}

const WORKGROUP_SIZE = 64

/** Runs a program that fills a new tensor of the given shape, one thread an element. */
export function runToNew(backend: WebGPUBackend, shape: number[], dispatch: Dispatch): TensorInfo {
  const output = backend.makeTensorInfo(shape, 'float32')
  run(backend, dispatch, output)
  return output
}

/**
 * Runs a program that writes into a tensor that exists; threads may be fewer than its elements, the others keep their values.
 * The program reads the old values from `result` itself: WebGPU allows no second, read-only binding of the same buffer.
 */
export function runInPlace(backend: WebGPUBackend, target: TensorInfo, dispatch: Dispatch): void {
  if (dispatch.threads === 0) return
  run(backend, dispatch, target)
  // A read caches the values on the CPU side, where the next read would find them although the GPU has moved on.
  const data = backend.tensorMap.get(target.dataId)
  Object.assign(data, { values: null })
}

/** Registers the WebGPU implementation of a kernel. Kernels that only write in place return an empty list. */
export function registerWebgpuKernel(
  kernelName: string,
  kernel: (inputs: NamedTensorInfoMap, attrs: NamedAttrMap, backend: WebGPUBackend) => TensorInfo | TensorInfo[],
): void {
  registerKernel({
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) => kernel(inputs, attrs ?? {}, backend as WebGPUBackend),
  })
}

function run(backend: WebGPUBackend, dispatch: Dispatch, output: TensorInfo): void {
  const { name, code, threads, buffers, integers = {}, floats = {} } = dispatch
  const declared = [
    ...Object.keys(integers).map((key) => `${key} : i32,`),
    ...Object.keys(floats).map((key) => `${key} : f32,`),
  ]
  const program: WebGPUProgram = {
    shaderKey: name,
    variableNames: Object.keys(buffers),
    outputShape: [threads],
    workgroupSize: [WORKGROUP_SIZE, 1, 1],
    dispatchLayout: { x: [0] },
    dispatch: [Math.ceil(threads / WORKGROUP_SIZE), 1, 1],
    size: true,
    uniforms: declared.join(' '),
    getUserCode: () => code,
  }
  backend.runWebGPUProgram(
    program,
    Object.values(buffers).map(flat),
    'float32',
    uniformData(integers, floats),
    flat(output),
  )
}

function uniformData(integers: Record<string, number>, floats: Record<string, number>) {
  return [
    ...Object.values(integers).map((value) => ({ type: 'int32', data: [value] })),
    ...Object.values(floats).map((value) => ({ type: 'float32', data: [value] })),
  ]
}

/** One dimension for all: the pipeline is then the same whatever the shapes are. */
function flat(info: TensorInfo): TensorInfo {
  return { dataId: info.dataId, dtype: info.dtype, shape: [util.sizeFromShape(info.shape)] }
}
