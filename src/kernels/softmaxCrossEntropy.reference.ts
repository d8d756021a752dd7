/** Log loss of each row, Σ_c counts[c] · −log softmax(logits)[c], and its gradient. Defines the kernel's answer. */
export function softmaxCrossEntropyReference(logits: number[], counts: number[]): { loss: number; dLogits: number[] } {
  const largest = Math.max(...logits)
  const normalizer = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)
  const examples = counts.reduce((sum, count) => sum + count, 0)
  return {
    loss: logits.reduce((sum, logit, c) => sum + counts[c]! * (Math.log(normalizer) - (logit - largest)), 0),
    dLogits: logits.map((logit, c) => (examples * Math.exp(logit - largest)) / normalizer - counts[c]!),
  }
}
