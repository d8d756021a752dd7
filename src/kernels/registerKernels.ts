import { registerAdagradRows } from './adagradRows'
import { registerAdamAllRows } from './adamAllRows'
import { registerAdamRows } from './adamRows'
import { registerEmbeddingBag } from './embeddingBag'
import { registerEmbeddingBagGrad } from './embeddingBagGrad'
import { registerFtrlRows } from './ftrlRows'
import { registerMatrixProduct } from './matrixProduct'
import { registerMomentumRows } from './momentumRows'
import { registerRmspropRows } from './rmspropRows'
import { registerRowAdagradRows } from './rowAdagradRows'
import { registerSgdRows } from './sgdRows'
import { registerSoftmaxCrossEntropy } from './softmaxCrossEntropy'
import { registerVelocityRows } from './velocityRows'
import { registerWeightedEmbeddingBag } from './weightedEmbeddingBag'
import { registerWeightedEmbeddingBagGrad } from './weightedEmbeddingBagGrad'

let registered = false

/** Registers the project's kernels for `cpu`, `wasm` and `webgpu`. The backends themselves need not be there yet. */
export function registerKernels(): void {
  if (registered) return
  registered = true
  registerEmbeddingBag()
  registerEmbeddingBagGrad()
  registerWeightedEmbeddingBag()
  registerWeightedEmbeddingBagGrad()
  registerMatrixProduct()
  registerSgdRows()
  registerSoftmaxCrossEntropy()
  registerAdagradRows()
  registerAdamRows()
  registerAdamAllRows()
  registerMomentumRows()
  registerRowAdagradRows()
  registerRmspropRows()
  registerVelocityRows()
  registerFtrlRows()
}
