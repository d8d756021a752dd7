import type { Experiment } from '../experiment/experiment'
import { sweepLimits } from '../experiment/sweepLink'
import { type SweepSetting, withSetting } from './sweepSetting'

/** One run of a sweep. */
export interface SweepCell {
  value: number
  seed: number
  experiment: Experiment
}

export interface SweepPlan {
  /** What everything but the setting and the seed is taken from. */
  base: Experiment
  setting: SweepSetting
  /** Ascending. */
  values: number[]
  seeds: number[]
  epochs: number
  /** In the order they are run: every value with the first seed, then every value with the next, so that the whole curve is there early. */
  cells: SweepCell[]
}

interface Asked {
  setting: SweepSetting
  values: readonly number[]
  /** How many seeds, from the experiment's own upwards. */
  seedCount: number
  epochs: number
  /** Rows to learn from, the same in all runs; null or left out: as the experiment has it. */
  trainRows?: number | null
}

/**
 * Every value with every seed. All runs go the same number of epochs, without patience, on the CPU, whose weights follow from the seed: a run of the
 * sweep that is opened afterwards is the same run again.
 */
export function planSweep(experiment: Experiment, { setting, values, seedCount, epochs, trainRows }: Asked): SweepPlan {
  const base = trainRows ? withTrainRows(experiment, trainRows) : experiment
  const ascending = [...new Set(values)].sort((a, b) => a - b)
  const seeds = Array.from({ length: seedCount }, (_, i) => (base.seed + i) >>> 0)
  const stop = { epochs, patience: null }
  const backend = base.backend === 'cpu' ? 'cpu' : 'wasm'
  const cells = seeds.flatMap((seed) =>
    ascending.map((value) => ({
      value,
      seed,
      experiment: { ...withSetting(base, setting, value), seed, stop, backend } satisfies Experiment,
    })),
  )
  return { base, setting, values: ascending, seeds, epochs, cells }
}

function withTrainRows(experiment: Experiment, rows: number): Experiment {
  const { split } = experiment
  return { ...experiment, split: { ...split, trainSample: { rows, seed: split.trainSample?.seed ?? split.seed } } }
}

/**
 * Numbers between commas, semicolons or spaces, for a person to correct: a sentence where there is something else, a number that `faultOf` says something
 * about, too few or too many, or a number twice.
 */
export function parseValues(
  text: string,
  faultOf: (value: number) => string | null = () => null,
): { values: number[] } | { fault: string } {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '')
  const values = words.map(Number)
  const wrong = words.find((_, i) => !Number.isFinite(values[i]))
  if (wrong !== undefined) return { fault: `“${wrong}” is not a number.` }
  if (values.length > sweepLimits.values)
    return { fault: `At most ${sweepLimits.values} values: there are ${values.length}.` }
  const outside = values.flatMap((value) => faultOf(value) ?? [])[0]
  const tooFew = values.length < sweepLimits.fewestValues ? 'At least two values are needed to compare.' : null
  if (outside || tooFew) return { fault: [outside, tooFew].filter(Boolean).join(' ') }
  const twice = values.find((value, i) => values.indexOf(value) < i)
  return twice === undefined ? { values } : { fault: `${twice} is listed twice.` }
}
