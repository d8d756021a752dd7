import { getBackend, matMul, slice, type Tensor2D, transpose } from '@tensorflow/tfjs-core'

/**
 * Matrix products with a matrix that is updated in place.
 *
 * The WASM backend (4.22) hands untransposed products to XNNPACK, which packs the right-hand matrix once and keeps the pack
 * under the tensor's id until the tensor is disposed: it does not see that the numbers have changed. So there a copy goes in.
 * Transposed products it computes with plain loops; an explicit transpose (a new tensor, so never stale) is several times faster.
 */
export function product(a: Tensor2D, live: Tensor2D): Tensor2D {
  return matMul(a, getBackend() === 'wasm' ? slice(live, [0, 0], live.shape) : live)
}

/** aᵀ · b, of two tensors that nothing updates in place. */
export function productTransposeA(a: Tensor2D, b: Tensor2D): Tensor2D {
  return getBackend() === 'wasm' ? matMul(transpose(a), b) : matMul(a, b, true, false)
}

/** a · liveᵀ. */
export function productTransposeB(a: Tensor2D, live: Tensor2D): Tensor2D {
  return getBackend() === 'wasm' ? matMul(a, transpose(live)) : matMul(a, live, false, true)
}
