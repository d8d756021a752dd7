import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-backend-webgpu'
import { describe } from 'vitest'
import { checkEmbeddingLookup } from './embeddingLookupChecks'
import { registerKernels } from './registerKernels'

registerKernels()
const adapter = await navigator.gpu?.requestAdapter()

describe.skipIf(!adapter)('embeddingLookup on webgpu', () => checkEmbeddingLookup('webgpu'))
