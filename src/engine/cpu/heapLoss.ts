import type { EncodedLabel } from '../../columns/sparseBatch'
import type { SimdKernels } from '../../kernels/simd/simdKernels'
import type { HeapBatch } from './heapBatch'
import type { HeapDense } from './heapDense'
import type { HeapInputs } from './heapGroups'
import { paddedWidth } from './heapParameter'

/** Floats from an example's labels to the next: as wide as its outputs, or one class number. */
export function labelStride({ task, outputs }: EncodedLabel): number {
  return task === 'regression' ? paddedWidth(outputs) : 1
}

/** Loss of rows `from` … of the inputs, summed over their examples; the gradient of the batch's mean goes to `head.dOutputs`. */
export type HeapLoss = (head: HeapDense, batch: HeapBatch, inputs: HeapInputs, from: number, rows: number) => number

/** model/losses.ts in a heap. */
export function createHeapLoss(kernels: SimdKernels, { task, outputs }: EncodedLabel): HeapLoss {
  if (task === 'regression') {
    return (head, { size, labels }, _, from, rows) => {
      const { pointer, stride } = head.outputs
      const scale = 1 / (size * outputs)
      const count = rows * stride
      return kernels.squaredError(pointer, labels + 4 * from * stride, head.dOutputs.pointer, count, scale) / outputs
    }
  }
  if (task === 'binary') {
    return (head, { size, labels }, _, from, rows) =>
      kernels.sigmoidCrossEntropy(head.outputs.pointer, labels + 4 * from, head.dOutputs.pointer, rows, 1 / size)
  }
  return (head, { size, labels }, { starts, examples }, from, rows) => {
    const { pointer, stride } = head.outputs
    kernels.countClasses(labels, starts, examples, from, rows, stride, head.dOutputs.pointer)
    return kernels.softmaxCrossEntropy(pointer, head.dOutputs.pointer, rows, outputs, stride, 1 / size)
  }
}
