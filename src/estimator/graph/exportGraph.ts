import type { DataType } from '@tensorflow/tfjs-core'
import type { Features } from '../features'
import type { ModelSession } from '../modelSession'
import { alignedKernel, alignedTensor } from './alignTraces'
import { isFixed } from './dims'
import { ExportError, exportError } from './exportError'
import { type Constant, createGraphBuilder, type Value } from './graphBuilder'
import type { GraphDef } from './graphDef'
import { createGraphInputs, type GraphInput } from './graphInputs'
import { createGraphValues } from './graphValues'
import { createOp } from './lowering'
import { elementwise } from './lowerings/elementwise'
import { lookups } from './lowerings/lookups'
import { products } from './lowerings/products'
import { reductions } from './lowerings/reductions'
import { shapes } from './lowerings/shapes'
import type { Source, Trace, TracedSignature, TracedTensor } from './trace'
import { traceModel } from './traceModel'

export interface ExportedSignature {
  kind: TracedSignature['kind']
  outputs: Record<string, GraphOutput>
}

export interface GraphOutput {
  /** Of the node. */
  name: string
  dtype: DataType
  /** −1: the rows of a batch. */
  shape: number[]
}

export interface ExportedGraph {
  graphDef: GraphDef
  inputs: ReadonlyMap<string, GraphInput>
  /** The one that serves first. */
  signatures: Record<string, ExportedSignature>
  constants: readonly Constant[]
  /** Nodes of the variables, by their names. */
  variableNodes: ReadonlyMap<string, string>
}

/**
 * The model function in PREDICT mode as TensorFlow's graph: run for a few batches like `example` under a recorder that hears every kernel, and what was computed in all of them
 * written as operations (tracing, as `tf.function` does it). Throws an Error that points at the line of what no graph can hold, or what is not the same for every batch.
 */
export function exportGraph(session: ModelSession, example: Features): ExportedGraph {
  const traces = traceModel(session, example)
  const rows = traces.map((trace) => trace.rows)
  const inputs = createGraphInputs(example, () => g)
  const g = createGraphBuilder(inputs.anyBatch)
  const lowered = new Map<number, readonly Value[]>()
  const values = createGraphValues(traces, g, inputs, lowered)
  const lowerings = { ...elementwise, ...reductions, ...shapes, ...products, ...lookups(values, inputs) }

  for (const index of neededKernels(traces[0]!)) {
    const kernel = alignedKernel(traces, index)
    const lowering = lowerings[kernel.name]
    if (!lowering) throw exportError(`the operation ${kernel.name} cannot be exported.`, kernel.place)
    const op = createOp(kernel, rows, g, (tensor) => values.value(tensor, kernel.place))
    lowered.set(index, [lowering(op)].flat())
  }
  const place = new Error('outputs')
  const signatureOf = (name: string): ExportedSignature => {
    const { kind, outputs } = traces[0]!.signatures[name]!
    const written = Object.keys(outputs).map((key): [string, GraphOutput] => {
      const each = traces.map(({ signatures }) => signatures[name]?.outputs[key])
      const tensor = alignedTensor(each, rows, `the output ${key}`, place)
      const value = g.node('Identity', [values.value(tensor, place)], { name: `${name}/${key}` })
      const shape = tensor.shape.map((dim) => (dim !== null && isFixed(dim) ? dim : -1))
      return [key, { name: value.name, dtype: tensor.dtype, shape }]
    })
    return { kind, outputs: Object.fromEntries(written) }
  }
  const names = Object.keys(traces[0]!.signatures)
  const signatures = Object.fromEntries(names.map((name) => [name, signatureOf(name)]))
  checkRead(traces, inputs.used)
  // Also those that no answer follows from: their names are taken.
  const variableNodes = new Map(
    [...session.variables].map(([name, { shape, dtype }]) => [name, g.variable(name, shape, dtype).name]),
  )
  return { graphDef: g.graphDef(), inputs: inputs.used, signatures, constants: g.constants, variableNodes }
}

/** What the outputs follow from, in the order it was computed in. */
function neededKernels({ kernels, signatures }: Trace): number[] {
  const needed = new Set<number>()
  const need = (source: Source): void => {
    if (source.kind === 'kernel') needed.add(source.index)
    if (source.kind !== 'literal' || source.literal.origin === null) return
    const { origin } = source.literal
    if (origin.from === 'tensor') need(origin.tensor.source)
    if ('inputs' in origin) for (const input of Object.values(origin.inputs)) need(input.source)
  }
  const needAll = (tensors: Readonly<Record<string, TracedTensor>>) => {
    for (const { source } of Object.values(tensors)) need(source)
  }
  for (const { outputs } of Object.values(signatures)) needAll(outputs)
  for (let index = kernels.length - 1; index >= 0; index--) if (needed.has(index)) needAll(kernels[index]!.inputs)
  return [...needed].sort((a, b) => a - b)
}

/** What was read and stands in no operation may have decided something: the graph would answer alike for all of it. */
function checkRead(traces: readonly Trace[], used: ReadonlyMap<string, GraphInput>): void {
  const replaced = new Set([...used.values()].flatMap(({ insteadOf = [] }) => insteadOf))
  for (const name of traces[0]!.read) {
    if (used.has(name) || replaced.has(name)) continue
    throw new ExportError(
      `the model function reads the feature ${name} outside of TensorFlow.js, and no operation of the graph has it: look it up, or leave it out.`,
    )
  }
}
