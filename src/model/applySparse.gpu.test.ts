import { beforeAll, describe } from 'vitest'
import golden from '../../tests/goldens/tensorflow-feature-columns.json'
import { checkSparseTraining } from './applySparseChecks'
import { useBackend as startBackend } from './backends'

const adapter = await navigator.gpu?.requestAdapter()

describe.skipIf(!adapter)('applySparse on webgpu', () => {
  beforeAll(() => startBackend('webgpu', { wasmPaths: '' }))
  checkSparseTraining(golden.train_trace)
})
