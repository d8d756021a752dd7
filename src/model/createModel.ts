import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment } from '../experiment/experiment'
import { networkOf } from '../experiment/watchList'
import { registerKernels } from '../kernels/registerKernels'
import { createBatchReader } from './batchInputs'
import { createTrainable } from './createTrainable'
import { createDotProduct } from './dotProduct'
import { createTabular } from './tabular'
import type { Trainable } from './trainable'

/**
 * The experiment's model with its first weights, on the backend that TensorFlow.js has set (`useBackend`). `encoded` must be
 * the encoding of the same experiment. Throws a `ModelError` for a model that cannot be.
 */
export function createModel(encoded: EncodedData, experiment: Experiment): Trainable {
  registerKernels()
  const reader = createBatchReader(encoded)
  const { model } = experiment
  const network =
    model.type === 'dotProduct'
      ? createDotProduct(encoded, experiment, model)
      : createTabular(encoded, experiment, networkOf(model), reader.range)
  return createTrainable(encoded, experiment, network, reader)
}
