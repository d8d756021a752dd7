import { registerAdagradRows } from './adagradRows'
import { registerAdamRows } from './adamRows'
import { registerEmbeddingBag } from './embeddingBag'
import { registerEmbeddingBagGrad } from './embeddingBagGrad'
import { registerMatrixProduct } from './matrixProduct'
import { registerSgdRows } from './sgdRows'
import { registerSoftmaxCrossEntropy } from './softmaxCrossEntropy'

let registered = false

/** Registers the project's kernels for `cpu`, `wasm` and `webgpu`. The backends themselves need not be there yet. */
export function registerKernels(): void {
  if (registered) return
  registered = true
  registerEmbeddingBag()
  registerEmbeddingBagGrad()
  registerMatrixProduct()
  registerSgdRows()
  registerSoftmaxCrossEntropy()
  registerAdagradRows()
  registerAdamRows()
}
