import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter'
import { cast, io, type NamedTensorMap, type Tensor, tensor, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import type { CategoricalColumn } from '../../experiment/experiment'
import type { CheckpointStorage } from '../checkpointStorage'
import { categoricalIds } from '../columnReader'
import { type Features, isTensor } from '../features'
import type { GraphDef, NodeDef } from './graphDef'

/** For tests: an exported model as others get it, from its files alone. */
export interface ExportedModel {
  model: GraphModel
  nodes: readonly NodeDef[]
  signatures: Record<string, { inputs: Record<string, InputSignature>; outputs: Record<string, OutputSignature> }>
  /** What `signature` answers for features as an input function gives them, by output. */
  tensors(features: Features, signature?: string): Record<string, Tensor>
  /** Their numbers. */
  answer(features: Features, signature?: string): Record<string, number[]>
}

interface OutputSignature {
  node: string
  dtype: Tensor['dtype']
}

interface InputSignature {
  dtype: 'float32' | 'int32' | 'bool' | 'string'
  shape: number[]
  padding?: number | string
  encoded?: CategoricalColumn
}

export async function loadExported(storage: CheckpointStorage, path: string): Promise<ExportedModel> {
  const bytesOf = async (name: string) => (await storage.load(`${path}/${name}`))!
  const jsonOf = async (name: string) => JSON.parse(new TextDecoder().decode(await bytesOf(name)))
  const { weightsManifest, ...rest } = await jsonOf('model.json')
  const manifest = weightsManifest as io.WeightsManifestConfig
  const parts = await Promise.all(manifest.flatMap(({ paths }) => paths).map(bytesOf))
  const weightData = io.CompositeArrayBuffer.join(parts.map((part) => part.slice().buffer))
  const weightSpecs = manifest.flatMap(({ weights }) => weights)
  const model = await loadGraphModel(io.fromMemory({ ...rest, weightSpecs, weightData }))
  const signatures: ExportedModel['signatures'] = await jsonOf('signature.json')
  const tensors: ExportedModel['tensors'] = (features, signature = 'serving_default') => {
    const { inputs, outputs } = signatures[signature]!
    const given = servingInputs(inputs, features)
    const named = Object.entries(outputs).map(([key, { node, dtype }]): [string, Tensor] => {
      const answered = model.execute(given, node) as Tensor
      if (answered.dtype !== dtype) throw new Error(`${key} is ${answered.dtype}, and the signature says ${dtype}.`)
      return [key, answered]
    })
    return Object.fromEntries(named)
  }
  return {
    model,
    nodes: (rest.modelTopology as GraphDef).node,
    signatures,
    tensors,
    answer(features, signature) {
      const answered = Object.entries(tensors(features, signature))
      return Object.fromEntries(answered.map(([key, tensor]) => [key, Array.from(tensor.dataSync())]))
    },
  }
}

/** In the form that the signature says: rows of several values filled up, bucket numbers for columns that no graph computes. */
function servingInputs(inputs: Record<string, InputSignature>, features: Features): NamedTensorMap {
  const named = Object.entries(inputs).map(([name, { dtype, shape, padding = 0, encoded }]): [string, Tensor] => {
    if (encoded) {
      const { ids, offsets } = categoricalIds(features, encoded)
      return [name, shape.length === 1 ? tensor1d(oneOf(ids, offsets), 'int32') : padded([...ids], offsets, -1, dtype)]
    }
    const value = features[name]!
    if (isTensor(value)) return [name, cast(value, dtype)]
    const { values, offsets } = value
    return [
      name,
      offsets ? padded(values, offsets, padding, dtype) : tensor([...values] as number[], [values.length], dtype),
    ]
  })
  return Object.fromEntries(named)
}

/** [rows], −1 for a row without any. */
function oneOf(ids: Int32Array, offsets: Int32Array): number[] {
  return Array.from({ length: offsets.length - 1 }, (_, row) =>
    offsets[row + 1]! > offsets[row]! ? ids[offsets[row]!]! : -1,
  )
}

function padded(
  values: readonly (string | number)[],
  offsets: Int32Array,
  padding: string | number,
  dtype: InputSignature['dtype'],
) {
  const rows = Array.from({ length: offsets.length - 1 }, (_, row) => values.slice(offsets[row], offsets[row + 1]))
  const most = Math.max(1, ...rows.map(({ length }) => length))
  const filled = rows.map((row) => [...row, ...Array(most - row.length).fill(padding)])
  return tensor2d(filled as number[][], [rows.length, most], dtype)
}
