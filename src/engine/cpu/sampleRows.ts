import type { SampleOptimizer } from '../../model/rowDrawer'

/** Floats before the weights: accumulators, bias. */
const TAIL = 4

/** Bytes of a row's weights: 16, 32 or a multiple of 64. */
export function weightBytes(dimension: number): number {
  if (dimension <= 4) return 16
  return dimension <= 8 ? 32 : 64 * Math.ceil(dimension / 16)
}

/** Bytes of a row with all that goes with it. */
export function sampleRowBytes(dimension: number, optimizer: SampleOptimizer): number {
  return 4 * TAIL + weightBytes(dimension) * (optimizer === 'adagrad' ? 2 : 1)
}
