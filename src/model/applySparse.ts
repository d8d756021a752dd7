import { keep } from '@tensorflow/tfjs-core'
import type { IndexedSlices } from '../kernels/indexedSlices'
import type { Optimizer } from './optimizer'
import type { Parameter } from './parameter'

/**
 * One step of an optimizer on the tables that `sparseValueAndGrads` found gradients of, in place, on the rows touched (`adamAllRows`: on
 * all). A table's slots are made at its first step. `rows` and `values` stay the caller's.
 */
export function applySparse(optimizer: Optimizer, slices: ReadonlyMap<Parameter, IndexedSlices>): void {
  const gradients = [...slices]
    .filter(([{ trainable }]) => trainable)
    .map(([parameter, { touched, rows, values }]) => ({ parameter, touched, rows, values }))
  for (const { parameter } of gradients) {
    if (optimizer.slots.every(({ name }) => parameter.slots.has(name))) continue
    optimizer.resetSlots(parameter)
    // The step is usually taken within `tidy`, which would take them along.
    for (const slot of parameter.slots.values()) keep(slot)
  }
  optimizer.apply(gradients)
}
