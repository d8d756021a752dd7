import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { describe } from 'vitest'
import { checkEmbeddingLookup } from './embeddingLookupChecks'
import { registerKernels } from './registerKernels'

setWasmPaths('node_modules/@tensorflow/tfjs-backend-wasm/dist/')
registerKernels()

describe.each(['cpu', 'wasm'])('embeddingLookup on %s', checkEmbeddingLookup)
