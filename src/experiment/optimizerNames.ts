import type { OptimizerSpec } from './experiment'
import type { OptimizerFlavor } from './optimizerRules'

/** What the page calls the optimizers, in the order of its menu; short enough to be read in its bar. */
export const optimizerNames: Record<OptimizerSpec['type'], string> = {
  sgd: 'SGD',
  momentum: 'Momentum',
  adagrad: 'Adagrad',
  rowAdagrad: 'Row Adagrad',
  rmsprop: 'RMSProp',
  adam: 'Adam',
  adamAllRows: 'Adam, all rows',
  ftrl: 'FTRL',
}

export const flavorNames: Record<OptimizerFlavor, string> = { tf1: 'TensorFlow 1', keras: 'Keras 3' }
