import { expandDims, io, type Tensor, type Variable } from '@tensorflow/tfjs-core'
import { type LayersModel, type LayerVariable, type layers, model, Sequential } from '@tensorflow/tfjs-layers'
import { Estimator } from './estimator'
import { EstimatorSpec } from './estimatorSpec'
import { PredictOutput } from './exportOutputs'
import { type Features, isTensor, type Labels } from './features'
import { withSparseGradient } from './kerasEmbedding'
import { kerasOptimizer } from './kerasOptimizer'
import { checkLossWeights, type LossWeights, lossOf, metricsOf, outputsOf, targetsOf } from './kerasOutputs'
import { drawUntouched } from './kerasSeeds'
import { ModeKeys } from './modeKeys'
import { modelContext } from './modelContext'
import { checkedConfig, type RunConfig } from './runConfig'
import { getGlobalStep, watchEmbedding } from './variables'

export interface ModelToEstimatorOptions {
  /** Compiled. Its Embedding layers are made to train by the sparse gradient. */
  kerasModel: LayersModel
  modelDir?: string
  config?: RunConfig
  /** Of a model with several outputs; Keras has them in `compile`, TensorFlow.js does not. */
  lossWeights?: LossWeights
  /** What the rows of an Embedding layer stand for, by the layer's name: such a table is shown on the map. */
  keys?: Readonly<Record<string, readonly string[]>>
}

/**
 * `tf.keras.estimator.model_to_estimator`: a compiled Keras model as an Estimator. Layer `XYZ`, where it is the first, takes the feature `XYZ_input`, and an `input` layer its own
 * name; features with other keys are an error that lists both. Predictions, and the labels of several outputs, go by the names of the outputs. The variables are the
 * model's own: it holds the weights of the checkpoint used last. Weights that nobody has set start from the seed of `config`.
 */
export function modelToEstimator({
  kerasModel: given,
  modelDir,
  config = {},
  lossWeights = {},
  keys = {},
}: ModelToEstimatorOptions): Estimator {
  const kerasModel = functional(given)
  checkModel(kerasModel)
  checkLossWeights(kerasModel, lossWeights)
  const optimizer = kerasOptimizer(kerasModel.optimizer)
  const { seed } = checkedConfig(config)
  const weights = weightNames(kerasModel)
  for (const [name, weight] of weights) drawUntouched(weight, seed, name)
  const names = new Map([...weights].map(([name, weight]) => [name, weight.read() as Variable]))
  for (const layer of kerasModel.layers) {
    if (layer.getClassName() === 'Embedding') withSparseGradient(layer as ReturnType<typeof layers.embedding>)
  }
  return new Estimator({
    ...(modelDir !== undefined && { modelDir }),
    config,
    artifacts: async () => ({
      artifacts: await layersArtifacts(kerasModel),
      variableNames: new Map([...weights].map(([name, { originalName }]) => [name, originalName])),
    }),
    modelFn: (features: Features, labels: Labels | null, mode: ModeKeys) => {
      const { store } = modelContext('A Keras model')
      for (const [name, variable] of names) store.adopt(name, variable)
      for (const [layer, rows] of Object.entries(keys)) {
        const table = names.get(`${layer}/embeddings`)
        if (!table) throw new Error(`keys: there is no Embedding layer '${layer}'.`)
        watchEmbedding(table, { name: layer, keys: rows })
      }
      const predictions = outputsOf(kerasModel, inputsOf(kerasModel, features), mode === ModeKeys.TRAIN)
      const exportOutputs = { serving_default: new PredictOutput(predictions) }
      if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions, exportOutputs })
      const targets = targetsOf(labels, predictions)
      const loss = lossOf(kerasModel, targets, predictions, lossWeights)
      const evalMetricOps = mode === ModeKeys.EVAL ? metricsOf(kerasModel, targets, predictions) : {}
      return new EstimatorSpec({
        mode,
        predictions,
        loss,
        trainOp: optimizer.minimize(loss, getGlobalStep()),
        evalMetricOps,
        exportOutputs,
      })
    },
  })
}

/** A sequential model keeps what it was compiled with in a model inside it: here as a functional one of the same layers. */
function functional(given: LayersModel): LayersModel {
  if (!(given instanceof Sequential) || given.optimizer === undefined) return given
  const { optimizer, loss, metrics, inputs, outputs, name } = given
  const same = model({ inputs, outputs, name })
  same.compile({ optimizer, loss, metrics })
  return same
}

/** What `save` would write, for `tf.loadLayersModel`. */
async function layersArtifacts(model: LayersModel): Promise<io.ModelArtifacts> {
  let saved: io.ModelArtifacts = {}
  await model.save(
    io.withSaveHandler(async (artifacts) => {
      saved = artifacts
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } }
    }),
  )
  return saved
}

function checkModel(model: LayersModel): void {
  if (!model.lossFunctions)
    throw new Error('The Keras model is not compiled: model.compile({ optimizer, loss }) says how it is trained.')
  if (!model.built || model.inputs.length === 0) {
    throw new Error('The Keras model has no input yet: give its first layer an inputShape.')
  }
  const silent = model.outputNames.filter((_, i) => !model.lossFunctions[i])
  if (silent.length > 0)
    throw new Error(`The outputs ${silent.join(', ')} have no loss: compile the model with one of each.`)
}

/**
 * `embedding/embeddings`, `dense_1/kernel`: by the layer, where it was named, or by its kind and place. TensorFlow.js counts unnamed layers over everything
 * made before, so that its own names would not find the checkpoint again.
 */
function weightNames(model: LayersModel): Map<string, LayerVariable> {
  const used = new Map<string, number>()
  const weights = new Map<string, LayerVariable>()
  for (const layer of model.layers) {
    const kind = /^(\w+?)_[A-Z]\w*?\d+$/.exec(layer.name)?.[1]
    const count = used.get(kind ?? layer.name) ?? 0
    used.set(kind ?? layer.name, count + 1)
    const name = kind === undefined || count === 0 ? (kind ?? layer.name) : `${kind}_${count}`
    for (const weight of layer.weights) {
      // `dense_Dense1/kernel`, within a bidirectional layer `…/forward_lstm_LSTM1/kernel`.
      const path = weight.originalName.split('/').slice(1).join('/') || weight.originalName
      weights.set(`${name}/${path}`, weight)
    }
  }
  return weights
}

/** Throws an Error that lists the keys expected and given where they are not the same. */
function inputsOf(model: LayersModel, features: Features): Tensor[] {
  const expected = model.inputNames
  const given = Object.keys(features)
  if (expected.length !== given.length || expected.some((name) => !given.includes(name))) {
    throw new Error(
      'The features do not have the keys of the Keras model’s inputs (layer XYZ takes the feature XYZ_input). ' +
        `Expected: ${[...expected].sort().join(', ')}. Given: ${given.sort().join(', ') || 'none'}.`,
    )
  }
  return expected.map((name, i) => {
    const value = features[name]!
    if (!isTensor(value)) throw new Error(`The feature ${name} is not numbers: a Keras model takes tensors.`)
    // [B] for an input of one number a row.
    return value.rank + 1 === model.inputs[i]!.shape.length ? expandDims(value, -1) : value
  })
}
