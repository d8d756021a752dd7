import { ADAM } from '../../kernels/adamRows'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { SimdKernels } from '../../kernels/simd/simdKernels'
import type { HeapParameter, SlotSpec } from './heapParameter'
import type { HeapRowIndex } from './heapRowIndex'

/** TensorFlow 1's optimizers with its defaults, over parameters in a heap. */
export interface HeapOptimizer {
  learningRate: number
  /** Steps taken. */
  steps: number
  readonly slotSpecs: readonly SlotSpec[]
  /** Begins a step: then every parameter is updated once. */
  beginStep(): void
  /** The rows touched, or with `adamAllRows` all of them, from their gradient [U × width]. */
  updateRows(parameter: HeapParameter, index: Touched, gradient: number): void
  /** All rows, from a gradient [rows × width]. */
  updateAll(parameter: HeapParameter, gradient: number): void
}

type Touched = Pick<HeapRowIndex, 'rows' | 'touched' | 'places'>

interface Method {
  slots: SlotSpec[]
  kernel: 'sgdRows' | 'momentumRows' | 'adagradRows' | 'rowAdagradRows' | 'rmspropRows' | 'adamRows' | 'ftrlRows'
  bias?: 'adam'
  allRows?: true
}

const adamSlots = [
  { name: 'm', initial: 0 },
  { name: 'v', initial: 0 },
]

const methods = {
  sgd: { slots: [], kernel: 'sgdRows' },
  momentum: { slots: [{ name: 'momentum', initial: 0 }], kernel: 'momentumRows' },
  adagrad: { slots: [{ name: 'accumulator', initial: 0.1 }], kernel: 'adagradRows' },
  rowAdagrad: { slots: [{ name: 'accumulator', initial: 0.1, oneARow: true }], kernel: 'rowAdagradRows' },
  rmsprop: {
    slots: [
      { name: 'rms', initial: 1 },
      { name: 'momentum', initial: 0 },
    ],
    kernel: 'rmspropRows',
  },
  adam: { slots: adamSlots, kernel: 'adamRows', bias: 'adam' },
  adamAllRows: { slots: adamSlots, kernel: 'adamRows', bias: 'adam', allRows: true },
  ftrl: {
    slots: [
      { name: 'accumulator', initial: 0.1 },
      { name: 'linear', initial: 0 },
    ],
    kernel: 'ftrlRows',
  },
} satisfies Record<string, Method>

export type OptimizerName = keyof typeof methods

export function createHeapOptimizer(
  { kernels }: SimdHeap,
  { type, learningRate }: { type: OptimizerName; learningRate: number },
): HeapOptimizer {
  const method: Method = methods[type]
  let rate = learningRate
  const optimizer: HeapOptimizer = {
    learningRate,
    steps: 0,
    slotSpecs: method.slots,
    beginStep() {
      optimizer.steps++
      rate = method.bias ? optimizer.learningRate * adamCorrection(optimizer.steps) : optimizer.learningRate
    },
    updateRows(parameter, index, gradient) {
      if (method.allRows) adamAllRows(kernels, parameter, index, gradient, rate)
      else update(kernels, method.kernel, parameter, index.rows, index.touched, gradient, rate)
    },
    updateAll(parameter, gradient) {
      update(kernels, method.kernel, parameter, 0, parameter.rows, gradient, rate)
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
  kernel: Method['kernel'],
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
