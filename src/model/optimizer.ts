import type { OptimizerSpec } from '../experiment/experiment'
import { adagradRows } from '../kernels/adagradRows'
import { adamRows } from '../kernels/adamRows'
import { type IndexedSlices, sgdRows } from '../kernels/sgdRows'
import { assertNever } from '../lib/assertNever'
import { ownTensor, type Parameter } from './parameter'

/** The gradient of one parameter in a step. Dense kernels touch all their rows. */
export interface Gradient extends IndexedSlices {
  parameter: Parameter
}

/** TensorFlow 1's SGD, Adagrad (accumulator 0.1, no epsilon) and Adam (lazy in the rows of a table, see `adamRows`). */
export interface Optimizer {
  learningRate: number
  /** Steps taken. */
  steps: number
  readonly slotNames: readonly string[]
  /** Gives a trainable parameter fresh slots. */
  resetSlots(parameter: Parameter): void
  /** One step on all parameters of `gradients`, in place. */
  apply(gradients: readonly Gradient[]): void
}

const slotInitials: Record<OptimizerSpec['type'], Record<string, number>> = {
  sgd: {},
  adagrad: { accumulator: 0.1 },
  adam: { m: 0, v: 0 },
}

export function createOptimizer({ type, learningRate }: OptimizerSpec): Optimizer {
  const initials = slotInitials[type]
  const optimizer: Optimizer = {
    learningRate,
    steps: 0,
    slotNames: Object.keys(initials),
    resetSlots(parameter) {
      if (!parameter.trainable) return
      for (const [name, initial] of Object.entries(initials)) {
        parameter.slots.get(name)?.dispose()
        const values = new Float32Array(parameter.rows * parameter.dimension).fill(initial)
        parameter.slots.set(name, ownTensor(values, parameter.rows, parameter.dimension))
      }
    },
    apply(gradients) {
      optimizer.steps++
      for (const gradient of gradients) update(type, gradient, optimizer)
    },
  }
  return optimizer
}

function update(type: OptimizerSpec['type'], gradient: Gradient, { learningRate, steps }: Optimizer): void {
  const { tensor, slots } = gradient.parameter
  if (type === 'sgd') sgdRows(tensor, gradient, learningRate)
  else if (type === 'adagrad') adagradRows(tensor, slots.get('accumulator')!, gradient, learningRate)
  else if (type === 'adam') adamRows(tensor, slots.get('m')!, slots.get('v')!, gradient, learningRate, steps)
  else assertNever(type)
}
