import type { Tensor2D } from '@tensorflow/tfjs-core'
import type { DenseColumn } from '../experiment/experiment'
import type { FeatureColumn } from './featureInputs'
import type { LossReduction } from './head'
import type { RunConfig } from './runConfig'
import type { TrainOptimizer } from './trainOptimizer'

/** Of a hidden layer's sums, [B, units] → [B, units]. */
export type ActivationFn = (sums: Tensor2D) => Tensor2D

export interface CommonOptions {
  modelDir?: string
  config?: RunConfig
  /** `sum` */
  lossReduction?: LossReduction
  /** The feature that says what each row counts for, in loss and metrics. A `mean` is over the rows all the same. */
  weightColumn?: string
}

export interface LinearOptions extends CommonOptions {
  featureColumns: readonly FeatureColumn[]
  /** Ftrl, learning rate min(0.2, 1 / √columns) */
  optimizer?: TrainOptimizer
}

export interface DNNOptions extends CommonOptions {
  /** Dense ones: embed or indicate the categorical. */
  featureColumns: readonly DenseColumn[]
  hiddenUnits: readonly number[]
  /** Adagrad, learning rate 0.05 */
  optimizer?: TrainOptimizer
  /** `tf.relu`; null = none */
  activationFn?: ActivationFn | null
  /** Share of a hidden layer's outputs that a training step leaves out; null = none */
  dropout?: number | null
}

export interface DNNLinearCombinedOptions extends CommonOptions {
  linearFeatureColumns?: readonly FeatureColumn[]
  /** Ftrl, learning rate min(0.005, 1 / √columns) */
  linearOptimizer?: TrainOptimizer
  dnnFeatureColumns?: readonly DenseColumn[]
  /** Adagrad, learning rate 0.001 */
  dnnOptimizer?: TrainOptimizer
  dnnHiddenUnits?: readonly number[]
  dnnActivationFn?: ActivationFn | null
  dnnDropout?: number | null
}

/** The names of all options, complete by their type. */
type Names<Options> = Record<keyof Options | 'labelDimension' | 'nClasses', true>
const common = {
  modelDir: true,
  config: true,
  lossReduction: true,
  weightColumn: true,
  labelDimension: true,
  nClasses: true,
} as const
export const linearNames: Names<LinearOptions> = { featureColumns: true, optimizer: true, ...common }
export const dnnNames: Names<DNNOptions> = {
  featureColumns: true,
  hiddenUnits: true,
  optimizer: true,
  activationFn: true,
  dropout: true,
  ...common,
}
export const combinedNames: Names<DNNLinearCombinedOptions> = {
  linearFeatureColumns: true,
  linearOptimizer: true,
  dnnFeatureColumns: true,
  dnnOptimizer: true,
  dnnHiddenUnits: true,
  dnnActivationFn: true,
  dnnDropout: true,
  ...common,
}

/** Throws for an option that is not there: the lab runs code that no compiler has checked, and it would be left out in silence. */
export function checkNames(options: object, names: Record<string, true>): void {
  const other = Object.keys(options).find((name) => !Object.hasOwn(names, name))
  if (other === undefined) return
  throw new TypeError(`This Estimator has no option ${other}. It has: ${Object.keys(names).join(', ')}.`)
}
