import type { OptimizerSpec } from './experiment'
import { flavorOf } from './optimizerRules'

/** For a person: what an optimizer does otherwise in the other library. */
export function flavorDifference(optimizer: OptimizerSpec): string {
  const words = differences[optimizer.type]
  return typeof words === 'string' ? words : words[flavorOf(optimizer)]
}

const differences: Record<OptimizerSpec['type'], string | { tf1: string; keras: string }> = {
  sgd: 'SGD is the same in both.',
  momentum: {
    tf1: 'Rows that a batch does not look up rest. In Keras every row goes on by its momentum, in every step.',
    keras: 'Every row goes on by its momentum, in every step. In TensorFlow 1 rows that a batch does not look up rest.',
  },
  adagrad: {
    tf1: 'A step is divided by √accumulator. Keras adds 1e-7 under the root.',
    keras: 'A step is divided by √(accumulator + 1e-7). TensorFlow 1 adds nothing under the root.',
  },
  rowAdagrad: 'Neither library has Row Adagrad: it is the same in both.',
  rmsprop: {
    tf1: 'The mean square begins at 1, so first steps are small. In Keras it begins at 0 and fades in every row, looked up or not.',
    keras:
      'The mean square begins at 0 and fades in every row, looked up or not. In TensorFlow 1 it begins at 1, so first steps are small.',
  },
  adam: {
    tf1: 'Neither library has a lazy Adam. With TensorFlow 1’s epsilon, 1e-8; Keras’s is 1e-7.',
    keras: 'Neither library has a lazy Adam. With Keras’s epsilon, 1e-7; TensorFlow 1’s is 1e-8.',
  },
  adamAllRows: {
    tf1: 'Every row moves in both. Epsilon is 1e-8; in Keras it is 1e-7.',
    keras: 'Every row moves in both. Epsilon is 1e-7; in TensorFlow 1 it is 1e-8.',
  },
  ftrl: {
    tf1: 'Rows that a batch does not look up keep their weights. In Keras those never looked up become 0 in the first step.',
    keras:
      'Rows never looked up become 0 in the first step. In TensorFlow 1 rows that a batch does not look up keep their weights.',
  },
}
