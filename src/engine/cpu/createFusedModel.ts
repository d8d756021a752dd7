import type { EncodedData } from '../../columns/sparseBatch'
import type { Experiment } from '../../experiment/experiment'
import { hasPlainTables } from '../../model/hasPlainTables'
import type { ResidentTrainable } from '../../model/trainable'
import { createFusedDotProduct } from './fusedDotProduct'
import { createFusedTabular } from './fusedTabular'
import { createSampledWatchList } from './watchListSampled'

/**
 * The experiment's model with its first weights in a SIMD heap of its own; needs no TensorFlow.js. Null where the fused execution does not cover
 * it. Throws a `ModelError` for a model that cannot be.
 */
export function createFusedModel(encoded: EncodedData, experiment: Experiment): ResidentTrainable | null {
  if (!hasPlainTables(encoded, experiment)) return null
  const sampled = createSampledWatchList(encoded, experiment)
  if (sampled) return sampled
  return experiment.model.type === 'dotProduct'
    ? createFusedDotProduct(encoded, experiment)
    : createFusedTabular(encoded, experiment)
}
