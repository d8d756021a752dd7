import { type Tensor2D, tensor } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { optimizerRule } from '../../experiment/optimizerRules'
import { hasPlainTables } from '../../model/hasPlainTables'
import { drawsBlocks } from '../../model/rowDrawer'
import type { Checkpoint, ResidentTrainable } from '../../model/trainable'
import type { Variable } from '../../model/variable'
import { pieceSizes } from './batchLayout'
import { createDeviceBuffers, type DeviceBuffers } from './deviceBuffers'
import { uploadData } from './deviceData'
import { createDotNetwork } from './dotNetwork'
import { type EngineDevice, engineDevice, watchErrors } from './engineDevice'
import { prepareGpuRestore, recordVariables } from './gpuCheckpoint'
import { createGpuEvaluator } from './gpuEvaluator'
import { kernelFactory } from './gpuKernel'
import type { GpuParameter } from './gpuParameter'
import { createGpuTrainer } from './gpuTrainer'
import { lossKernels } from './lossSum'
import { createStagingReads } from './stagingReads'
import { createSubmitter } from './submitter'
import { createTabularNetwork } from './tabularNetwork'
import { workspaceKernels } from './workspace'

/** A model that is trained whole on the device of TensorFlow.js's `webgpu` backend. */
export interface WebgpuTrainable extends ResidentTrainable {
  /**
   * A table [rows × dimension] as TensorFlow.js sees it: the same buffer, not a copy. The caller disposes of the tensor, which leaves the
   * buffer; it lives as long as the model. What is submitted to TensorFlow.js after `finished` sees all steps before it.
   */
  tableTensor(name: string): Tensor2D
  /** Resolves when all steps asked for have run. */
  finished(): Promise<void>
}

/**
 * The experiment's model with its first weights, the encoded data set, and the kernels for both, on TensorFlow.js's device. Null
 * where TensorFlow.js has no `webgpu` backend (`useBackend('webgpu')` starts it), and for a model that no kernel here covers. Throws a `ModelError` for a model that
 * cannot be, or that the device cannot hold.
 *
 * Answers are those of model/createModel.ts, up to rounding: batches, gradients of rows looked up, one optimizer step on each.
 */
export async function createWebgpuTrainable(
  encoded: EncodedData,
  experiment: Experiment,
): Promise<WebgpuTrainable | null> {
  const found = engineDevice()
  if (!found || !hasPlainTables(encoded, experiment) || drawsBlocks(encoded, experiment)) return null
  const { device } = found
  device.pushErrorScope('validation')
  device.pushErrorScope('out-of-memory')
  const buffers = createDeviceBuffers(device)
  let errors: (GPUError | null)[]
  let trainable: WebgpuTrainable
  try {
    trainable = await build(found, buffers, encoded, experiment)
  } catch (error) {
    buffers.destroyAll()
    throw error
  } finally {
    errors = await Promise.all([device.popErrorScope(), device.popErrorScope()])
  }
  const error = errors.find((one) => one !== null)
  if (!error) return trainable
  trainable.dispose()
  throw new Error(`The graphics device refused the model: ${error.message}`)
}

async function build(
  { device, software, flush }: EngineDevice,
  buffers: DeviceBuffers,
  encoded: EncodedData,
  experiment: Experiment,
): Promise<WebgpuTrainable> {
  const { model, optimizer } = experiment
  const pieces = pieceSizes(encoded, experiment.batchSize)
  const create = model.type === 'dotProduct' ? createDotNetwork : createTabularNetwork
  const { slots } = optimizerRule(optimizer)
  const factory = kernelFactory(device)
  const [network, kernels, losses] = await Promise.all([
    create({ device, factory, buffers, encoded, experiment, pieces }),
    workspaceKernels(factory, software),
    lossKernels(factory),
  ])
  const bytes = buffers.bytes
  const total = buffers.allocate('The sum of the losses', 1, 'batchSize')
  const data = uploadData(buffers, encoded)
  const submitter = createSubmitter(device, flush)
  const reads = createStagingReads(device)
  const parts = { device, buffers, submitter, encoded, data, network, kernels, pieces }
  const trainer = createGpuTrainer(parts, experiment, losses, total)
  const evaluator = createGpuEvaluator(parts, reads)
  const stopWatching = watchErrors(device, submitter.fail)

  /** Something to record behind all that was asked for before; what `record` returns waits for it. */
  function read<T>(record: (encoder: GPUCommandEncoder) => () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      submitter.add({
        kind: 'read',
        units: 1,
        limit: () => 1,
        cancel: reject,
        encode(encoder) {
          const wait = record(encoder)
          return () => wait().then(resolve, reject)
        },
      })
    })
  }
  function parameterOf(name: string): GpuParameter {
    const variable = network.variables.find((candidate) => candidate.name === name)
    if (!variable) throw new Error(`The model has no table called ${name}.`)
    return variable.pieces[0]!.parameter
  }

  return {
    tables: network.tables,
    parameters: network.variables.reduce((sum, variable) => sum + trainedNumbers(variable), 0),
    bytes,
    trainStep: trainer.trainStep,
    trainSteps: trainer.trainSteps,
    predict: evaluator.predict,
    predictRows: evaluator.predictRows,
    takeTrainLoss: () =>
      read((encoder) => {
        const { examples } = trainer
        trainer.examples = 0
        const pending = reads.record(encoder, total, 1)
        encoder.clearBuffer(total)
        return async () => {
          const sum = new Float32Array(1)
          await pending.into(sum)
          return examples === 0 ? Number.NaN : sum[0]! / examples
        }
      }),
    async readTable(name, target) {
      const { weights, rows, dimension } = parameterOf(name)
      await read((encoder) => {
        const pending = reads.record(encoder, weights, rows * dimension)
        return () => pending.into(target)
      })
    },
    tableTensor(name) {
      const { weights: buffer, rows, dimension } = parameterOf(name)
      return tensor({ buffer, zeroCopy: true }, [rows, dimension], 'float32')
    },
    setLearningRate(learningRate) {
      trainer.learningRate = learningRate
    },
    save: () =>
      read((encoder) => {
        const { steps } = trainer
        const wait = recordVariables(encoder, reads, network.variables, slots)
        return async (): Promise<Checkpoint> => ({ ...(await wait()), steps })
      }),
    restore(checkpoint) {
      const restore = prepareGpuRestore(device, network.variables, slots, checkpoint)
      submitter.add({
        kind: 'restore',
        units: 1,
        limit: () => 1,
        encode(encoder) {
          trainer.steps = restore()
          trainer.examples = 0
          encoder.clearBuffer(total)
          return undefined
        },
      })
    },
    finished: submitter.finished,
    stepsAtOnce: () => submitter.pace('steps').unitsPerSubmit,
    queue: { ready: submitter.hungry },
    dispose() {
      stopWatching()
      submitter.clear()
      reads.destroy()
      buffers.destroyAll()
    },
  }
}

function trainedNumbers({ pieces }: Variable<GpuParameter>): number {
  return pieces.reduce((sum, { parameter, rows }) => sum + (parameter.trainable ? rows * parameter.dimension : 0), 0)
}
