import type { Optimizer } from '@tensorflow/tfjs-core'
import { optimizers, train } from './train'
import type { TrainOptimizer } from './trainOptimizer'

interface Kind {
  make(learningRate: number): TrainOptimizer
  /** What ours have beside the learning rate, by the names of TensorFlow.js. */
  fixed: Readonly<Record<string, number | boolean>>
}

const byClass: Record<string, Kind> = {
  SGD: { make: optimizers.sgd, fixed: {} },
  Momentum: { make: train.momentumOptimizer, fixed: { momentum: 0.9, useNesterov: false } },
  Adagrad: { make: optimizers.adagrad, fixed: { initialAccumulatorValue: 0.1 } },
  RMSProp: { make: optimizers.rmsprop, fixed: { decay: 0.9, momentum: 0, epsilon: 1e-7, centered: false } },
  Adam: { make: optimizers.adam, fixed: { beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } },
}

/**
 * The optimizer that a model was compiled with, as one of ours: TensorFlow.js's own know no sparse gradients. Of a stock one the kind and the learning rate are taken.
 * Throws for kinds that there are not here, and for other settings than Keras's defaults (Momentum: 0.9).
 */
export function kerasOptimizer(optimizer: Optimizer): TrainOptimizer {
  // Not instanceof: TensorFlow.js takes any optimizer for an instance of any.
  if ('spec' in optimizer) return optimizer as TrainOptimizer
  const name = optimizer.getClassName()
  const kind = byClass[name]
  const config = optimizer.getConfig()
  if (!kind || typeof config.learningRate !== 'number') {
    throw new Error(
      `An Estimator cannot train by the optimizer ${name}: compile the model with one of optimizers or train.`,
    )
  }
  for (const [setting, value] of Object.entries(kind.fixed)) {
    if (config[setting] !== value)
      throw new Error(`An Estimator trains by ${name} with ${setting} ${value} alone, not ${config[setting]}.`)
  }
  return kind.make(config.learningRate)
}
