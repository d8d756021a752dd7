import type { OptimizerSpec } from './experiment'

/** An array that an optimizer keeps beside the weights, named as TensorFlow names it. */
export interface OptimizerSlot {
  name: string
  /** What all its numbers start at: TensorFlow 1's defaults. */
  initial: number
  /** One number for each row [rows, 1] instead of one for each weight. A bias vector is one row. */
  perRow: boolean
}

export const optimizerSlots: Record<OptimizerSpec['type'], readonly OptimizerSlot[]> = {
  sgd: [],
  momentum: [slot('momentum', 0)],
  adagrad: [slot('accumulator', 0.1)],
  rowAdagrad: [{ ...slot('accumulator', 0.1), perRow: true }],
  rmsprop: [slot('rms', 1), slot('momentum', 0)],
  adam: [slot('m', 0), slot('v', 0)],
  adamAllRows: [slot('m', 0), slot('v', 0)],
  ftrl: [slot('accumulator', 0.1), slot('linear', 0)],
}

function slot(name: string, initial: number): OptimizerSlot {
  return { name, initial, perRow: false }
}

/** Numbers of optimizer state beside `rows` rows of `dimension` weights each. */
export function slotNumbers(type: OptimizerSpec['type'], rows: number, dimension: number): number {
  return optimizerSlots[type].reduce((sum, { perRow }) => sum + (perRow ? rows : rows * dimension), 0)
}
