import { type BatchPlace, orderKeys } from '../../columns/rowOrder'
import type { EncodedData, SparseBatch } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { checkBatch, copyBatch, lookupBounds, packBatch } from './batchLayout'
import { createComputePass } from './computePass'
import { type DeviceBuffers, writeBuffer } from './deviceBuffers'
import type { DeviceData } from './deviceData'
import { UNIFORM_SLOT } from './gpuKernel'
import type { GpuNetwork, TrainingPass } from './gpuNetwork'
import { rateAt } from './gpuOptimizer'
import { createLossSum, type LossKernels } from './lossSum'
import { type DrawUniform, packUniforms, type StepUniform } from './stepUniforms'
import type { Submitter, Work } from './submitter'
import { createWorkspace, type Workspace, type WorkspaceKernels, type WorkspaceSize, workspaceSize } from './workspace'

/** Takes the steps of a network, a few milliseconds a submit. */
export interface GpuTrainer {
  learningRate: number
  /** Optimizer steps recorded for the device. */
  steps: number
  /** Examples whose losses are in the total since this was last set to 0. */
  examples: number
  trainStep(batch: SparseBatch): void
  trainSteps(at: BatchPlace, steps: number): void
}

export interface GpuParts {
  device: GPUDevice
  /** Of the model: room for batches is a part of them. */
  buffers: DeviceBuffers
  submitter: Submitter
  encoded: EncodedData
  data: DeviceData
  network: GpuNetwork
  kernels: WorkspaceKernels
  pieces: readonly number[]
}

interface Training {
  workspace: Workspace
  pass: TrainingPass
  lossSum: ReturnType<typeof createLossSum>
}

/** `total` [1]: where losses are added up. */
export function createGpuTrainer(
  parts: GpuParts,
  { optimizer, batchSize, l2, seed }: Experiment,
  lossKernels: LossKernels,
  total: GPUBuffer,
): GpuTrainer {
  const { device, buffers, submitter, encoded, data, network, kernels, pieces } = parts
  const count = encoded.trainRows.length
  const size = Math.max(1, Math.min(batchSize, count))
  let training = createTraining(workspaceSize(encoded, size, pieces))

  function createTraining(room: WorkspaceSize): Training {
    const workspace = createWorkspace(device, buffers.part(), kernels, encoded, data, room)
    const lossSum = createLossSum(device, lossKernels, workspace, total)
    return { workspace, lossSum, pass: network.bindTraining(workspace, lossSum.losses) }
  }
  /** Batches from outside may be larger than those that the experiment draws. */
  function makeRoom(batch: SparseBatch): void {
    const { capacity, columns } = training.workspace.layout
    const needed = batch.categorical.map(({ ids }) => ids.length)
    if (batch.size <= capacity && columns.every(({ lookups }, c) => needed[c]! <= lookups)) return
    const room = Math.max(capacity, batch.size)
    const lookups = lookupBounds(encoded, room).map((bound, c) => Math.max(bound, needed[c]!, columns[c]!.lookups))
    training.workspace.destroy()
    training = createTraining(workspaceSize(encoded, room, pieces, lookups))
  }
  function stepOf(examples: number, learningRate: number): StepUniform {
    trainer.steps++
    trainer.examples += examples
    const rate = rateAt(optimizer.type, learningRate, trainer.steps)
    return { size: examples, rate, l2: (2 * l2) / examples, l2Dense: 2 * l2 }
  }
  function encode(encoder: GPUCommandEncoder, draw: DrawUniform, steps: readonly StepUniform[], drawn: boolean): void {
    const { workspace, pass: network, lossSum } = training
    writeBuffer(device, workspace.uniforms, 0, packUniforms(draw, workspace.layout.capacity, steps))
    const recorded = encoder.beginComputePass()
    const pass = createComputePass(recorded)
    pass.uniformAt(0)
    if (drawn) {
      workspace.drawRows(pass, steps.length)
      workspace.gather(pass, steps.length)
    }
    workspace.sort(pass, steps.length)
    for (const [s, step] of steps.entries()) {
      pass.uniformAt((1 + s) * UNIFORM_SLOT)
      network(pass, step.size)
    }
    pass.uniformAt(0)
    lossSum.add(pass, steps.length)
    recorded.end()
  }
  let drawing: { work: Work; epoch: number; end: number; learningRate: number } | null = null

  const trainer: GpuTrainer = {
    learningRate: optimizer.learningRate,
    steps: 0,
    examples: 0,
    trainStep(batch) {
      if (batch.size === 0) return
      checkBatch(encoded, batch)
      makeRoom(batch)
      // Its arrays may be the caller's, who fills them again; packed later, because room made meanwhile has another layout.
      const copy = copyBatch(batch)
      const { learningRate } = trainer
      submitter.add({
        kind: 'batch',
        units: 1,
        limit: () => 1,
        encode(encoder) {
          const { batches, layout } = training.workspace
          writeBuffer(device, batches, 0, packBatch(layout, copy))
          const draw = { position: 0, count: copy.size, batch: copy.size, order: null }
          encode(encoder, draw, [stepOf(copy.size, learningRate)], false)
          return undefined
        },
      })
    },
    trainSteps({ epoch, position }, steps) {
      const last = position + (steps - 1) * size
      if (steps > 0 && last >= count) {
        throw new RangeError(`An epoch has ${count} rows: ${steps} steps of ${size} from row ${position} go beyond it.`)
      }
      const { learningRate } = trainer
      const end = Math.min(position + steps * size, count)
      const tail = submitter.last()
      if (drawing && tail === drawing.work && drawing.epoch === epoch && drawing.end === position) {
        if (drawing.learningRate === learningRate) {
          drawing.work.units += steps
          drawing.end = end
          return
        }
      }
      const order = orderKeys(seed, epoch, count)
      let at = position
      const work: Work = {
        kind: 'steps',
        units: steps,
        limit: () => training.workspace.steps,
        encode(encoder, n) {
          const sizes = Array.from({ length: n }, (_, s) => Math.min(size, count - at - s * size))
          const uniforms = sizes.map((examples) => stepOf(examples, learningRate))
          encode(encoder, { position: at, count, batch: size, order }, uniforms, true)
          at += n * size
          return undefined
        },
      }
      drawing = { work, epoch, end, learningRate }
      submitter.add(work)
    },
  }
  return trainer
}
