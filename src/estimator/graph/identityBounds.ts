import type { Trace } from './trace'

/**
 * Features that the model function reads by an identity column without a default, and its number of buckets: it throws for other whole numbers than those and −1, so that
 * there are no others.
 */
export function identityBounds({ kernels }: Trace): ReadonlyMap<string, number> {
  const bounds = new Map<string, number>()
  for (const { inputs } of kernels) {
    for (const { source } of Object.values(inputs)) {
      const origin = source.kind === 'literal' ? source.literal.origin : null
      if (origin?.from !== 'ids' && origin?.from !== 'counts') continue
      const { column } = origin
      if (column.type !== 'identity' || column.defaultValue !== null) continue
      const read = origin.inputs[column.key]?.source
      if (read?.kind !== 'feature') continue
      bounds.set(read.name, Math.min(column.numBuckets, bounds.get(read.name) ?? Number.POSITIVE_INFINITY))
    }
  }
  return bounds
}
