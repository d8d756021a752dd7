import { activationCodes } from '../../kernels/simd/networkKernels'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter, paddedWidth } from './heapParameter'

/** Rows of a matrix in the heap. */
export interface HeapMatrix {
  readonly pointer: number
  /** Floats from a row to the next. */
  readonly stride: number
}

/** activation(x · kernel + bias) over pieces of a batch: gradients add up from `beginStep` to `update`. */
export interface HeapDense {
  /** Rows of the kernel. */
  readonly inputs: number
  /** null without inputs: then the layer is its bias. */
  readonly kernel: HeapParameter | null
  readonly bias: HeapParameter
  /** [piece × width]; what pads the units is 0. */
  readonly outputs: HeapMatrix
  /** Written by whoever comes after; the same shape. */
  readonly dOutputs: HeapMatrix
  /** `l2` times the kernel is what its gradient begins with. */
  beginStep(l2: number): void
  /** outputs = x · kernel, without bias and activation yet. */
  multiply(x: HeapMatrix, rows: number): void
  activate(rows: number): void
  /** From dOutputs after the activation to the gradients of kernel and bias; dOutputs are those before it afterwards. */
  backward(x: HeapMatrix, rows: number): void
  /** dX, of the first `columns` inputs. After `backward`. */
  dInput(dX: HeapMatrix, rows: number, columns: number): void
  update(optimizer: HeapOptimizer): void
}

/** `kernelValues` [inputs × units]; the bias starts at 0. `piece`: rows at a time. */
export function createHeapDense(
  heap: SimdHeap,
  kernelValues: Float32Array,
  units: number,
  activation: keyof typeof activationCodes,
  { slots }: HeapOptimizer,
  piece: number,
): HeapDense {
  const { kernels } = heap
  const inputs = kernelValues.length / units
  const width = paddedWidth(units)
  const kernel = inputs > 0 ? createHeapParameter(heap, kernelValues, units, slots, { slotsApart: true }) : null
  const bias = createHeapParameter(heap, new Float32Array(units), units, slots, { slotsApart: true })
  const dKernel = heap.allocate(inputs * width).pointer
  const dBias = heap.allocate(width).pointer
  const outputs: HeapMatrix = { pointer: heap.allocate(piece * width).pointer, stride: width }
  const dOutputs: HeapMatrix = { pointer: heap.allocate(piece * width).pointer, stride: width }
  const code = activationCodes[activation]
  const weights = kernel?.table ?? 0
  const [out, dOut] = [outputs.pointer, dOutputs.pointer]

  return {
    inputs,
    kernel,
    bias,
    outputs,
    dOutputs,
    beginStep(l2) {
      kernels.startGradient(weights, inputs * width, l2, dKernel)
      kernels.startGradient(bias.table, width, 0, dBias)
    },
    multiply(x, rows) {
      // One unit: its weights are a row, and each output is a dot product.
      if (width === 1)
        kernels.matrixProductTransposeB(x.pointer, weights, out, rows, inputs, 1, x.stride, inputs, 1, 1, 0)
      else kernels.matrixProduct(x.pointer, weights, out, rows, inputs, width, x.stride, width, width, 1, 0)
    },
    activate: (rows) => kernels.addBias(out, bias.table, rows, width, code),
    backward(x, rows) {
      if (activation !== 'none') kernels.activationGradient(out, dOut, rows * width, code)
      kernels.columnSums(dOut, dBias, rows, width)
      if (inputs === 0) return
      if (width === 1) {
        kernels.matrixProductTransposeA(dOut, x.pointer, dKernel, 1, rows, inputs, 1, x.stride, inputs, 1, 1)
      } else {
        kernels.matrixProductTransposeA(x.pointer, dOut, dKernel, inputs, rows, width, x.stride, width, width, 1, 1)
      }
    },
    dInput({ pointer, stride }, rows, columns) {
      if (width === 1) kernels.matrixProduct(dOut, weights, pointer, rows, 1, columns, 1, columns, stride, 1, 0)
      else kernels.matrixProductTransposeB(dOut, weights, pointer, rows, width, columns, width, width, stride, 1, 0)
    },
    update(optimizer) {
      if (kernel) optimizer.updateAll(kernel, dKernel)
      optimizer.updateAll(bias, dBias)
    },
  }
}
