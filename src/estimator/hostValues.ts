import type { Tensor } from '@tensorflow/tfjs-core'
import { withReadsAllowed } from './graph/hostReads'

type Numbers = Float32Array | Int32Array | Uint8Array

const known = new WeakMap<Tensor, Numbers>()

/** Remembers what a tensor of a batch was made from: kernels that sort lookups need it on this side of a device. */
export function withHostValues<T extends Tensor>(tensor: T, values: Numbers): T {
  known.set(tensor, values)
  return tensor
}

/** The numbers of a tensor, without waiting for a device where an input function made it. What is made of them needs its `withOrigin`, or no export can follow. */
export function hostValues(tensor: Tensor): Numbers {
  return known.get(tensor) ?? withReadsAllowed(() => tensor.dataSync() as Numbers)
}
