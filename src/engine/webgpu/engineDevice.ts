import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu'
import { findBackend } from '@tensorflow/tfjs-core'
import { isSoftware } from '../../model/backends'

/** The device that TensorFlow.js computes on: buffers of one are buffers of the other. */
export interface EngineDevice {
  device: GPUDevice
  /** The adapter computes in software: threads that wait for each other are dear. */
  software: boolean
  /**
   * Sends what TensorFlow.js has recorded and not yet submitted. Before every submit of ours: it would otherwise run before
   * operations that were called earlier.
   */
  flush(): void
}

/** What TensorFlow.js 4.22.0 keeps to itself; `deviceRuns.gpu.test.ts` finds out when that changes. */
interface Recorder {
  commandEncoder: GPUCommandEncoder | null
  endComputePassEncoder(): void
  submitQueue(): void
}

/**
 * Tells of commands that break a rule of the device, or find no memory there: nothing is thrown or rejected for them, and buffers keep what they held.
 * Returns the function that ends it.
 */
export function watchErrors(device: GPUDevice, tell: (error: Error) => void): () => void {
  const listen = ({ error }: GPUUncapturedErrorEvent) =>
    tell(new Error(`The graphics device refused a command: ${error.message}`))
  device.addEventListener('uncapturederror', listen)
  return () => device.removeEventListener('uncapturederror', listen)
}

/** Null where TensorFlow.js has not started its `webgpu` backend (`useBackend`). */
export function engineDevice(): EngineDevice | null {
  const backend = findBackend('webgpu') as WebGPUBackend | null
  if (!backend) return null
  const recorder = backend as unknown as Recorder
  return {
    device: backend.device,
    software: isSoftware(backend.device.adapterInfo),
    flush() {
      // With nothing pending, submitQueue throws; with an open pass, it breaks the pass.
      if (!recorder.commandEncoder) return
      recorder.endComputePassEncoder()
      recorder.submitQueue()
    },
  }
}
