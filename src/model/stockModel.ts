import {
  add,
  keep,
  losses,
  mul,
  oneHot,
  type Scalar,
  type Tensor,
  type Tensor2D,
  tensor,
  tensor1d,
  tensor2d,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core'
// The gradients of TensorFlow.js's own operations, which it leaves out of its core unless asked.
import '@tensorflow/tfjs-core/dist/register_all_gradients'
import type { EncodedData, EncodedLabel, SparseBatch } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { optimizerRule } from '../experiment/optimizerRules'
import { networkOf } from '../experiment/watchList'
import { readTensor } from '../kernels/readTensor'
import { createLossMeter } from './lossMeter'
import { createStockDotProduct, createStockTabular } from './stockNetwork'
import { createStockOptimizer } from './stockOptimizer'
import type { StockVariable } from './stockVariable'
import type { Checkpoint, NamedArray, Trainable } from './trainable'

/**
 * The experiment's model in TensorFlow.js as it is: `tf.gather`, its automatic gradient (as large as the table), dense optimizer steps, `tf.losses`.
 * None of the project's kernels: the oracle that every other execution must agree with, and the yardstick of its speed. Much too slow for the page,
 * which never loads it. Needs a backend with `UnsortedSegmentSum` (cpu, webgpu; not wasm).
 */
export function createStockModel(encoded: EncodedData, experiment: Experiment): Trainable {
  const { label } = encoded
  const { model, l2 } = experiment
  const network =
    model.type === 'dotProduct'
      ? createStockDotProduct(encoded, experiment, model)
      : createStockTabular(encoded, experiment, networkOf(model))
  const optimizer = createStockOptimizer(experiment.optimizer)
  const trained = network.variables.filter(({ trainable }) => trainable)
  optimizer.resetSlots(trained)
  const meter = createLossMeter()
  const numbers = (variables: readonly StockVariable[]) => variables.reduce((sum, one) => sum + one.tensor.size, 0)

  return {
    tables: network.tables,
    parameters: numbers(trained),
    bytes: 4 * (numbers(network.variables) + trained.reduce((sum, { slots }) => sum + slotSizes(slots), 0)),
    trainStep(batch) {
      if (batch.size === 0) return
      tidy(() => {
        let dataLoss: Scalar | null = null
        const { grads } = variableGrads(
          () => {
            dataLoss = keep(meanLoss(label, network.forward(batch), batch))
            return l2 === 0 ? dataLoss : add<Scalar>(dataLoss, mul(network.penalty(batch), l2))
          },
          trained.map((one) => one.tensor),
        )
        optimizer.apply(
          trained,
          trained.map((one) => grads[one.tensor.name]!),
          batch,
        )
        meter.add(mul<Scalar>(dataLoss!, batch.size), batch.size)
        dataLoss!.dispose()
      })
    },
    takeTrainLoss: meter.take,
    async predict(batch) {
      if (batch.size === 0) return new Float32Array(0)
      const outputs = tidy(() => network.forward(batch))
      const values = await readTensor(outputs)
      outputs.dispose()
      return values
    },
    async readTable(name, target) {
      const found = network.variables.find((one) => one.name === name)
      if (!found) throw new Error(`The model has no table called ${name}.`)
      target.set(await readTensor(found.tensor))
    },
    setLearningRate(rate) {
      optimizer.learningRate = rate
    },
    async save() {
      const weights = await readAll(network.variables)
      const slots = trained.flatMap((one) =>
        [...one.slots].map(([slot, values]) => ({ name: `${one.name}/${slot}`, shape: values.shape, tensor: values })),
      )
      return { weights, optimizer: await readAll(slots), steps: optimizer.steps }
    },
    restore(checkpoint: Checkpoint) {
      for (const one of network.variables) assign(one.tensor, one.name, checkpoint.weights)
      optimizer.resetSlots(trained)
      const hasState = Object.keys(checkpoint.optimizer).length > 0
      if (hasState)
        for (const one of trained)
          for (const [slot, target] of one.slots) assign(target, `${one.name}/${slot}`, checkpoint.optimizer)
      optimizer.steps = hasState || optimizerRule(experiment.optimizer).slots.length === 0 ? checkpoint.steps : 0
      meter.clear()
    },
    dispose() {
      for (const one of network.variables) {
        one.tensor.dispose()
        for (const slot of one.slots.values()) slot.dispose()
      }
      meter.clear()
    },
  }
}

/** Mean over the examples, and over the targets of a regression. */
function meanLoss({ task, outputs: width }: EncodedLabel, outputs: Tensor2D, { labels, size }: SparseBatch): Scalar {
  if (task === 'multiclass')
    return losses.softmaxCrossEntropy<Tensor, Scalar>(
      oneHot(tensor1d(Int32Array.from(labels), 'int32'), width),
      outputs,
    )
  const expected = tensor2d(labels, [size, width], 'float32')
  return task === 'regression'
    ? losses.meanSquaredError<Tensor2D, Scalar>(expected, outputs)
    : losses.sigmoidCrossEntropy<Tensor2D, Scalar>(expected, outputs)
}

async function readAll(
  arrays: readonly { name: string; shape: number[]; tensor: Tensor }[],
): Promise<Record<string, NamedArray>> {
  const reads = arrays.map(
    async ({ name, shape, tensor }) => [name, { shape, values: await readTensor(tensor) }] as const,
  )
  return Object.fromEntries(await Promise.all(reads))
}

function slotSizes(slots: StockVariable['slots']): number {
  return [...slots.values()].reduce((sum, { size }) => sum + size, 0)
}

function assign(target: StockVariable['tensor'], name: string, named: Record<string, NamedArray>): void {
  const found = named[name]
  if (!found || found.values.length !== target.size) throw new Error(`The saved weights have no ${name} that fits.`)
  tidy(() => target.assign(tensor(found.values.slice(), target.shape, 'float32')))
}
