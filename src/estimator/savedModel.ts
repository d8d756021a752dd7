import { io, type Tensor, tidy } from '@tensorflow/tfjs-core'
import type { CheckpointStorage } from './checkpointStorage'
import { type ExportOutput, PredictOutput } from './exportOutputs'
import { disposeBatch, type Features, isTensor } from './features'
import { ModeKeys } from './modeKeys'
import type { ModelSession } from './modelSession'

/** What goes in or comes out of a signature. `shape` has −1 for the rows of a batch. */
interface TensorInfo {
  dtype: string
  shape: number[]
  /** Several values a row: ids in CSR form. */
  isSparse?: boolean
}

interface Signature {
  methodName: string
  inputs: Record<string, TensorInfo>
  outputs: Record<string, TensorInfo>
}

const SERVING = 'serving_default'
const methodNames: Record<ExportOutput['kind'], string> = {
  regression: 'tensorflow/serving/regress',
  classification: 'tensorflow/serving/classify',
  predict: 'tensorflow/serving/predict',
}

/** What a model is beside its weights, where it is data: a Keras model. null: a model function, which is code. */
export type ExportArtifacts = (() => Promise<io.ModelArtifacts>) | null

/**
 * Writes under `path` `model.json` and `weights.bin`, as TensorFlow.js has them, and `signature.json`: what each of `exportOutputs` takes and gives. A Keras model is a
 * layers model, for `tf.loadLayersModel`. Of a model function there are the weights by name, for the code to be run with.
 */
export async function writeSavedModel(
  session: ModelSession,
  features: Features,
  path: string,
  storage: CheckpointStorage,
  artifactsOf: ExportArtifacts,
): Promise<{ name: string; bytes: number }[]> {
  const signatures = signaturesOf(session, features)
  const artifacts = artifactsOf ? await artifactsOf() : await weightArtifacts(session)
  const { weightSpecs = [], weightData = new ArrayBuffer(0), ...rest } = artifacts
  const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }]
  const json = { ...rest, signature: signatures[SERVING], weightsManifest: manifest }
  const text = (value: unknown) => new TextEncoder().encode(JSON.stringify(value, null, 1))
  const files = new Map([
    ['model.json', text(json)],
    ['weights.bin', new Uint8Array(io.CompositeArrayBuffer.join(weightData))],
    ['signature.json', text(signatures)],
  ])
  for (const [name, bytes] of files) await storage.save(`${path}/${name}`, bytes)
  return [...files].map(([name, bytes]) => ({ name, bytes: bytes.length }))
}

/** Makes the session's variables, too. Disposes of the features. */
function signaturesOf(session: ModelSession, features: Features): Record<string, Signature> {
  const signatures: Record<string, Signature> = {}
  const inputs = Object.fromEntries(Object.entries(features).map(([name, value]) => [name, inputInfo(value)]))
  const describe = () => {
    const { exportOutputs, predictions } = session.call(features, null, ModeKeys.PREDICT)
    for (const [name, { kind, outputs }] of Object.entries(withServing(exportOutputs, predictions!))) {
      const infos = Object.entries(outputs).map(([key, tensor]) => [key, tensorInfo(tensor)] as const)
      signatures[name] = { methodName: methodNames[kind], inputs, outputs: Object.fromEntries(infos) }
    }
  }
  try {
    tidy(describe)
  } finally {
    disposeBatch({ features })
  }
  return signatures
}

/** As TensorFlow names the one that serves: the only one, or `serving_default`. Throws where several are given and none is called so. */
function withServing(
  given: Record<string, ExportOutput>,
  predictions: Record<string, Tensor>,
): Record<string, ExportOutput> {
  const names = Object.keys(given)
  if (names.length === 0) return { [SERVING]: new PredictOutput(predictions) }
  if (SERVING in given) return given
  if (names.length === 1) return { ...given, [SERVING]: given[names[0]!]! }
  throw new Error(
    `Of several exportOutputs (${names.join(', ')}) one must be called ${SERVING}: it is served where nothing is said.`,
  )
}

function inputInfo(value: Features[string]): TensorInfo {
  if (isTensor(value)) return tensorInfo(value)
  const dtype = { string: 'string', integer: 'int32', number: 'float32' }[value.type]
  return { dtype, shape: [-1], ...(value.offsets && { isSparse: true }) }
}

function tensorInfo({ dtype, shape }: Tensor): TensorInfo {
  return { dtype, shape: shape.length === 0 ? [] : [-1, ...shape.slice(1)] }
}

async function weightArtifacts(session: ModelSession): Promise<io.ModelArtifacts> {
  const named = [...session.variables].map(([name, variable]) => ({ name, tensor: variable as Tensor }))
  const { data, specs } = await io.encodeWeights(named)
  return { format: 'estimator', generatedBy: 'Embedding Playground', weightSpecs: specs, weightData: data }
}
