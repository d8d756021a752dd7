import type { OptimizerSpec } from './experiment'

/** Numbers that an optimizer keeps beside each weight. */
export const optimizerSlots: Record<OptimizerSpec['type'], number> = { sgd: 0, adagrad: 1, adam: 2 }
