import { useMemo } from 'react'
import { type Curve, createCurves } from '../../plots/curves'
import type { Evaluation, MetricName } from '../../protocol/trainer'
import { selectMetric } from '../../store/selectors'
import { isShare, metricTitles } from '../measures/metricTitles'
import { useAppStore } from '../useApp'
import { usePlotOf } from '../usePlotOf'
import type { RunChoice } from './runChoices'
import classes from './runsShown.module.css'

/** The learning curve of one run, or the validation curves of two. */
export function RunCurves({ first, second }: { first: RunChoice; second: RunChoice | null }) {
  const metric = useAppStore(selectMetric)
  const curves = useMemo(() => curvesOf(first, second, metric), [first, second, metric])
  const title = `${second ? 'Validation ' : ''}${metricTitles[metric]}`
  const container = usePlotOf(createCurves, {
    title,
    xName: 'epoch',
    curves,
    yScale: 'linear',
    best: null,
    percent: isShare(metric),
    ariaLabel: `${title} over the epochs. Left and right read the values.`,
  })
  return <div ref={container} className={classes.curve} hidden={curves.length === 0} />
}

function curvesOf(first: RunChoice, second: RunChoice | null, metric: MetricName): Curve[] {
  const known = [first, ...(second ? [second] : [])].filter(({ evaluations }) => evaluations.length > 0)
  if (second) {
    return known.map((run) => {
      const isFirst = run === first
      return curveOf(run.evaluations, 'validation', metric, isFirst ? 'the run' : 'over it', isFirst ? 'main' : 'quiet')
    })
  }
  return known.flatMap(({ evaluations }) => [
    curveOf(evaluations, 'train', metric, 'training', 'quiet'),
    curveOf(evaluations, 'validation', metric, 'validation', 'main'),
  ])
}

function curveOf(
  evaluations: readonly Evaluation[],
  part: 'train' | 'validation',
  metric: MetricName,
  name: string,
  role: Curve['role'],
): Curve {
  const x = Float64Array.from(evaluations, ({ epoch }) => epoch)
  return { name, role, x, y: Float64Array.from(evaluations, (evaluation) => evaluation[part][metric] ?? Number.NaN) }
}
