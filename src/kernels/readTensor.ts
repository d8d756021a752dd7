import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { engine, getBackend, type Tensor } from '@tensorflow/tfjs-core'

/**
 * The values of a tensor as they are now, even when kernels write into it before the promise resolves. A fresh array.
 * `tensor.data()` is not for tensors that change: on the CPU it is the tensor's own memory, on WebGPU it is cached.
 */
export async function readTensor(tensor: Tensor): Promise<Float32Array> {
  if (getBackend() !== 'webgpu') return (tensor.dataSync() as Float32Array).slice()
  const { resource, values } = (engine().backend as WebGPUBackend).tensorMap.get(tensor.dataId)
  if (!resource) return Float32Array.from(values as Float32Array)
  const { tensorRef } = tensor.dataToGPU()
  try {
    return ((await tensorRef.data()) as Float32Array).slice(0, tensor.size)
  } finally {
    tensorRef.dispose()
  }
}
