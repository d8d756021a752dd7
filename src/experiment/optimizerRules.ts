import type { OptimizerSpec } from './experiment'

/** An array that an optimizer keeps beside the weights, named as its library names it. */
export interface OptimizerSlot {
  name: string
  /** What all its numbers start at. */
  initial: number
  /** One number for each row [rows, 1] instead of one for each weight. A bias vector is one row. */
  perRow: boolean
}

/** What an optimizer does beside its formula, with the defaults of its library. */
export interface OptimizerRule {
  slots: readonly OptimizerSlot[]
  /** Keeps the divisor from 0: under the root of Adagrad and RMSProp, beside that of Adam. */
  epsilon: number
  /** Rows of a table that a batch did not look up take the step too, with a gradient of 0. */
  everyRow: boolean
}

/** Whose optimizers: TensorFlow 1's (`tf.compat.v1.train`, Estimators) or Keras 3's. */
export const optimizerFlavors = ['tf1', 'keras'] as const
export type OptimizerFlavor = (typeof optimizerFlavors)[number]

const accumulator = slot('accumulator', 0.1)
const rowAdagrad = rule([{ ...accumulator, perRow: true }])

/**
 * Learned from their sources and their five-step traces (tests/goldens). Neither library has `rowAdagrad` nor a lazy `adam`: these take the
 * defaults of the flavor. Keras's momentum holds the step itself, learning rate and sign in it.
 */
const rules: Record<OptimizerFlavor, Record<OptimizerSpec['type'], OptimizerRule>> = {
  tf1: {
    sgd: rule([]),
    momentum: rule([slot('momentum', 0)]),
    adagrad: rule([accumulator]),
    rowAdagrad,
    rmsprop: rule([slot('rms', 1), slot('momentum', 0)], { epsilon: 1e-10 }),
    adam: rule([slot('m', 0), slot('v', 0)], { epsilon: 1e-8 }),
    adamAllRows: rule([slot('m', 0), slot('v', 0)], { epsilon: 1e-8, everyRow: true }),
    ftrl: rule([accumulator, slot('linear', 0)]),
  },
  keras: {
    sgd: rule([]),
    momentum: rule([slot('momentum', 0)], { everyRow: true }),
    adagrad: rule([accumulator], { epsilon: 1e-7 }),
    rowAdagrad,
    rmsprop: rule([slot('velocity', 0)], { epsilon: 1e-7, everyRow: true }),
    adam: rule([slot('momentum', 0), slot('velocity', 0)], { epsilon: 1e-7 }),
    adamAllRows: rule([slot('momentum', 0), slot('velocity', 0)], { epsilon: 1e-7, everyRow: true }),
    ftrl: rule([accumulator, slot('linear', 0)], { everyRow: true }),
  },
}

export function flavorOf({ flavor }: OptimizerSpec): OptimizerFlavor {
  return flavor ?? 'tf1'
}

export function optimizerRule(optimizer: OptimizerSpec): OptimizerRule {
  return rules[flavorOf(optimizer)][optimizer.type]
}

/** Numbers of optimizer state beside `rows` rows of `dimension` weights each. */
export function slotNumbers(optimizer: OptimizerSpec, rows: number, dimension: number): number {
  return optimizerRule(optimizer).slots.reduce((sum, { perRow }) => sum + (perRow ? rows : rows * dimension), 0)
}

function slot(name: string, initial: number): OptimizerSlot {
  return { name, initial, perRow: false }
}

function rule(slots: OptimizerSlot[], { epsilon = 0, everyRow = false } = {}): OptimizerRule {
  return { slots, epsilon, everyRow }
}
