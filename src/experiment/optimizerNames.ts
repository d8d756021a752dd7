import type { OptimizerSpec } from './experiment'

/** What the page calls the optimizers, in the order of its menu. */
export const optimizerNames: Record<OptimizerSpec['type'], string> = {
  sgd: 'SGD',
  momentum: 'Momentum',
  adagrad: 'Adagrad',
  rowAdagrad: 'Adagrad, one rate per row',
  rmsprop: 'RMSProp',
  adam: 'Adam (lazy)',
  adamAllRows: 'Adam, all rows (TensorFlow 1)',
  ftrl: 'FTRL',
}
