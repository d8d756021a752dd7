import type { OptimizerSpec } from '../../experiment/experiment'
import { flavorOf, type OptimizerSlot, optimizerRule } from '../../experiment/optimizerRules'
import { adamRate } from '../../kernels/adamRate'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { SimdKernels } from '../../kernels/simd/simdKernels'
import type { HeapParameter } from './heapParameter'
import type { HeapRowIndex } from './heapRowIndex'

/** Optimizers of TensorFlow 1 and of Keras, over parameters in a heap: model/optimizer.ts in SIMD. */
export interface HeapOptimizer {
  learningRate: number
  /** Steps taken. */
  steps: number
  readonly slots: readonly OptimizerSlot[]
  /** Begins a step: then every parameter is updated once. */
  beginStep(): void
  /** The rows touched, or all of them where the optimizer takes every row, from their gradient [U × width]. */
  updateRows(parameter: HeapParameter, index: Touched, gradient: number): void
  /** All rows, from a gradient [rows × width]. */
  updateAll(parameter: HeapParameter, gradient: number): void
}

type Touched = Pick<HeapRowIndex, 'rows' | 'touched' | 'places'>

const rowKernels = {
  sgd: 'sgdRows',
  momentum: 'momentumRows',
  adagrad: 'adagradRows',
  rowAdagrad: 'rowAdagradRows',
  rmsprop: 'rmspropRows',
  adam: 'adamRows',
  adamAllRows: 'adamRows',
  ftrl: 'ftrlRows',
} as const satisfies Record<OptimizerSpec['type'], keyof SimdKernels>

/** Of those that take a step on every row. */
const everyRowKernels: Partial<Record<OptimizerSpec['type'], EveryRowKernel>> = {
  momentum: 'momentumAllRows',
  rmsprop: 'velocityAllRows',
  adamAllRows: 'adamAllRows',
  ftrl: 'ftrlAllRows',
}

type RowKernel = (typeof rowKernels)[OptimizerSpec['type']]
type EveryRowKernel = 'momentumAllRows' | 'velocityAllRows' | 'adamAllRows' | 'ftrlAllRows'
/** As the kernels take them, see assembly/optimizers.ts. */
type Numbers = { rate: number; constant: number }

export function createHeapOptimizer({ kernels }: SimdHeap, spec: OptimizerSpec): HeapOptimizer {
  const rule = optimizerRule(spec)
  const kernel = rowKernels[spec.type]
  const everyRow = (rule.everyRow && everyRowKernels[spec.type]) || null
  let numbers: Numbers = { rate: spec.learningRate, constant: 0 }
  const optimizer: HeapOptimizer = {
    learningRate: spec.learningRate,
    steps: 0,
    slots: rule.slots,
    beginStep() {
      optimizer.steps++
      numbers = numbersOf(spec, optimizer.learningRate, optimizer.steps)
    },
    updateRows(parameter, index, gradient) {
      if (everyRow) updateEvery(kernels, everyRow, parameter, index, gradient, numbers)
      else update(kernels, kernel, parameter, index.rows, index.touched, gradient, numbers)
    },
    updateAll(parameter, gradient) {
      const all = { rows: 0, touched: parameter.rows, places: 0 }
      if (everyRow) updateEvery(kernels, everyRow, parameter, all, gradient, numbers)
      else update(kernels, kernel, parameter, 0, parameter.rows, gradient, numbers)
    },
  }
  return optimizer
}

function numbersOf(spec: OptimizerSpec, learningRate: number, step: number): Numbers {
  const constant = optimizerRule(spec).epsilon
  if (spec.type === 'adam' || spec.type === 'adamAllRows') return { rate: adamRate(learningRate, step), constant }
  if (spec.type !== 'momentum') return { rate: learningRate, constant }
  return flavorOf(spec) === 'keras' ? { rate: -1, constant: -learningRate } : { rate: learningRate, constant: 1 }
}

function update(
  kernels: SimdKernels,
  kernel: RowKernel,
  { table, slots, stride, width, dimension }: HeapParameter,
  rows: number,
  touched: number,
  gradient: number,
  { rate, constant }: Numbers,
): void {
  const first = slots[0]?.pointer ?? 0
  if (kernel === 'rowAdagradRows') {
    kernels.rowAdagradRows(table, first, stride, width, rows, touched, gradient, rate, dimension)
  } else {
    kernels[kernel](table, first, slots[1]?.pointer ?? 0, stride, width, rows, touched, gradient, rate, constant)
  }
}

function updateEvery(
  kernels: SimdKernels,
  kernel: EveryRowKernel,
  { table, slots, stride, width, rows: tableRows }: HeapParameter,
  { rows, touched, places }: Touched,
  gradient: number,
  { rate, constant }: Numbers,
): void {
  const [first, second] = [slots[0]!.pointer, slots[1]?.pointer ?? 0]
  kernels[kernel](table, first, second, stride, width, rows, touched, gradient, rate, constant, tableRows, places)
}
