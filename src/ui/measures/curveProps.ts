import { memoizeLast } from '../../lib/memoizeLast'
import type { Curve, CurvesProps } from '../../plots/curves'
import type { Evaluation, MetricName } from '../../protocol/trainer'
import type { Store } from '../../store/slice'
import { isShare, metricTitles } from './metricTitles'

function curvesOf(evaluations: Evaluation[], metric: MetricName): Curve[] {
  const known = evaluations.filter(({ validation }) => validation[metric] !== undefined)
  const x = Float64Array.from(known, ({ epoch }) => epoch)
  const y = (side: 'train' | 'validation') => Float64Array.from(known, (e) => e[side][metric] ?? Number.NaN)
  const curves: Curve[] = [
    { name: 'training', role: 'quiet', x, y: y('train') },
    { name: 'validation', role: 'main', x, y: y('validation') },
  ]
  if (metric !== 'recall10') return curves
  const popular = Float64Array.from(known, ({ validation }) => validation.popularity10 ?? Number.NaN)
  return [{ name: 'most popular', role: 'quiet', x, y: popular }, ...curves]
}

/** Training and validation of one metric over the epochs; the best epoch is that of the best validation loss. */
export function createCurveSelect(metricOf: (state: Store) => MetricName): (state: Store) => CurvesProps {
  const derive = memoizeLast(curvesOf)
  return (state) => {
    const metric = metricOf(state)
    const best = state.evaluations.findLast(({ isBest }) => isBest)
    return {
      title: metricTitles[metric],
      xName: 'epoch',
      curves: derive(state.evaluations, metric),
      yScale: 'linear',
      best: best?.epoch ?? null,
      percent: isShare(metric),
      ariaLabel: `${metricTitles[metric]} over the epochs, training and validation. Left and right read the values.`,
    }
  }
}
