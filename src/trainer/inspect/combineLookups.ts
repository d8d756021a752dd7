import type { EmbeddingColumn } from '../../experiment/experiment'
import type { FlowLookup } from '../../protocol/inspect'

/**
 * Zeros for a row without an id; rows of the table longer than `maxNorm` are scaled down to it first, and a combiner that divides by the weights
 * leaves out those not above 0. As TensorFlow has all three.
 */
export function combineLookups(lookups: FlowLookup[], { combiner, dimension, maxNorm }: EmbeddingColumn): number[] {
  const weights = lookups.map(({ weight }) => (combiner === 'sum' ? weight : Math.max(0, weight)))
  const scale = scaleOf(weights, combiner)
  const factors = lookups.map(
    ({ vector }, l) =>
      weights[l]! *
      (maxNorm === undefined ? 1 : Math.min(1, maxNorm / Math.max(Math.hypot(...vector), Number.MIN_VALUE))),
  )
  return Array.from({ length: dimension }, (_, i) =>
    lookups.length === 0
      ? 0
      : Math.fround(scale * lookups.reduce((sum, { vector }, l) => sum + factors[l]! * vector[i]!, 0)),
  )
}

function scaleOf(weights: number[], combiner: EmbeddingColumn['combiner']): number {
  if (combiner === 'sum') return 1
  const total = weights.reduce((sum, weight) => sum + (combiner === 'mean' ? weight : weight * weight), 0)
  return total === 0 ? 0 : 1 / (combiner === 'mean' ? total : Math.sqrt(total))
}
