import type { Optimizer } from '@tensorflow/tfjs-core'
import { optimizers, train } from './train'
import type { TrainOptimizer } from './trainOptimizer'

const byClass: Record<string, (learningRate: number) => TrainOptimizer> = {
  SGD: (learningRate) => optimizers.sgd(learningRate),
  Momentum: (learningRate) => train.momentumOptimizer(learningRate),
  Adagrad: (learningRate) => optimizers.adagrad(learningRate),
  RMSProp: (learningRate) => optimizers.rmsprop(learningRate),
  Adam: (learningRate) => optimizers.adam(learningRate),
}

/**
 * The optimizer that a model was compiled with, as one of ours: TensorFlow.js's own know no sparse gradients. Of a stock one the kind and the learning rate are taken,
 * the rest are Keras's defaults. Throws for kinds that there are not here.
 */
export function kerasOptimizer(optimizer: Optimizer): TrainOptimizer {
  // Not instanceof: TensorFlow.js takes any optimizer for an instance of any.
  if ('spec' in optimizer) return optimizer as TrainOptimizer
  const name = optimizer.getClassName()
  const make = byClass[name]
  const { learningRate } = optimizer.getConfig()
  if (make && typeof learningRate === 'number') return make(learningRate)
  throw new Error(
    `An Estimator cannot train by the optimizer ${name}: compile the model with one of optimizers or train.`,
  )
}
