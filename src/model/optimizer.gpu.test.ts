import { beforeAll, describe } from 'vitest'
import kerasTraces from '../../tests/goldens/keras-traces.json'
import golden from '../../tests/goldens/tensorflow-feature-columns.json'
import { useBackend as startBackend } from './backends'
import { checkOptimizerTraces } from './optimizerTraces'

const adapter = await navigator.gpu?.requestAdapter()

describe.skipIf(!adapter)('optimizers on webgpu', () => {
  beforeAll(() => startBackend('webgpu', { wasmPaths: '' }))
  checkOptimizerTraces(golden.train_trace, kerasTraces)
})
