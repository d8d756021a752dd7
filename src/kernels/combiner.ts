/** How the vectors of a bag become one: TensorFlow's combiners. */
export type Combiner = 'mean' | 'sum' | 'sqrtn'

/** Numbers of the combiners in WGSL. */
export const combinerCodes: Record<Combiner, number> = { sum: 0, mean: 1, sqrtn: 2 }

/** Weight of each vector in a bag of `lookups` vectors. */
export function combinerWeight(combiner: Combiner, lookups: number): number {
  if (combiner === 'sum' || lookups < 2) return 1
  return combiner === 'mean' ? 1 / lookups : 1 / Math.sqrt(lookups)
}
