/** The rule of thumb of TensorFlow's guide for the dimension of an embedding: the fourth root of its buckets. */
export function fourthRoot(buckets: number): number {
  return buckets ** 0.25
}

/** The dimension that the rule of thumb gives: rounded, at least 1. */
export function suggestDimension(buckets: number): number {
  return Math.max(1, Math.round(fourthRoot(buckets)))
}
