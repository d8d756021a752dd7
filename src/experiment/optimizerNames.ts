import type { OptimizerSpec } from './experiment'

/** What the page calls the optimizers, in the order of its menu; short enough to be read in its bar. */
export const optimizerNames: Record<OptimizerSpec['type'], string> = {
  sgd: 'SGD',
  momentum: 'Momentum',
  adagrad: 'Adagrad',
  rowAdagrad: 'Row Adagrad',
  rmsprop: 'RMSProp',
  adam: 'Adam',
  adamAllRows: 'Adam (TF1)',
  ftrl: 'FTRL',
}
