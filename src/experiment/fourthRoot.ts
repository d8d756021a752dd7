/** The rule of thumb of TensorFlow's guide for the dimension of an embedding: the fourth root of its buckets, rounded, at least 1. */
export function fourthRoot(buckets: number): number {
  return Math.max(1, Math.round(buckets ** 0.25))
}
