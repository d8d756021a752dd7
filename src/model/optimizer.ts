import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { OptimizerSpec } from '../experiment/experiment'
import { type OptimizerSlot, optimizerSlots } from '../experiment/optimizerSlots'
import { adagradRows } from '../kernels/adagradRows'
import { adamAllRows } from '../kernels/adamAllRows'
import { adamRows } from '../kernels/adamRows'
import { ftrlRows } from '../kernels/ftrlRows'
import { momentumRows } from '../kernels/momentumRows'
import { rmspropRows } from '../kernels/rmspropRows'
import { rowAdagradRows } from '../kernels/rowAdagradRows'
import { type IndexedSlices, sgdRows } from '../kernels/sgdRows'
import { ownTensor, type Parameter } from './parameter'

/** The gradient of one parameter in a step. Dense kernels touch all their rows. */
export interface Gradient extends IndexedSlices {
  parameter: Parameter
}

/**
 * TensorFlow 1's optimizers with its defaults, in place, on the rows touched; each is described at its kernel. `adam` is lazy in the
 * rows of a table, `adamAllRows` is TensorFlow's own; `rowAdagrad` keeps one number for each row of any parameter.
 */
export interface Optimizer {
  learningRate: number
  /** Steps taken. */
  steps: number
  readonly slots: readonly OptimizerSlot[]
  /** Gives a trainable parameter fresh slots. */
  resetSlots(parameter: Parameter): void
  /** One step on all parameters of `gradients`, in place. */
  apply(gradients: readonly Gradient[]): void
}

export function createOptimizer({ type, learningRate }: OptimizerSpec): Optimizer {
  const slots = optimizerSlots[type]
  const optimizer: Optimizer = {
    learningRate,
    steps: 0,
    slots,
    resetSlots(parameter) {
      if (!parameter.trainable) return
      for (const { name, initial, perRow } of slots) {
        parameter.slots.get(name)?.dispose()
        const width = perRow ? 1 : parameter.dimension
        const values = new Float32Array(parameter.rows * width).fill(initial)
        parameter.slots.set(name, ownTensor(values, parameter.rows, width))
      }
    },
    apply(gradients) {
      optimizer.steps++
      for (const gradient of gradients) {
        const { tensor, slots } = gradient.parameter
        updates[type](tensor, (name) => slots.get(name)!, gradient, optimizer)
      }
    },
  }
  return optimizer
}

type Update = (table: Tensor2D, slot: (name: string) => Tensor2D, gradient: IndexedSlices, optimizer: Optimizer) => void

const updates: Record<OptimizerSpec['type'], Update> = {
  sgd: (table, _, gradient, { learningRate }) => sgdRows(table, gradient, learningRate),
  momentum: (table, slot, gradient, { learningRate }) => momentumRows(table, slot('momentum'), gradient, learningRate),
  adagrad: (table, slot, gradient, { learningRate }) => adagradRows(table, slot('accumulator'), gradient, learningRate),
  rowAdagrad: (table, slot, gradient, { learningRate }) =>
    rowAdagradRows(table, slot('accumulator'), gradient, learningRate),
  rmsprop: (table, slot, gradient, { learningRate }) =>
    rmspropRows(table, slot('rms'), slot('momentum'), gradient, learningRate),
  adam: (table, slot, gradient, { learningRate, steps }) =>
    adamRows(table, slot('m'), slot('v'), gradient, learningRate, steps),
  adamAllRows: (table, slot, gradient, { learningRate, steps }) =>
    adamAllRows(table, slot('m'), slot('v'), gradient, learningRate, steps),
  ftrl: (table, slot, gradient, { learningRate }) =>
    ftrlRows(table, slot('accumulator'), slot('linear'), gradient, learningRate),
}
