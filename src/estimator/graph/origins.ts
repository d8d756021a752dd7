import type { Tensor } from '@tensorflow/tfjs-core'
import type { CategoricalColumn, NumericColumn } from '../../experiment/experiment'
import type { Features } from '../features'

/** How an array or a tensor came about where TensorFlow.js does not see it: on this side of its kernels. */
export type Origin =
  /** The numbers of a tensor, flat, as whole numbers. */
  | { from: 'tensor'; tensor: Tensor }
  /** `offsets` of a feature with several values a row. */
  | { from: 'offsets'; feature: string }
  /** What a lookup leaves of a list (ids from 0, and weights that count), or where its rows then start. */
  | { from: 'kept'; all: Int32Array | Float32Array }
  /** What a column makes of features. */
  | { from: 'ids'; column: CategoricalColumn; buckets: number; features: Features; part: 'ids' | 'offsets' | 'weights' }
  /** Its ids counted by bucket [B, buckets]. */
  | { from: 'counts'; column: CategoricalColumn; buckets: number; features: Features }
  /** [B, 1] */
  | { from: 'numbers'; column: NumericColumn; features: Features }

const origins = new WeakMap<object, Origin>()

/** Remembers it for an export, which writes as operations what was computed here. */
export function withOrigin<T extends object>(value: T, origin: Origin | undefined): T {
  if (origin) origins.set(value, origin)
  return value
}

export function originOf(value: object): Origin | undefined {
  return origins.get(value)
}
