import type { Tensor } from '@tensorflow/tfjs-core'
import { EstimatorSpec } from './estimatorSpec'
import type { Features, Labels } from './features'
import type { ModeKeys } from './modeKeys'

/**
 * Called anew for each batch: it computes, where one of TensorFlow 1 draws a graph. Variables come from `getVariable`, so that each call finds those of the
 * last. `labels` are null in PREDICT mode; `L`: an object of tensors where the input function gives them by name.
 */
export type ModelFn<F extends Features = Features, P = Record<string, unknown>, L extends Labels = Tensor> = {
  // A method, so that one that names its features and labels may stand for any: what they are is the input function's.
  call(features: F, labels: L | null, mode: ModeKeys, params: P): EstimatorSpec
}['call']

/** Throws where a model function answered with something else, or with the spec of another mode. */
export function checkedSpec(spec: EstimatorSpec | Promise<unknown>, mode: ModeKeys): EstimatorSpec {
  if (spec instanceof Promise)
    throw new TypeError('The model function is async: it must compute its EstimatorSpec at once.')
  if (!(spec instanceof EstimatorSpec)) throw new TypeError('The model function must return an EstimatorSpec.')
  if (spec.mode === mode) return spec
  throw new TypeError(
    `The model function was called in mode ${mode} and answered with an EstimatorSpec of mode ${spec.mode}.`,
  )
}
