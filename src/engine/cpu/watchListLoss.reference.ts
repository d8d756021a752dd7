/** Everything in label space, row by row: B examples, D numbers of a bag, C classes. */
export interface SampledLossInput {
  /** [B × D] */
  bags: readonly (readonly number[])[]
  /** [C × D] and [C] */
  weights: readonly (readonly number[])[]
  biases: readonly number[]
  /** [B] */
  labels: readonly number[]
  /** Different classes. */
  candidates: readonly number[]
  /** Added to the logit of a class. */
  correction(item: number): number
}

export interface SampledLoss {
  /** Mean over the examples. */
  loss: number
  dBags: number[][]
  /** Rows that nothing was asked of are 0. */
  dWeights: number[][]
  dBiases: number[]
}

/**
 * The loss of TensorFlow's `tf.nn.sampled_softmax_loss` with `remove_accidental_hits`, and its gradient: each example's own class beside the
 * candidates, which are the same for all examples of a step; a candidate that is an example's own class is left out there.
 */
export function sampledSoftmaxLoss({
  bags,
  weights,
  biases,
  labels,
  candidates,
  correction,
}: SampledLossInput): SampledLoss {
  const dBags = bags.map((bag) => bag.map(() => 0))
  const dWeights = weights.map((row) => row.map(() => 0))
  const dBiases = biases.map(() => 0)
  let total = 0
  bags.forEach((bag, b) => {
    const classes = [labels[b]!, ...candidates.filter((item) => item !== labels[b])]
    const logits = classes.map(
      (item) => weights[item]!.reduce((sum, w, d) => sum + w * bag[d]!, 0) + biases[item]! + correction(item),
    )
    const largest = Math.max(...logits)
    const normalizer = logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0)
    total += largest + Math.log(normalizer) - logits[0]!
    classes.forEach((item, i) => {
      const slope = (Math.exp(logits[i]! - largest) / normalizer - Number(i === 0)) / bags.length
      dBiases[item]! += slope
      bag.forEach((x, d) => {
        dWeights[item]![d]! += slope * x
        dBags[b]![d]! += slope * weights[item]![d]!
      })
    })
  })
  return { loss: total / bags.length, dBags, dWeights, dBiases }
}
