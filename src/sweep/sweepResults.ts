import { min } from 'd3-array'
import type { Evaluation, LearntTable, MetricName } from '../protocol/trainer'
import type { SweepPlan } from './planSweep'

/** What became of one run. */
export type CellState =
  | { state: 'waiting' }
  | { state: 'running'; epoch: number }
  | ({ state: 'done' } & CellResult)
  | { state: 'failed'; message: string }

export interface CellResult {
  /** After the last epoch. */
  last: Evaluation
  /** At the epoch of the lowest validation loss. */
  best: Evaluation
  /** In the order of their epochs: the run's curve. */
  evaluations: readonly Evaluation[]
  /** The table that the map would open with, after the last epoch; null where the tables of a sweep are too many to keep. */
  table: LearntTable | null
  /** Of training alone, without evaluation. */
  msPerEpoch: number
  parameters: number
  /** Weights with the optimizer's state. */
  bytes: number
}

/** Which epoch of a run counts: the last one shows overfitting, the best one is what early stopping would keep. */
export type MeasuredAt = 'last' | 'best'

export interface Spread {
  /** Seeds. */
  count: number
  mean: number
  /** Of the sample (n − 1); 0 for one seed. */
  deviation: number
  /** Of the mean: deviation / √n. */
  error: number
}

/** All finished runs of one value. */
export interface ValueSummary {
  value: number
  train: Spread
  validation: Spread
  /** Of its fastest run: the first run of a trainer takes longer, since the browser then compiles the code. */
  msPerEpoch: number
  parameters: number
  bytes: number
}

/** Values of which at least one run is done, ascending. `cells` beside `plan.cells`. */
export function summarizeSweep(
  plan: SweepPlan,
  cells: readonly CellState[],
  metric: MetricName,
  at: MeasuredAt,
): ValueSummary[] {
  return plan.values.flatMap((value) => {
    const ofValue = cells.filter((_, i) => plan.cells[i]!.value === value)
    const done = ofValue.filter((cell) => cell.state === 'done')
    const [first] = done
    if (!first) return []
    return [
      {
        value,
        train: spread(done.map((cell) => cell[at].train[metric] ?? Number.NaN)),
        validation: spread(done.map((cell) => cell[at].validation[metric] ?? Number.NaN)),
        msPerEpoch: min(done.map((cell) => cell.msPerEpoch)) ?? Number.NaN,
        parameters: first.parameters,
        bytes: first.bytes,
      },
    ]
  })
}

export function spread(values: readonly number[]): Spread {
  const n = values.length
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  const deviation = n > 1 ? Math.sqrt(squares / (n - 1)) : 0
  return { count: n, mean, deviation, error: deviation / Math.sqrt(n) }
}

/** Whether more of the metric is better. */
export function isGain(metric: MetricName): boolean {
  return metric === 'r2' || metric === 'auc' || metric === 'accuracy' || metric === 'recall10'
}

/** The value with the best mean validation metric; null when there is none that is finite. */
export function bestValue(summaries: readonly ValueSummary[], metric: MetricName): ValueSummary | null {
  const sign = isGain(metric) ? -1 : 1
  const finite = summaries.filter(({ validation }) => Number.isFinite(validation.mean))
  return finite.toSorted((a, b) => sign * (a.validation.mean - b.validation.mean))[0] ?? null
}

/** The values whose mean reads the same as the best one's where it is shown with `format`, ascending: the best alone, or those that tie. */
export function tiedForBest(
  summaries: readonly ValueSummary[],
  metric: MetricName,
  format: (mean: number) => string,
): ValueSummary[] {
  const best = bestValue(summaries, metric)
  if (!best) return []
  const shown = format(best.validation.mean)
  return summaries.filter(({ validation }) => format(validation.mean) === shown)
}

/**
 * The elbow by the one-standard-error rule (Breiman et al., Classification and Regression Trees, 1984; Hastie et al., The Elements of Statistical Learning,
 * § 7.10): the smallest value whose mean validation metric is as good as the best one's but for one standard error. It is that of the difference, √(e₁² + e₂²),
 * since both are means over a few seeds; where the best one's alone counted, a value whose own seeds scatter more than that would lose by chance. null
 * when there is no finite mean.
 */
export function elbowOf(summaries: readonly ValueSummary[], metric: MetricName): ValueSummary | null {
  const best = bestValue(summaries, metric)
  if (!best) return null
  const within = ({ validation: { mean, error } }: ValueSummary) =>
    Math.abs(mean - best.validation.mean) <= Math.hypot(error, best.validation.error)
  return summaries.find((summary) => summary === best || within(summary)) ?? best
}
