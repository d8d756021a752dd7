import { createRandom } from '../../lib/random'

/** Classes drawn for one step, all different, with what the logits of each class are corrected by. */
export interface Candidates {
  /** Class numbers. */
  classes: Int32Array
  /** −log of how often class c is expected among the candidates. */
  correction(item: number): number
}

/**
 * Draws `count` different classes for a step: a class of popularity rank k (0 = the most popular) with probability
 * (log(k + 2) − log(k + 1)) / log(classes + 1) a try, as TensorFlow's `log_uniform_candidate_sampler` with `unique`, and expected counts
 * 1 − (1 − p)^tries as there. Every class is drawn where `count` reaches their number; then nothing is corrected. The same seed and step draw the same.
 */
export function createCandidateSampler(
  popularity: Uint32Array,
  count: number,
  seed: number,
): (step: number) => Candidates {
  const classes = popularity.length
  const byRank = Int32Array.from(popularity, (_, item) => item).sort((a, b) => popularity[b]! - popularity[a]! || a - b)
  if (count >= classes) return () => ({ classes: byRank, correction: () => 0 })
  const rankOf = new Int32Array(classes)
  byRank.forEach((item, rank) => {
    rankOf[item] = rank
  })
  const logRange = Math.log(classes + 1)
  const drawn = new Int32Array(count)
  const drawnAt = new Int32Array(classes).fill(-1)
  let stamp = 0
  return (step) => {
    const random = createRandom(seed, `candidates ${step}`)
    stamp++
    let tries = 0
    for (let filled = 0; filled < count; tries++) {
      const rank = Math.min(classes - 1, Math.floor(Math.exp(random.uniform() * logRange)) - 1)
      if (drawnAt[rank] === stamp) continue
      drawnAt[rank] = stamp
      drawn[filled++] = byRank[rank]!
    }
    return {
      classes: drawn,
      correction(item) {
        const rank = rankOf[item]!
        const chance = (Math.log(rank + 2) - Math.log(rank + 1)) / logRange
        return -Math.log(-Math.expm1(tries * Math.log1p(-chance)))
      },
    }
  }
}
