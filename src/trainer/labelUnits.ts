import type { EncodedLabel } from '../columns/sparseBatch'

type Scaling = EncodedLabel['scaling'][number]

/** From label space (transformed, standardized) to the units of the data. */
export function toUnits(value: number, { mean, deviation, transform }: Scaling): number {
  const unscaled = value * deviation + mean
  return transform === 'log1p' ? Math.expm1(unscaled) : unscaled
}

/** The inverse of `toUnits`. */
export function toLabelSpace(value: number, { mean, deviation, transform }: Scaling): number {
  return ((transform === 'log1p' ? Math.log1p(value) : value) - mean) / deviation
}
