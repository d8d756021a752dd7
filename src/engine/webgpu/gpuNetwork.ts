import type { Trainable } from '../../model/trainable'
import type { Variable } from '../../model/variable'
import type { ComputePass } from './computePass'
import type { GpuParameter } from './gpuParameter'
import type { Workspace } from './workspace'

/** What a model computes on the device, over the batches of a workspace. */
export interface GpuNetwork {
  readonly tables: Trainable['tables']
  readonly variables: readonly Variable<GpuParameter>[]
  /** Floats from the outputs of an example to those of the next. */
  readonly outputStride: number
  /** `losses` [steps, capacity]: of each example. Buffers go with the workspace. */
  bindTraining(workspace: Workspace, losses: GPUBuffer): TrainingPass
  /** `outputs` [B rounded up to a multiple of 4, outputStride]. */
  bindPrediction(workspace: Workspace, outputs: GPUBuffer): PredictionPass
}

/** Dispatches of a step on `size` examples: forward, loss, backward, update. The uniform of the step is set. */
export type TrainingPass = (pass: ComputePass, size: number) => void

export type PredictionPass = (pass: ComputePass, size: number) => void
