import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import type { DeviceBuffers } from './deviceBuffers'
import type { KernelFactory } from './gpuKernel'

/** What the parts of a model are made from. `buffers` holds its weights and optimizer state. */
export interface ModelContext {
  device: GPUDevice
  factory: KernelFactory
  buffers: DeviceBuffers
  encoded: EncodedData
  experiment: Experiment
  /** Of each categorical column: lookups that one thread adds at most (`pieceSizes`). */
  pieces: readonly number[]
}
