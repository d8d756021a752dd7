import type { CurvesProps } from '../../../plots/curves'
import type { Series } from '../../../sandbox/protocol'
import type { Evaluation, LossCurve } from '../runView'

/** One line an Estimator; the one that trains last stands out. */
export function lossCurves(losses: readonly LossCurve[]): CurvesProps {
  return {
    title: 'loss',
    xName: 'step',
    curves: losses.map(({ modelDir, steps, losses: values }, i) => ({
      name: losses.length === 1 ? 'training' : modelDir.slice(0, 14),
      role: i === losses.length - 1 ? 'main' : 'quiet',
      x: Float64Array.from(steps),
      y: Float64Array.from(values),
    })),
    yScale: 'linear',
    best: null,
    ariaLabel: 'Loss of each training step. Left and right read the values.',
  }
}

/** All but the step itself. */
export function metricNames({ metrics }: Evaluation): string[] {
  return Object.keys(metrics).filter((name) => name !== 'globalStep')
}

/** The one to be shown unasked: neither the loss, which is drawn as it trains already, nor a check like `label/mean`. */
export function leadingMetric(names: readonly string[]): string | undefined {
  return names.find((name) => name !== 'loss' && !name.includes('/')) ?? names[0]
}

/** The first evaluation of the same Estimator and the same name. */
export function firstLike(last: Evaluation, evaluations: readonly Evaluation[]): Evaluation {
  return evaluations.find((each) => groupOf(each) === groupOf(last)) ?? last
}

const groupOf = ({ modelDir, name }: Evaluation) => `${modelDir} ${name}`

/** Over the checkpoints it was evaluated at: a line for each Estimator. */
export function metricCurve(metric: string, evaluations: readonly Evaluation[]): CurvesProps {
  const groups = new Map<string, Evaluation[]>()
  for (const evaluation of evaluations) {
    if (!Object.hasOwn(evaluation.metrics, metric)) continue
    const group = groups.get(groupOf(evaluation))
    if (group) group.push(evaluation)
    else groups.set(groupOf(evaluation), [evaluation])
  }
  const isOne = groups.size === 1
  return {
    title: metric,
    xName: 'step',
    curves: [...groups.values()].map((group, i) => ({
      name: isOne ? 'evaluated' : (group[0]?.modelDir ?? '').slice(0, 14),
      role: i === groups.size - 1 ? 'main' : 'quiet',
      x: Float64Array.from(group, ({ globalStep }) => globalStep),
      y: Float64Array.from(group, ({ metrics }) => metrics[metric] ?? Number.NaN),
    })),
    yScale: 'linear',
    best: null,
    ariaLabel: `${metric} at each evaluated checkpoint. Left and right read the values.`,
  }
}

/** Lines over one another; the first one stands out. */
export function seriesCurves({ title, unit, xName, lines }: Series): CurvesProps {
  return {
    title: unit === '' ? 'values' : unit,
    xName,
    curves: lines.map(({ name, values }, i) => ({
      name,
      role: i === 0 ? 'main' : 'quiet',
      x: Float64Array.from(values, (_, at) => at),
      y: Float64Array.from(values),
    })),
    yScale: 'linear',
    best: null,
    ariaLabel: `${title}. Left and right read the values.`,
  }
}
