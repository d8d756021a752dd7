import { io, scalar, type Tensor, tensor } from '@tensorflow/tfjs-core'
import type { CheckpointStorage } from './checkpointStorage'
import type { ExportOutput } from './exportOutputs'
import { disposeBatch, type Features } from './features'
import { type ExportedGraph, type ExportedSignature, exportGraph } from './graph/exportGraph'
import type { Constant } from './graph/graphBuilder'
import { shapeDef, typeName } from './graph/graphDef'
import { SERVING } from './graph/servedOutputs'
import type { ModelSession } from './modelSession'

/** What a Keras model is beside its graph, for `tf.loadLayersModel`. */
export interface LayersArtifacts {
  /** As `save` writes them; the weights by TensorFlow.js's own names. */
  artifacts: io.ModelArtifacts
  /** Of the Estimator's variables, by theirs. */
  variableNames: ReadonlyMap<string, string>
}

/** null: a model function, which is code. */
export type ExportArtifacts = (() => Promise<LayersArtifacts>) | null

const methodNames: Record<ExportOutput['kind'], string> = {
  regression: 'tensorflow/serving/regress',
  classification: 'tensorflow/serving/classify',
  predict: 'tensorflow/serving/predict',
}

/**
 * Writes under `path` a TensorFlow.js graph model, for `tf.loadGraphModel`: `model.json`, `weights.bin` (all variables by name), `constants.bin` (other numbers of the graph, if
 * there are any), and `signature.json`: what each of `exportOutputs` takes and gives. Of a Keras model also `layers.json`, for `tf.loadLayersModel`, with the same `weights.bin`.
 * Disposes of the features. Throws where the model function is no graph: see `exportGraph`.
 */
export async function writeSavedModel(
  session: ModelSession,
  features: Features,
  path: string,
  storage: CheckpointStorage,
  artifactsOf: ExportArtifacts,
): Promise<{ name: string; bytes: number }[]> {
  const graph = graphOf(session, features)
  const variables = [...session.variables].map(([name, variable]) => ({ name, tensor: variable as Tensor }))
  const weights = await io.encodeWeights(variables)
  const constants = await encodedConstants(graph.constants)
  const files = new Map([
    ['model.json', jsonBytes(modelJson(graph, weights.specs, constants.specs), 0)],
    ['signature.json', jsonBytes(signaturesOf(graph), 1)],
  ])
  for (const [name, { data }] of Object.entries({ 'weights.bin': weights, 'constants.bin': constants })) {
    if (data.byteLength > 0) files.set(name, new Uint8Array(data))
  }
  if (artifactsOf) files.set('layers.json', jsonBytes(layersJson(await artifactsOf(), weights.specs), 0))
  // `model.json` last: where it is, the model is whole.
  for (const [name, bytes] of [...files].reverse()) await storage.save(`${path}/${name}`, bytes)
  return [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }))
}

function graphOf(session: ModelSession, features: Features): ExportedGraph {
  checkExample(features)
  try {
    return exportGraph(session, features)
  } finally {
    disposeBatch({ features })
  }
}

function checkExample(features: Features | undefined): void {
  const entries = Object.entries(features ?? {})
  const isFeature = (value: unknown) =>
    typeof value === 'object' && value !== null && ('dataId' in value || 'offsets' in value)
  const wrong = entries.find(([, value]) => !isFeature(value))
  if (entries.length > 0 && !wrong) return
  const what = wrong ? `its ${wrong[0]} is neither` : 'it gave none'
  throw new TypeError(
    `servingInputReceiverFn must answer with an example of the features, each a tensor or a sparseFeature; ${what}.`,
  )
}

const jsonBytes = (value: unknown, indent: number) => new TextEncoder().encode(JSON.stringify(value, null, indent))

async function encodedConstants(constants: readonly Constant[]) {
  const named = constants.map(({ name, values, shape, dtype }) => ({
    name,
    tensor: tensor(values as Float32Array, [...shape], dtype),
  }))
  // TensorFlow.js stumbles over an empty file, and empty lists alone would make one.
  if (named.length > 0 && named.every((each) => each.tensor.size === 0))
    named.push({ name: 'constants/0', tensor: scalar(0) })
  const encoded = await io.encodeWeights(named)
  for (const each of named) each.tensor.dispose()
  return encoded
}

type Specs = io.WeightsManifestEntry[]

function modelJson(graph: ExportedGraph, weightSpecs: Specs, constantSpecs: Specs) {
  const { graphDef, signatures, inputs, variableNodes } = graph
  const variables = weightSpecs.map((spec) => ({ ...spec, name: variableNodes.get(spec.name)! }))
  const named = Object.entries(signatures).map(([name, signature]) => [
    name,
    {
      inputs: Object.fromEntries(
        [...inputs].map(([key, input]) => [key, tensorInfo({ ...input, name: input.value.name })]),
      ),
      outputs: Object.fromEntries(Object.entries(signature.outputs).map(([key, output]) => [key, tensorInfo(output)])),
      methodName: methodNames[signature.kind],
    },
  ])
  const defs = Object.fromEntries(named)
  return {
    format: 'graph-model',
    generatedBy: 'Embedding Playground',
    convertedBy: null,
    modelTopology: graphDef,
    signature: defs[SERVING],
    // Predictions come by name.
    userDefinedMetadata: { structuredOutputKeys: Object.keys(signatures[SERVING]!.outputs), signatures: defs },
    weightsManifest: [
      { paths: ['weights.bin'], weights: variables },
      { paths: ['constants.bin'], weights: constantSpecs },
    ].filter(({ weights }) => weights.length > 0),
  }
}

/** As meta_graph.proto has it. */
function tensorInfo({
  name,
  dtype,
  shape,
}: Pick<ExportedSignature['outputs'][string], 'name' | 'dtype'> & { shape: readonly number[] }) {
  return { name: `${name}:0`, dtype: typeName(dtype), tensorShape: shapeDef(shape) }
}

/** The same for people: what to give, and where the answers are. */
function signaturesOf({ inputs, signatures }: ExportedGraph) {
  const given = [...inputs].map(([name, { value, dtype, shape, padding, encoded }]) => [
    name,
    {
      node: value.name,
      dtype,
      shape,
      ...(padding !== undefined && shape.length > 1 && { padding }),
      ...(encoded && { encoded }),
    },
  ])
  return Object.fromEntries(
    Object.entries(signatures).map(([name, { kind, outputs }]) => [
      name,
      {
        methodName: methodNames[kind],
        inputs: Object.fromEntries(given),
        outputs: Object.fromEntries(
          Object.entries(outputs).map(([key, { name: node, ...info }]) => [key, { node, ...info }]),
        ),
      },
    ]),
  )
}

function layersJson({ artifacts, variableNames }: LayersArtifacts, specs: Specs) {
  const { weightSpecs: _specs, weightData: _data, ...rest } = artifacts
  const weights = specs.map((spec) => ({ ...spec, name: variableNames.get(spec.name) ?? spec.name }))
  return { ...rest, weightsManifest: [{ paths: ['weights.bin'], weights }] }
}
