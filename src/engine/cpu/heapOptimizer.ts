import type { OptimizerSpec } from '../../experiment/experiment'
import { type OptimizerSlot, optimizerSlots } from '../../experiment/optimizerSlots'
import { ADAM } from '../../kernels/adamRows'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { SimdKernels } from '../../kernels/simd/simdKernels'
import type { HeapParameter } from './heapParameter'
import type { HeapRowIndex } from './heapRowIndex'

/** TensorFlow 1's optimizers with its defaults, over parameters in a heap. */
export interface HeapOptimizer {
  learningRate: number
  /** Steps taken. */
  steps: number
  readonly slots: readonly OptimizerSlot[]
  /** Begins a step: then every parameter is updated once. */
  beginStep(): void
  /** The rows touched, or with `adamAllRows` all of them, from their gradient [U × width]. */
  updateRows(parameter: HeapParameter, index: Touched, gradient: number): void
  /** All rows, from a gradient [rows × width]. */
  updateAll(parameter: HeapParameter, gradient: number): void
}

type Touched = Pick<HeapRowIndex, 'rows' | 'touched' | 'places'>

const kernelNames = {
  sgd: 'sgdRows',
  momentum: 'momentumRows',
  adagrad: 'adagradRows',
  rowAdagrad: 'rowAdagradRows',
  rmsprop: 'rmspropRows',
  adam: 'adamRows',
  adamAllRows: 'adamRows',
  ftrl: 'ftrlRows',
} as const satisfies Record<OptimizerSpec['type'], keyof SimdKernels>

type KernelName = (typeof kernelNames)[OptimizerSpec['type']]

export function createHeapOptimizer({ kernels }: SimdHeap, { type, learningRate }: OptimizerSpec): HeapOptimizer {
  const kernel = kernelNames[type]
  let rate = learningRate
  const optimizer: HeapOptimizer = {
    learningRate,
    steps: 0,
    slots: optimizerSlots[type],
    beginStep() {
      optimizer.steps++
      rate = kernel === 'adamRows' ? optimizer.learningRate * adamCorrection(optimizer.steps) : optimizer.learningRate
    },
    updateRows(parameter, index, gradient) {
      if (type === 'adamAllRows') adamAllRows(kernels, parameter, index, gradient, rate)
      else update(kernels, kernel, parameter, index.rows, index.touched, gradient, rate)
    },
    updateAll(parameter, gradient) {
      update(kernels, kernel, parameter, 0, parameter.rows, gradient, rate)
    },
  }
  return optimizer
}

/** What TensorFlow's Adam multiplies the learning rate with in step `step`, counted from 1. */
function adamCorrection(step: number): number {
  return Math.sqrt(1 - ADAM.beta2 ** step) / (1 - ADAM.beta1 ** step)
}

function update(
  kernels: SimdKernels,
  kernel: KernelName,
  { table, slots, stride, width, dimension }: HeapParameter,
  rows: number,
  touched: number,
  gradient: number,
  rate: number,
): void {
  const first = slots[0]?.pointer ?? 0
  if (kernel === 'rowAdagradRows') {
    kernels.rowAdagradRows(table, first, stride, width, rows, touched, gradient, rate, dimension)
  } else {
    kernels[kernel](table, first, slots[1]?.pointer ?? 0, stride, width, rows, touched, gradient, rate)
  }
}

function adamAllRows(
  kernels: SimdKernels,
  { table, slots, stride, width, rows: tableRows }: HeapParameter,
  { rows, touched, places }: Touched,
  gradient: number,
  rate: number,
): void {
  const [m, v] = [slots[0]!.pointer, slots[1]!.pointer]
  kernels.adamAllRows(table, m, v, stride, width, rows, touched, gradient, rate, tableRows, places)
}
