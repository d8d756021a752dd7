import { add, concat, io, type Tensor, tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core'
import { layers, loadLayersModel, sequential } from '@tensorflow/tfjs-layers'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../model/backends'
import { arrayInputFn } from './arrayInputFn'
import { type CheckpointStorage, memoryStorage } from './checkpointStorage'
import { Estimator } from './estimator'
import { EstimatorSpec } from './estimatorSpec'
import { PredictOutput, RegressionOutput } from './exportOutputs'
import { loadExported } from './graph/loadExported'
import { expectAlike } from './graph/testExport'
import { setHost } from './host'
import { lineModel, linePoints } from './lineModel'
import { ModeKeys } from './modeKeys'
import type { ModelFn } from './modelFn'
import { modelToEstimator } from './modelToEstimator'
import type { ExportedArtifact } from './runObserver'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))
let storage: CheckpointStorage
let exported: ExportedArtifact[] = []
let restore = () => {}
beforeEach(() => {
  storage = memoryStorage()
  exported = []
  restore = setHost({ storage, observer: { exported: (artifact) => exported.push(artifact) } })
})
afterEach(() => restore())

async function jsonOf(name: string) {
  return JSON.parse(new TextDecoder().decode((await storage.load(name))!))
}

describe('exportSavedModel', () => {
  it('writes a model function as a graph that tf.loadGraphModel runs, and its signature', async () => {
    const line = await new Estimator({ modelFn: lineModel, modelDir: 'line' }).train({
      inputFn: linePoints(),
      maxSteps: 7,
    })
    const path = await line.exportSavedModel('out', () => ({ x: tensor1d([0, 0]) }))
    expect(path).toBe('out/7')
    const { weightsManifest } = await jsonOf('out/7/model.json')
    const bytes = (await storage.load('out/7/weights.bin'))!
    const weights = io.decodeWeights(bytes.buffer as ArrayBuffer, weightsManifest[0].weights)
    expect(weights.slope!.dataSync()).toEqual((await line.getVariableValue('slope')).values)
    const x = [-3, 0, 0.5, 8, 1, 2, 4]
    const expected: number[] = []
    for await (const row of line.predict({ inputFn: arrayInputFn({ x: { x }, shuffle: false }) }))
      expected.push(row.output![0]!)
    expectAlike((await loadExported(storage, 'out/7')).answer({ x: tensor1d(x) }), { output: expected })
    expect(await jsonOf('out/7/signature.json')).toEqual({
      serving_default: {
        methodName: 'tensorflow/serving/predict',
        inputs: { x: { node: 'x', dtype: 'float32', shape: [-1] } },
        outputs: { output: { node: 'serving_default/output', dtype: 'float32', shape: [-1] } },
      },
    })
    const sizes = await Promise.all(
      exported[0]!.files.map(async ({ name }) => ({ name, bytes: (await storage.load(`out/7/${name}`))!.length })),
    )
    expect(exported[0]).toMatchObject({ exporter: 'exportSavedModel', path: 'out/7', globalStep: 7, files: sizes })
  })

  it('writes a Keras model as a graph and as layers, of the same weights, with the same predictions', async () => {
    const kerasModel = sequential()
    kerasModel.add(layers.embedding({ inputDim: 9, outputDim: 3, inputLength: 2, name: 'films' }))
    kerasModel.add(layers.flatten())
    kerasModel.add(layers.dense({ units: 1, activation: 'sigmoid' }))
    kerasModel.compile({ optimizer: 'adam', loss: 'binaryCrossentropy' })
    const estimator = modelToEstimator({ kerasModel, modelDir: 'keras' })
    const x = [
      [1, 2],
      [3, 8],
    ]
    await estimator.train({
      inputFn: arrayInputFn({ x: { films_input: x }, y: [0, 1], numEpochs: null, shuffle: false }),
      maxSteps: 5,
    })
    await estimator.exportSavedModel('out', () => ({ films_input: zeros([1, 2]) }))
    const { modelTopology, weightsManifest } = await jsonOf('out/5/layers.json')
    const weightData = (await storage.load('out/5/weights.bin'))!.buffer as ArrayBuffer
    const loaded = await loadLayersModel(
      io.fromMemory({ modelTopology, weightSpecs: weightsManifest[0].weights, weightData }),
    )
    const expected: number[] = []
    for await (const row of estimator.predict({ inputFn: arrayInputFn({ x: { films_input: x }, shuffle: false }) }))
      expected.push(...Object.values(row)[0]!)
    expect([...(loaded.predict(tensor2d(x)) as Tensor).dataSync()]).toEqual(expected)
    const graph = await loadExported(storage, 'out/5')
    expectAlike(graph.answer({ films_input: tensor2d(x) }), { [kerasModel.outputNames[0]!]: expected })
    expect(exported[0]!.files.map(({ name }) => name).sort()).toEqual([
      'constants.bin',
      'layers.json',
      'model.json',
      'signature.json',
      'weights.bin',
    ])
  })

  it('says what a servingInputReceiverFn must answer with', async () => {
    const line = await new Estimator({ modelFn: lineModel, modelDir: 'line' }).train({
      inputFn: linePoints(),
      steps: 1,
    })
    const message =
      'servingInputReceiverFn must answer with an example of the features, each a tensor or a sparseFeature; '
    for (const [given, what] of [
      [{ x: [0, 0] }, 'its x is neither.'],
      [undefined, 'it gave none.'],
      [{}, 'it gave none.'],
    ] as const)
      await expect(line.exportSavedModel('out', () => given as never)).rejects.toThrow(message + what)
  })

  it('needs one of several outputs to be called serving_default', async () => {
    const modelWith =
      (names: string[]): ModelFn<{ x: Tensor }> =>
      (features, labels, mode, params) => {
        const spec = lineModel(features, labels, mode, params)
        if (mode !== ModeKeys.PREDICT) return spec
        const value = add(concat([features.x]), 0)
        const outputs = names.map((name, i) => [
          name,
          i === 0 ? new RegressionOutput({ value }) : new PredictOutput(value),
        ])
        return new EstimatorSpec({ mode, predictions: spec.predictions, exportOutputs: Object.fromEntries(outputs) })
      }
    const exportWith = async (names: string[]) => {
      const line = new Estimator({ modelFn: modelWith(names), modelDir: 'line' })
      await line.train({ inputFn: linePoints(), steps: 1 })
      const path = await line.exportSavedModel('out', () => ({ x: tensor1d([0]) }))
      return Object.keys(await jsonOf(`${path}/signature.json`))
    }
    expect(await exportWith(['only'])).toEqual(['serving_default', 'only'])
    expect(await exportWith(['serving_default', 'other'])).toEqual(['serving_default', 'other'])
    await expect(exportWith(['one', 'two'])).rejects.toThrow('one must be called serving_default')
  })
})
