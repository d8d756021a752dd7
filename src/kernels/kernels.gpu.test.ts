import { setBackend } from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-backend-webgpu'
import { beforeAll, describe } from 'vitest'
import { checkKernels } from './kernelChecks'
import { registerKernels } from './registerKernels'

registerKernels()
const adapter = await navigator.gpu?.requestAdapter()

describe.skipIf(!adapter)('kernels on webgpu', () => {
  beforeAll(async () => {
    await setBackend('webgpu')
  })
  checkKernels()
})
