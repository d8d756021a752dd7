import { activationCodes } from '../../kernels/simd/networkKernels'
import type { SimdHeap } from '../../kernels/simd/simdHeap'
import type { HeapOptimizer } from './heapOptimizer'
import { createHeapParameter, type HeapParameter, paddedWidth } from './heapParameter'

/** Contiguous rows in the heap. */
export interface HeapMatrix {
  readonly pointer: number
  /** Floats of a row: a multiple of 4, or 1. */
  readonly stride: number
}

/** activation(x · kernel + bias) over pieces of a batch: gradients add up from `beginStep` to `update`. */
export interface HeapDense {
  /** null without inputs: then the layer is its bias. */
  readonly kernel: HeapParameter | null
  readonly bias: HeapParameter
  readonly activation: keyof typeof activationCodes
  /** [piece × units, padded with zeros] */
  readonly outputs: HeapMatrix
  /** Gradient of what goes into the activation, the same shape: whoever comes after this layer writes it. */
  readonly dOutputs: HeapMatrix
  /** `l2` times the kernel is what its gradient begins with. */
  beginStep(l2: number): void
  /** `add` 1: what is in `outputs` is added before the activation. */
  forward(x: HeapMatrix, rows: number, add: 0 | 1): void
  /** From `dOutputs`. */
  backward(x: HeapMatrix, rows: number): void
  /** dX [rows × the inputs asked for] = gradient of x. */
  dInput(dX: HeapMatrix, rows: number): void
  /** The same for the layer before: times the slope of its activation. */
  dLayer(before: HeapDense, rows: number): void
  update(optimizer: HeapOptimizer): void
}

export interface DenseSpec {
  units: number
  activation: keyof typeof activationCodes
  /** Inputs, from the first, whose gradient is asked for. */
  dInputs: number
  /** Rows at a time. */
  piece: number
}

/** `kernelValues` [inputs × units]; the bias starts at 0. */
export function createHeapDense(
  heap: SimdHeap,
  kernelValues: Float32Array,
  { units, activation, dInputs, piece }: DenseSpec,
  { slots }: HeapOptimizer,
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
  const back = createBack(heap, weights, dInputs, width, dOut)

  return {
    kernel,
    bias,
    activation,
    outputs,
    dOutputs,
    beginStep(l2) {
      kernels.startGradient(weights, inputs * width, l2, dKernel)
      kernels.startGradient(bias.table, width, 0, dBias)
      back.beginStep()
    },
    forward({ pointer, stride }, rows, add) {
      if (width === 1) {
        // One unit: its weights are a row, and each output is a dot product.
        kernels.matrixProductTransposeB(pointer, weights, out, rows, inputs, 1, stride, inputs, 1, 1, add)
        kernels.activate(out, bias.table, rows, code)
      } else {
        const relu = activation === 'relu' ? 1 : 0
        kernels.layerForward(pointer, weights, bias.table, out, rows, inputs, width, stride, relu, add)
        if (activation === 'tanh') kernels.activate(out, 0, rows * width, code)
      }
    },
    backward({ pointer, stride }, rows) {
      kernels.columnSums(dOut, dBias, rows, width)
      if (inputs === 0) return
      if (width === 1) {
        kernels.matrixProductTransposeA(dOut, pointer, dKernel, 1, rows, inputs, 1, stride, inputs, 1, 1)
      } else {
        kernels.matrixProductTransposeA(pointer, dOut, dKernel, inputs, rows, width, stride, width, width, 1, 1)
      }
    },
    dInput: (dX, rows) => back.run(dX, dX, rows, activationCodes.none),
    dLayer: (before, rows) => back.run(before.dOutputs, before.outputs, rows, activationCodes[before.activation]),
    update(optimizer) {
      if (kernel) optimizer.updateAll(kernel, dKernel)
      optimizer.updateAll(bias, dBias)
    },
  }
}

/** dOut · kernelᵀ. The kernel is turned once a step: then a product runs along its rows. */
function createBack({ kernels, allocate }: SimdHeap, weights: number, inputs: number, width: number, dOut: number) {
  const columns = paddedWidth(inputs)
  const turned = allocate(width * columns).pointer
  return {
    beginStep(): void {
      kernels.transpose(weights, turned, inputs, width, width, columns)
    },
    run(dX: HeapMatrix, x: HeapMatrix, rows: number, activation: number): void {
      if (columns > 1) kernels.layerBackward(dOut, turned, x.pointer, dX.pointer, rows, width, columns, activation)
      else {
        kernels.matrixProductTransposeB(dOut, turned, dX.pointer, rows, width, 1, width, width, 1, 1, 0)
        kernels.activationGradient(x.pointer, dX.pointer, rows, activation)
      }
    },
  }
}
