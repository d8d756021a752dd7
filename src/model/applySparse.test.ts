import { beforeAll, describe } from 'vitest'
import golden from '../../tests/goldens/tensorflow-feature-columns.json'
import { checkSparseTraining } from './applySparseChecks'
import { useBackend as startBackend } from './backends'

const wasmPaths = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/'

describe.each(['cpu', 'wasm'] as const)('applySparse on %s', (backend) => {
  beforeAll(() => startBackend(backend, { wasmPaths }))
  checkSparseTraining(golden.train_trace)
})
