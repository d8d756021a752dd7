import { type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core'
import type { EncodedData, EncodedLabel, SparseBatch } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { readTensor } from '../kernels/readTensor'
import type { BatchReader } from './batchInputs'
import { canGroup, groupExamples } from './groupExamples'
import { lossOf } from './losses'
import { createLossMeter } from './lossMeter'
import type { Network } from './network'
import { createOptimizer } from './optimizer'
import { disposeParameter, type Parameter, readRows, writeRows } from './parameter'
import type { Trainable } from './trainable'
import { parametersOf, prepareRestore, readVariables } from './variable'

/** Loss, optimizer, saving and bookkeeping around a network. Owns the network's parameters and the reader. */
export function createTrainable(
  { label }: EncodedData,
  { optimizer: optimizerSpec, l2 }: Experiment,
  network: Network,
  reader: BatchReader,
): Trainable {
  const parameters = parametersOf(network.variables)
  const optimizer = createOptimizer(optimizerSpec)
  for (const parameter of parameters) optimizer.resetSlots(parameter)
  const lossMeter = createLossMeter()
  const numbers = (parameter: (typeof parameters)[number]) => parameter.rows * parameter.dimension
  const trained = parameters.filter(({ trainable }) => trainable)

  return {
    tables: network.tables,
    parameters: trained.reduce((sum, parameter) => sum + numbers(parameter), 0),
    bytes: 4 * parameters.reduce((sum, parameter) => sum + numbers(parameter) + slotSizes(parameter), 0),
    trainStep(batch) {
      if (batch.size === 0) return
      tidy(() => {
        const { inputs, multiplicity, labels } = prepare(batch, label)
        const { outputs, backward } = network.forward(reader.read(inputs, multiplicity))
        const { total, dOutputs } = lossOf(label.task, outputs, labels, batch.size)
        optimizer.apply(backward(dOutputs, (2 * l2) / batch.size, 2 * l2))
        lossMeter.add(total, batch.size)
      })
    },
    takeTrainLoss: lossMeter.take,
    async predict(batch) {
      if (batch.size === 0) return new Float32Array(0)
      const outputs = tidy(() => network.forward(reader.read(batch, null)).outputs)
      try {
        return ((await outputs.data()) as Float32Array).slice()
      } finally {
        outputs.dispose()
      }
    },
    async readTable(name, target) {
      const variable = network.variables.find((candidate) => candidate.name === name)
      if (!variable) throw new Error(`The model has no table called ${name}.`)
      target.set(await readTensor(variable.pieces[0]!.parameter.tensor))
    },
    setLearningRate(learningRate) {
      optimizer.learningRate = learningRate
    },
    async save() {
      const { steps } = optimizer
      return { ...(await readVariables(network.variables, optimizer.slots, readRows)), steps }
    },
    restore(checkpoint) {
      const { slots, resetSlots } = optimizer
      const restore = prepareRestore(network.variables, slots, checkpoint, { write: writeRows, resetSlots })
      optimizer.steps = restore()
      lossMeter.clear()
    },
    dispose() {
      for (const parameter of parameters) disposeParameter(parameter)
      lossMeter.clear()
      reader.dispose()
    },
  }
}

function slotSizes({ slots }: Parameter): number {
  return [...slots.values()].reduce((sum, { size }) => sum + size, 0)
}

interface Prepared {
  inputs: SparseBatch
  multiplicity: Int32Array | null
  labels: Tensor2D
}

/** Class labels become a matrix of counts, with examples of the same input in one row where inputs can be compared. */
function prepare(batch: SparseBatch, label: EncodedLabel): Prepared {
  const { size, labels } = batch
  if (label.task !== 'multiclass') {
    return { inputs: batch, multiplicity: null, labels: tensor2d(labels, [size, label.outputs], 'float32') }
  }
  const groups = canGroup(batch) ? groupExamples(batch) : null
  const rows = groups ? groups.batch.size : size
  const counts = new Float32Array(rows * label.outputs)
  for (let b = 0; b < size; b++) counts[(groups ? groups.groupOf[b]! : b) * label.outputs + labels[b]!]!++
  return {
    inputs: groups ? groups.batch : batch,
    multiplicity: groups ? groups.counts : null,
    labels: tensor2d(counts, [rows, label.outputs], 'float32'),
  }
}
