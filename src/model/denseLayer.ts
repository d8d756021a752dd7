import { add, mul, sum, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { product, productTransposeA, productTransposeB } from './liveProduct'
import type { Gradient } from './optimizer'
import { createParameter, type Parameter } from './parameter'

/** x · kernel + bias. Its backward pass is written out: the gradient tape costs more than these products on small batches. */
export interface DenseLayer {
  kernel: Parameter
  bias: Parameter
  forward(x: Tensor2D): Tensor2D
  /** `range`: at least as many row numbers as the kernel has rows. `l2` times the kernel is added to its gradient. */
  gradients(x: Tensor2D, dOut: Tensor2D, l2: number, range: Tensor1D): Gradient[]
  /** Of the bias alone, for a layer without inputs of its own. */
  biasGradient(dOut: Tensor2D, range: Tensor1D): Gradient
  dInput(dOut: Tensor2D): Tensor2D
}

/** `kernel` [inputs × units]; the bias starts at 0. */
export function createDenseLayer(kernelValues: Float32Array, units: number): DenseLayer {
  const kernel = createParameter(kernelValues, units)
  const bias = createParameter(new Float32Array(units), units)
  return {
    kernel,
    bias,
    forward: (x) => add(product(x, kernel.tensor), bias.tensor),
    gradients: (x, dOut, l2, range) => [
      kernelGradient(kernel, productTransposeA(x, dOut), l2, range),
      biasGradient(bias, dOut, range),
    ],
    biasGradient: (dOut, range) => biasGradient(bias, dOut, range),
    dInput: (dOut) => productTransposeB(dOut, kernel.tensor),
  }
}

function kernelGradient(kernel: Parameter, dKernel: Tensor2D, l2: number, range: Tensor1D): Gradient {
  const values = l2 === 0 ? dKernel : add<Tensor2D>(dKernel, mul(kernel.tensor, l2))
  return { parameter: kernel, touched: kernel.rows, rows: range, values }
}

function biasGradient(bias: Parameter, dOut: Tensor2D, range: Tensor1D): Gradient {
  return { parameter: bias, touched: 1, rows: range, values: sum<Tensor2D>(dOut, 0, true) }
}
