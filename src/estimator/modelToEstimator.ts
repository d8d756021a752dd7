import {
  add,
  expandDims,
  io,
  mean,
  reshape,
  round,
  type Scalar,
  type Tensor,
  type Variable,
} from '@tensorflow/tfjs-core'
import { type LayersModel, type layers, model, Sequential } from '@tensorflow/tfjs-layers'
import { Estimator } from './estimator'
import { EstimatorSpec } from './estimatorSpec'
import { PredictOutput } from './exportOutputs'
import { type Features, isTensor } from './features'
import { withSparseGradient } from './kerasEmbedding'
import { kerasOptimizer } from './kerasOptimizer'
import type { MetricOp } from './metricOp'
import { metrics } from './metrics'
import { ModeKeys } from './modeKeys'
import { modelContext } from './modelContext'
import type { RunConfig } from './runConfig'
import { getGlobalStep, watchEmbedding } from './variables'

export interface ModelToEstimatorOptions {
  /** Compiled, with one output. Its Embedding layers are made to train by the sparse gradient. */
  kerasModel: LayersModel
  modelDir?: string
  config?: RunConfig
  /** What the rows of an Embedding layer stand for, by the layer's name: such a table is shown on the map. */
  keys?: Readonly<Record<string, readonly string[]>>
}

/**
 * `tf.keras.estimator.model_to_estimator`: a compiled Keras model as an Estimator. Layer `XYZ`, where it is the first, takes the feature `XYZ_input`, and an `input` layer its own
 * name; features with other keys are an error that lists both. The variables are the model's own: it holds the weights of the checkpoint used last.
 */
export function modelToEstimator({
  kerasModel: given,
  modelDir,
  config,
  keys = {},
}: ModelToEstimatorOptions): Estimator {
  const kerasModel = functional(given)
  checkModel(kerasModel)
  const optimizer = kerasOptimizer(kerasModel.optimizer)
  const names = weightNames(kerasModel)
  for (const layer of kerasModel.layers) {
    if (layer.getClassName() === 'Embedding') withSparseGradient(layer as ReturnType<typeof layers.embedding>)
  }
  return new Estimator({
    ...(modelDir !== undefined && { modelDir }),
    ...(config && { config }),
    artifacts: () => layersArtifacts(kerasModel),
    modelFn: (features: Features, labels: Tensor | null, mode: ModeKeys) => {
      const { store } = modelContext('A Keras model')
      for (const [name, variable] of names) store.adopt(name, variable)
      for (const [layer, rows] of Object.entries(keys)) {
        const table = names.get(`${layer}/embeddings`)
        if (!table) throw new Error(`keys: there is no Embedding layer '${layer}'.`)
        watchEmbedding(table, { name: layer, keys: rows })
      }
      const inputs = inputsOf(kerasModel, features)
      const output = kerasModel.apply(inputs, { training: mode === ModeKeys.TRAIN }) as Tensor
      const predictions = { [kerasModel.outputNames[0]!]: output }
      const exportOutputs = { serving_default: new PredictOutput(predictions) }
      if (mode === ModeKeys.PREDICT) return new EstimatorSpec({ mode, predictions, exportOutputs })
      const targets = targetsOf(labels, output)
      const loss = lossOf(kerasModel, targets, output)
      const evalMetricOps = mode === ModeKeys.EVAL ? metricsOf(kerasModel, targets, output) : {}
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
  if (model.outputs.length !== 1)
    throw new Error(`The Keras model has ${model.outputs.length} outputs; an Estimator here takes one.`)
}

/**
 * `embedding/embeddings`, `dense_1/kernel`: by the layer, where it was named, or by its kind and place. TensorFlow.js counts unnamed layers over everything
 * made before, so that its own names would not find the checkpoint again.
 */
function weightNames(model: LayersModel): Map<string, Variable> {
  const used = new Map<string, number>()
  const weights = new Map<string, Variable>()
  for (const layer of model.layers) {
    const kind = /^(\w+?)_[A-Z]\w*?\d+$/.exec(layer.name)?.[1]
    const count = used.get(kind ?? layer.name) ?? 0
    used.set(kind ?? layer.name, count + 1)
    const name = kind === undefined || count === 0 ? (kind ?? layer.name) : `${kind}_${count}`
    for (const weight of layer.weights) {
      // `dense_Dense1/kernel`, within a bidirectional layer `…/forward_lstm_LSTM1/kernel`.
      const path = weight.originalName.split('/').slice(1).join('/') || weight.originalName
      weights.set(`${name}/${path}`, weight.read() as Variable)
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

function targetsOf(labels: Tensor | null, output: Tensor): Tensor {
  if (!labels) throw new Error('The input function gave no labels, and training and evaluation need them.')
  return labels.size === output.size ? reshape(labels, output.shape) : labels
}

/** As `fit` makes it: the mean loss, and what regularizers add. */
function lossOf(model: LayersModel, targets: Tensor, output: Tensor): Scalar {
  const own = mean<Scalar>(model.lossFunctions[0]!(targets, output))
  return model.calculateLosses().reduce((sum, each) => add<Scalar>(sum, each), own)
}

/** Those of `compile`. Precision and recall accumulate their counts; others are means over the rows. */
function metricsOf(model: LayersModel, targets: Tensor, output: Tensor): Record<string, MetricOp> {
  const ops = (model.metricsTensors ?? []).map(([measure], i): [string, MetricOp] => {
    const name = model.metricsNames[i + 1]!
    if (name === 'precision' || name === 'recall') return [name, metrics[name](targets, round(output))]
    return [name === 'acc' ? 'accuracy' : name, metrics.mean(measure(targets, output))]
  })
  return Object.fromEntries(ops)
}
