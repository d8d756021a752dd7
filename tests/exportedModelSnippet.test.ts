import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { matMul, sigmoid, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { expect, it } from 'vitest'
import { type Feature, sparseFeature } from '../src/columns/feature'
import { diskStorage } from '../src/estimator/diskStorage'
import { embeddingLookupSparse } from '../src/estimator/embeddingLookups'
import { EstimatorSpec } from '../src/estimator/estimatorSpec'
import { ClassificationOutput } from '../src/estimator/exportOutputs'
import { ModeKeys } from '../src/estimator/modeKeys'
import { createModelSession } from '../src/estimator/modelSession'
import { writeSavedModel } from '../src/estimator/savedModel'
import { getVariable } from '../src/estimator/variables'
import { registerKernels } from '../src/kernels/registerKernels'
import { useBackend as startBackend } from '../src/model/backends'

/** The example of the documents, untrained. */
function titlesSession() {
  return createModelSession({
    modelFn: (features) => {
      const { values, offsets } = features.words as Feature
      const title = embeddingLookupSparse(getVariable('table', [9, 2]), {
        ids: Int32Array.from(values, Number),
        offsets: offsets!,
      })
      const scores = sigmoid(matMul(title, getVariable('weight', [2, 1]) as Tensor as Tensor2D))
      const exportOutputs = { rating: new ClassificationOutput({ scores }) }
      return new EstimatorSpec({ mode: ModeKeys.PREDICT, predictions: { scores }, exportOutputs })
    },
    params: {},
    seed: 1,
    checkpoint: null,
    watch: () => {},
  })
}

it('docs/estimator.md: the code that loads an exported model in Node runs as it stands', async () => {
  await startBackend('cpu', { wasmPaths: '' })
  registerKernels()
  const folder = await mkdtemp(join(tmpdir(), 'exported-'))
  try {
    const features = { words: sparseFeature('integer', [1], [1]) }
    await writeSavedModel(titlesSession(), features, 'titles/300', diskStorage(folder), null)
    const document = await readFile('docs/estimator.md', 'utf8')
    const code = document.match(/## Exported models.*?```js\n(.*?)```/s)?.[1] ?? ''
    const placed = code.replace("'titles/300'", JSON.stringify(`${folder}/titles/300`))
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', placed])
    const answers = stdout.match(/\[ \[ 0\.\d+ \], \[ 0\.\d+ \] \]/g)
    expect(answers).toHaveLength(2)
    expect(answers![0]).toBe(answers![1])
  } finally {
    await rm(folder, { recursive: true })
  }
})
