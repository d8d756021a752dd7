import { Estimator } from './estimator'
import { EstimatorSpec } from './estimatorSpec'
import type { Features, Labels } from './features'
import type { MetricOp } from './metricOp'
import { ModeKeys } from './modeKeys'
import { checkedSpec, type ModelFn } from './modelFn'

/** Of one batch of an evaluation. */
export interface MetricInputs {
  features: Features
  /** null: the input function gave none. */
  labels: Labels | null
  predictions: NonNullable<EstimatorSpec['predictions']>
}

/** `tf.estimator.add_metrics`: the same Estimator, whose evaluations measure these as well; of two with one name the new one counts. */
export function addMetrics<P>(
  estimator: Estimator<P>,
  metricFn: (inputs: MetricInputs) => Record<string, MetricOp>,
): Estimator<P> {
  const modelFn: ModelFn<Features, P, Labels> = estimator.options.modelFn
  return new Estimator<P>({
    ...estimator.options,
    modelFn(features: Features, labels: Labels | null, mode: ModeKeys, params: P) {
      const spec = checkedSpec(modelFn(features, labels, mode, params), mode)
      if (mode !== ModeKeys.EVAL) return spec
      const added = metricFn({ features, labels, predictions: spec.predictions ?? {} })
      return new EstimatorSpec({ ...spec, evalMetricOps: { ...spec.evalMetricOps, ...added } })
    },
  })
}
