import { setBackend } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-cpu'
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import { beforeAll, describe } from 'vitest'
import { checkKernels } from './kernelChecks'
import { registerKernels } from './registerKernels'

setWasmPaths('node_modules/@tensorflow/tfjs-backend-wasm/dist/')
registerKernels()

describe.each(['cpu', 'wasm'])('kernels on %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend)
  })
  checkKernels()
})
