import type { OptimizerSpec } from '../experiment/experiment'
import { flavorOf } from '../experiment/optimizerRules'

/** The optimizer as its library writes it, one statement, and what differs from ours in words. */
export function optimizerCode(optimizer: OptimizerSpec): { title: string; code: string; notes: string[] } {
  const keras = flavorOf(optimizer) === 'keras'
  const { type, learningRate } = optimizer
  const call = calls[keras ? 'keras' : 'tf1'][type]
  return {
    title: keras ? 'The optimizer in Keras 3' : 'The optimizer in TensorFlow 1',
    code: `optimizer = ${call.replace('RATE', String(learningRate))}`,
    notes: [...(own[type] ? [own[type]] : []), ...(keras && squared.includes(type) ? [ON_TENSORFLOW] : [])],
  }
}

const calls: Record<'tf1' | 'keras', Record<OptimizerSpec['type'], string>> = {
  tf1: {
    sgd: 'tf.compat.v1.train.GradientDescentOptimizer(RATE)',
    momentum: 'tf.compat.v1.train.MomentumOptimizer(RATE, momentum=0.9)',
    adagrad: 'tf.compat.v1.train.AdagradOptimizer(RATE)',
    rowAdagrad: 'tf.compat.v1.train.AdagradOptimizer(RATE)',
    rmsprop: 'tf.compat.v1.train.RMSPropOptimizer(RATE)',
    adam: 'tf.compat.v1.train.AdamOptimizer(RATE)',
    adamAllRows: 'tf.compat.v1.train.AdamOptimizer(RATE)',
    ftrl: 'tf.compat.v1.train.FtrlOptimizer(RATE)',
  },
  keras: {
    sgd: 'keras.optimizers.SGD(RATE)',
    momentum: 'keras.optimizers.SGD(RATE, momentum=0.9)',
    adagrad: 'keras.optimizers.Adagrad(RATE)',
    rowAdagrad: 'keras.optimizers.Adagrad(RATE)',
    rmsprop: 'keras.optimizers.RMSprop(RATE)',
    adam: 'keras.optimizers.Adam(RATE)',
    adamAllRows: 'keras.optimizers.Adam(RATE)',
    ftrl: 'keras.optimizers.Ftrl(RATE)',
  },
}

/** What neither library has. */
const own: Partial<Record<OptimizerSpec['type'], string>> = {
  adam: 'Adam is lazy here: rows that a batch does not look up rest. There every row moves in every step, as with “Adam, all rows”.',
  rowAdagrad: 'Row Adagrad keeps one number a row here; the nearest there keeps one for each weight.',
}

/** Keras 3.15.1 on TensorFlow, see docs/tensorflow-parity.md. */
const squared: readonly OptimizerSpec['type'][] = ['adagrad', 'rowAdagrad', 'rmsprop', 'adam', 'adamAllRows']
const ON_TENSORFLOW =
  'On TensorFlow, Keras squares the gradient of each lookup by itself where a batch looks a row up more than once. On JAX and PyTorch it sums them first, as TensorFlow 1 does and this page does.'
