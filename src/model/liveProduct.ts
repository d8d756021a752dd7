import { getBackend, matMul, slice, type Tensor2D, transpose } from '@tensorflow/tfjs-core'
import { matrixProduct } from '../kernels/matrixProduct'

/**
 * Matrix products with a matrix that is updated in place: our own kernel, but on WASM the backend's, which has SIMD.
 *
 * The WASM backend (4.22) hands untransposed products to XNNPACK, which packs the right-hand matrix once and keeps the pack
 * under the tensor's id until the tensor is disposed: it does not see that the numbers have changed. So there a copy goes in.
 * Transposed products it computes with plain loops; an explicit transpose (a new tensor, so never stale) makes it use XNNPACK.
 */
export function product(a: Tensor2D, live: Tensor2D): Tensor2D {
  return isWasm() ? matMul(a, slice(live, [0, 0], live.shape)) : matrixProduct(a, live, {})
}

/** aᵀ · b, of two tensors that nothing updates in place. */
export function productTransposeA(a: Tensor2D, b: Tensor2D): Tensor2D {
  return isWasm() ? matMul(transpose(a), b) : matrixProduct(a, b, { transposeA: true })
}

/** a · liveᵀ. */
export function productTransposeB(a: Tensor2D, live: Tensor2D): Tensor2D {
  return isWasm() ? matMul(a, transpose(live)) : matrixProduct(a, live, { transposeB: true })
}

function isWasm(): boolean {
  return getBackend() === 'wasm'
}
