import type { MetricName } from '../../protocol/trainer'
import type { RunRecord } from '../../store/runSlice'
import { formatNamedMetric, metricTitles } from './metricTitles'

/**
 * Validation metric at the run's best epoch, the one of the smallest validation loss that “Return” goes to: another epoch may have the best value of
 * this metric. `details` also says what the last epoch has.
 */
export function bestWords({ best, last }: RunRecord, metric: MetricName): { value: string; details: string } {
  const read = (evaluation: typeof best) => formatNamedMetric(metric, evaluation?.validation[metric])
  const at = (evaluation: typeof best) =>
    evaluation ? `${read(evaluation)} at epoch ${Math.round(evaluation.epoch)}` : '–'
  const details = `${metricTitles[metric]}: ${at(best)}, the best by loss; ${at(last)}, the last.`
  return { value: read(best), details }
}
