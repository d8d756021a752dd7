import type { OrderKeys } from '../../columns/rowOrder'
import { UNIFORM_SLOT } from './gpuKernel'

/** The `Draw` of draw.wgsl: which rows the batches of a submit hold. */
export interface DrawUniform {
  position: number
  count: number
  batch: number
  order: OrderKeys | null
}

/** The `Step` of step.wgsl. */
export interface StepUniform {
  size: number
  rate: number
  l2: number
  l2Dense: number
}

/** Slot 0 the draw, slot 1 + s step s; as it goes into the uniform buffer of a workspace with room for `capacity` examples a batch. */
export function packUniforms(draw: DrawUniform, capacity: number, steps: readonly StepUniform[]): Uint32Array {
  const words = UNIFORM_SLOT / 4
  const integers = new Uint32Array((1 + steps.length) * words)
  const floats = new Float32Array(integers.buffer)
  integers.set([draw.position, draw.count, draw.batch, draw.order?.bits ?? 0], 0)
  if (draw.order) integers.set(draw.order.keys, 4)
  integers.set([capacity, steps.length], 8)
  for (const [s, { size, rate, l2, l2Dense }] of steps.entries()) {
    const at = (1 + s) * words
    integers.set([s, size], at)
    floats.set([rate, 1 / size, l2, l2Dense], at + 2)
  }
  return integers
}
