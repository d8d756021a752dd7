import { add, mean, mul, reshape, round, type Scalar, type Tensor } from '@tensorflow/tfjs-core'
import type { LayersModel } from '@tensorflow/tfjs-layers'
import { isTensor, type Labels } from './features'
import type { MetricOp } from './metricOp'
import { metrics } from './metrics'

/** By the name of an output; 1 where it is left out. */
export type LossWeights = Readonly<Record<string, number>>

/** Throws for a name that is no output, and for what is no weight. */
export function checkLossWeights({ outputNames }: LayersModel, weights: LossWeights): void {
  for (const [name, weight] of Object.entries(weights)) {
    if (!outputNames.includes(name)) {
      throw new Error(`lossWeights: there is no output '${name}'. There are: ${outputNames.join(', ')}.`)
    }
    if (!(weight >= 0)) throw new RangeError(`The loss weight of ${name} is ${weight}; it must be at least 0.`)
  }
}

/** The answers of a model, by the names of its outputs. */
export function outputsOf(model: LayersModel, inputs: Tensor[], training: boolean): Record<string, Tensor> {
  const outputs = [model.apply(inputs, { training }) as Tensor | Tensor[]].flat()
  return Object.fromEntries(model.outputNames.map((name, i) => [name, outputs[i]!]))
}

/** Labels by output: of one output a tensor, of several an object with their names. Throws an Error that lists the keys expected and given. */
export function targetsOf(labels: Labels | null, outputs: Record<string, Tensor>): Record<string, Tensor> {
  if (!labels) throw new Error('The input function gave no labels, and training and evaluation need them.')
  const names = Object.keys(outputs)
  const byName = isTensor(labels) && names.length === 1 ? { [names[0]!]: labels } : labels
  const given = isTensor(byName) ? ['one tensor'] : Object.keys(byName)
  if (isTensor(byName) || given.length !== names.length || names.some((name) => !given.includes(name))) {
    throw new Error(
      `The labels do not have the keys of the Keras model’s outputs. Expected: ${[...names].sort().join(', ')}. Given: ${given.sort().join(', ')}.`,
    )
  }
  return Object.fromEntries(names.map((name) => [name, shapedAs(byName[name]!, outputs[name]!)]))
}

function shapedAs(labels: Tensor, output: Tensor): Tensor {
  return labels.size === output.size ? reshape(labels, output.shape) : labels
}

/** As `fit` makes it: the sum of the outputs' mean losses, each times its weight, and what regularizers add. */
export function lossOf(
  model: LayersModel,
  targets: Record<string, Tensor>,
  outputs: Record<string, Tensor>,
  weights: LossWeights,
): Scalar {
  const own = model.outputNames.map((name, i) => {
    const loss = mean<Scalar>(model.lossFunctions[i]!(targets[name]!, outputs[name]!))
    return weights[name] === undefined ? loss : mul<Scalar>(loss, weights[name])
  })
  return [...own, ...model.calculateLosses()].reduce((sum, each) => add<Scalar>(sum, each))
}

/**
 * Those of `compile`, of several outputs as Keras names them: `price_mse`. Precision and recall accumulate their counts; others are means over the rows. The losses of the
 * outputs are not among them, as in TensorFlow.
 */
export function metricsOf(
  model: LayersModel,
  targets: Record<string, Tensor>,
  outputs: Record<string, Tensor>,
): Record<string, MetricOp> {
  const { outputNames, metricsNames, metricsTensors = [] } = model
  // TensorFlow.js puts the losses of several outputs before the metrics.
  const losses = outputNames.length > 1 ? outputNames.length : 0
  const ops = metricsTensors.slice(losses).map(([measure, place], i): [string, MetricOp] => {
    const output = outputNames[place]!
    const [target, predicted] = [targets[output]!, outputs[output]!]
    const prefix = losses > 0 ? `${output}_` : ''
    const name = metricsNames[1 + losses + i]!.slice(prefix.length)
    if (name === 'precision' || name === 'recall') return [prefix + name, metrics[name](target, round(predicted))]
    return [prefix + (name === 'acc' ? 'accuracy' : name), metrics.mean(measure(target, predicted))]
  })
  return Object.fromEntries(ops)
}
