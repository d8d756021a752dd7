import type { Tensor } from '@tensorflow/tfjs-core'
import type { OptimizerSpec } from '../experiment/experiment'
import type { GlobalStep, MinimizeOp } from './trainOp'
import { TrainOptimizer } from './trainOptimizer'

interface Naming {
  /** Tells two optimizers of one kind in a model function apart. */
  name?: string
}

type Make = (learningRate: number, naming?: Naming) => TrainOptimizer

function optimizer(type: OptimizerSpec['type'], usual: string, flavor: 'tf1' | 'keras'): Make {
  return (learningRate, { name = usual } = {}) => {
    if (!(learningRate > 0))
      throw new RangeError(`The learning rate of ${name} is ${learningRate}; it must be above 0.`)
    return new TrainOptimizer({ type, learningRate, flavor }, name)
  }
}

const adam = optimizer('adamAllRows', 'Adam', 'tf1')
const lazyAdam = optimizer('adam', 'LazyAdam', 'tf1')

/** `tf.compat.v1.train`: TensorFlow 1's optimizers, with its defaults; momentum is 0.9. */
export const train = {
  gradientDescentOptimizer: optimizer('sgd', 'GradientDescent', 'tf1'),
  momentumOptimizer: optimizer('momentum', 'Momentum', 'tf1'),
  /** Accumulators start at 0.1. */
  adagradOptimizer: optimizer('adagrad', 'Adagrad', 'tf1'),
  rmsPropOptimizer: optimizer('rmsprop', 'RMSProp', 'tf1'),
  /** Moves every row of a table at each step, as TensorFlow's does. 0.001 */
  adamOptimizer: (learningRate = 0.001, naming?: Naming) => adam(learningRate, naming),
  /** `tf.contrib.opt.LazyAdamOptimizer`: moves the rows looked up alone. 0.001 */
  lazyAdamOptimizer: (learningRate = 0.001, naming?: Naming) => lazyAdam(learningRate, naming),
  ftrlOptimizer: optimizer('ftrl', 'Ftrl', 'tf1'),
}

/** `tf.keras.optimizers`, with Keras's defaults. For `compile` of models with `layers.embedding` of this library: TensorFlow.js's own know no sparse gradients. */
export const optimizers = {
  sgd: withDefault(optimizer('sgd', 'SGD', 'keras'), 0.01),
  adagrad: withDefault(optimizer('adagrad', 'Adagrad', 'keras'), 0.001),
  rmsprop: withDefault(optimizer('rmsprop', 'RMSprop', 'keras'), 0.001),
  /** Moves every row of a table at each step. */
  adam: withDefault(optimizer('adamAllRows', 'Adam', 'keras'), 0.001),
  /** TensorFlow Addons' `LazyAdam`: moves the rows looked up alone. */
  lazyAdam: withDefault(optimizer('adam', 'LazyAdam', 'keras'), 0.001),
  ftrl: withDefault(optimizer('ftrl', 'Ftrl', 'keras'), 0.001),
}

function withDefault(make: Make, usual: number): (learningRate?: number, naming?: Naming) => TrainOptimizer {
  return (learningRate = usual, naming) => make(learningRate, naming)
}

const named = {
  SGD: train.gradientDescentOptimizer,
  Adam: train.adamOptimizer,
  Adagrad: train.adagradOptimizer,
  Ftrl: train.ftrlOptimizer,
  Momentum: train.momentumOptimizer,
  RMSProp: train.rmsPropOptimizer,
}

/** `tf.contrib.layers.optimize_loss`, as the course writes it. */
export function optimizeLoss(options: {
  loss: Tensor
  globalStep: GlobalStep
  learningRate: number
  optimizer: keyof typeof named
}): MinimizeOp {
  const { loss, globalStep, learningRate, optimizer } = options
  if (!Object.hasOwn(named, optimizer)) {
    throw new RangeError(
      `There is no optimizer ${JSON.stringify(optimizer)}. There are: ${Object.keys(named).join(', ')}.`,
    )
  }
  return named[optimizer](learningRate).minimize(loss, globalStep)
}
