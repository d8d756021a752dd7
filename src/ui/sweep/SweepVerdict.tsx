import type { MetricName } from '../../protocol/trainer'
import type { SweepPlan } from '../../sweep/planSweep'
import { elbowOf, tiedForBest, type ValueSummary } from '../../sweep/sweepResults'
import { hasCost, settingName } from '../../sweep/sweepSetting'
import { formatNamedMetric, metricTitles } from '../measures/metricTitles'
import classes from '../pages/labPage.module.css'

interface Props {
  plan: SweepPlan
  summaries: ValueSummary[]
  metric: MetricName
  complete: boolean
  /** It has not begun. */
  isPlanned: boolean
}

/** The answer in a sentence, with the rule it follows. */
export function SweepVerdict({ plan, summaries, metric, complete, isPlanned }: Props) {
  const tied = tiedForBest(summaries, metric, (mean) => formatNamedMetric(metric, mean))
  const [best] = tied
  const elbow = elbowOf(summaries, metric)
  if (!best || !elbow || summaries.length < 2) {
    return (
      <p className={`${classes.answer} ${classes.quiet}`}>
        {isPlanned
          ? 'Every value is trained with every seed, everything else as it is, and measured on rows that none of the runs has learnt from.'
          : 'The answer comes as soon as two values have a run each.'}
      </p>
    )
  }
  const reading = ({ validation }: ValueSummary) =>
    `${metricTitles[metric]} of ${formatNamedMetric(metric, validation.mean)}`
  const isBest = tied.includes(elbow)
  const sofar = complete ? '' : ' so far'
  // One seed has no spread to judge a difference by.
  const isJudged = hasCost(plan.setting) && plan.seeds.length > 1
  return (
    <p className={classes.answer}>
      Best{sofar}: <b>{listOf(tied)}</b>
      {tied.length > 1 ? ', which tie at this precision,' : ''} with a validation {reading(best)}.{' '}
      {isJudged && !isBest && (
        <>
          The elbow{sofar}: <b>{elbow.value}</b> ({reading(elbow)}).{' '}
        </>
      )}
      {isJudged && (
        <span className={classes.quiet}>
          The elbow is the smallest {settingName(plan.setting, plan.base)} whose mean differs from the best one’s by no
          more than one standard error of that difference
          {isBest && (tied.length > 1 ? ': here one of the best' : ': here the best itself')}.
        </span>
      )}
      {hasCost(plan.setting) && !isJudged && (
        <span className={classes.quiet}>To say where more stops helping takes several seeds.</span>
      )}
    </p>
  )
}

const and = new Intl.ListFormat('en-US')

/** `1`, `1 and 2`, `1, 2, and 4`. */
function listOf(summaries: readonly ValueSummary[]): string {
  return and.format(summaries.map(({ value }) => String(value)))
}
