import { type Rank, range, reshape, scatterND, slice, type Tensor2D, tidy, zeros } from '@tensorflow/tfjs-core'
import type { OptimizerSpec } from '../experiment/experiment'
import { flavorOf, type OptimizerFlavor, type OptimizerSlot, optimizerRule } from '../experiment/optimizerRules'
import { adagradRows } from '../kernels/adagradRows'
import { adamAllRows } from '../kernels/adamAllRows'
import { adamRows } from '../kernels/adamRows'
import { ftrlRows } from '../kernels/ftrlRows'
import type { IndexedSlices } from '../kernels/indexedSlices'
import { momentumRows } from '../kernels/momentumRows'
import { rmspropRows } from '../kernels/rmspropRows'
import { rowAdagradRows } from '../kernels/rowAdagradRows'
import { sgdRows } from '../kernels/sgdRows'
import { velocityRows } from '../kernels/velocityRows'
import { ownTensor, type Parameter } from './parameter'

/** The gradient of one parameter in a step. Dense kernels touch all their rows. */
export interface Gradient extends IndexedSlices {
  parameter: Parameter
}

/**
 * Optimizers of TensorFlow 1 and of Keras with their defaults (experiment/optimizerRules.ts), in place, on the rows touched or on every row; each
 * is described at its kernel. `adam` is lazy in the rows of a table, `adamAllRows` is that of both libraries; `rowAdagrad` keeps one number for each
 * row of any parameter.
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

export function createOptimizer(spec: OptimizerSpec): Optimizer {
  const rule = optimizerRule(spec)
  const { update, takesAll } = updates[flavorOf(spec)][spec.type]
  const optimizer: Optimizer = {
    learningRate: spec.learningRate,
    steps: 0,
    slots: rule.slots,
    resetSlots(parameter) {
      if (!parameter.trainable) return
      for (const { name, initial, perRow } of rule.slots) {
        parameter.slots.get(name)?.dispose()
        const width = perRow ? 1 : parameter.dimension
        const values = new Float32Array(parameter.rows * width).fill(initial)
        parameter.slots.set(name, ownTensor(values, parameter.rows, width))
      }
    },
    apply(gradients) {
      optimizer.steps++
      tidy(() => {
        for (const gradient of gradients) {
          const { parameter } = gradient
          const slots = rule.slots.map(({ name }) => parameter.slots.get(name)!)
          const slices = rule.everyRow && !takesAll ? everyRow(gradient) : gradient
          update(parameter.tensor, slots, slices, optimizer, rule.epsilon)
        }
      })
    },
  }
  return optimizer
}

/** The gradient of all rows, 0 where there was none: what kernels for rows touched need to step on every row. */
function everyRow({ parameter, touched, rows, values }: Gradient): IndexedSlices {
  if (touched === parameter.rows) return { touched, rows, values }
  const { rows: all, dimension } = parameter
  const places = reshape(slice(rows, 0, touched), [touched, 1])
  const spread =
    touched === 0
      ? zeros<Rank.R2>([all, dimension])
      : scatterND<Rank.R2>(places, slice(values, 0, touched), [all, dimension])
  return { touched: all, rows: range(0, all, 1, 'int32'), values: spread }
}

type Slots = readonly Tensor2D[]
type Update = (table: Tensor2D, slots: Slots, gradient: IndexedSlices, optimizer: Optimizer, epsilon: number) => void

interface TypedUpdate {
  update: Update
  /** The kernel steps on every row by itself. */
  takesAll?: boolean
}

const tf1: Record<OptimizerSpec['type'], TypedUpdate> = {
  sgd: { update: (table, _, gradient, { learningRate }) => sgdRows(table, gradient, learningRate) },
  momentum: {
    update: (table, [momentum], gradient, { learningRate }) =>
      momentumRows(table, momentum!, gradient, learningRate, 1),
  },
  adagrad: {
    update: (table, [accumulator], gradient, { learningRate }, epsilon) =>
      adagradRows(table, accumulator!, gradient, learningRate, epsilon),
  },
  rowAdagrad: {
    update: (table, [accumulator], gradient, { learningRate }) =>
      rowAdagradRows(table, accumulator!, gradient, learningRate),
  },
  rmsprop: {
    update: (table, [rms, momentum], gradient, { learningRate }, epsilon) =>
      rmspropRows(table, rms!, momentum!, gradient, learningRate, epsilon),
  },
  adam: {
    update: (table, [m, v], gradient, { learningRate, steps }, epsilon) =>
      adamRows(table, m!, v!, gradient, learningRate, steps, epsilon),
  },
  adamAllRows: {
    update: (table, [m, v], gradient, { learningRate, steps }, epsilon) =>
      adamAllRows(table, m!, v!, gradient, learningRate, steps, epsilon),
    takesAll: true,
  },
  ftrl: {
    update: (table, [accumulator, linear], gradient, { learningRate }) =>
      ftrlRows(table, accumulator!, linear!, gradient, learningRate),
  },
}

const updates: Record<OptimizerFlavor, typeof tf1> = {
  tf1,
  keras: {
    ...tf1,
    momentum: {
      update: (table, [momentum], gradient, { learningRate }) =>
        momentumRows(table, momentum!, gradient, -1, -learningRate),
    },
    rmsprop: {
      update: (table, [velocity], gradient, { learningRate }, epsilon) =>
        velocityRows(table, velocity!, gradient, learningRate, epsilon),
    },
  },
}
