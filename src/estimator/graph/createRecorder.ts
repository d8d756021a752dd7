import { type NamedAttrMap, type NamedTensorMap, Tensor, type Variable } from '@tensorflow/tfjs-core'
import { type Features, isTensor } from '../features'
import { ExportError } from './exportError'
import { areReadsAllowed, withReadsAllowed } from './hostReads'
import { listenToEngine } from './listenToEngine'
import { type Origin, originOf } from './origins'
import type { Literal, Numbers, Source, TracedKernel, TracedOrigin, TracedTensor } from './trace'

/** Takes down what a function computes by TensorFlow.js, and where each tensor comes from. */
export interface Recorder {
  readonly kernels: readonly TracedKernel[]
  /** Runs `f` and takes down the kernels that it asks for. Throws where `f` reads numbers that come from features, or assigns to a variable. */
  record<T>(f: () => T): T
  /** What a tensor was made by; to be asked before it is disposed of. */
  traced(tensor: Tensor): TracedTensor
}

export function createRecorder(features: Features, variables: ReadonlyMap<string, Variable>): Recorder {
  const kernels: TracedKernel[] = []
  const sources = new Map<number, Source>()
  /** By memory and form: TensorFlow.js keeps copies for a gradient without a kernel. */
  const copies = new Map<object, Map<string, Source>>()
  const made = new Map<number, object>()
  /** Memory whose content follows from the features. */
  const derived = new Set<object>()
  for (const [name, variable] of variables) note(variable, { kind: 'variable', name })
  for (const [name, value] of Object.entries(features)) {
    if (!isTensor(value)) continue
    note(value, { kind: 'feature', name })
    derived.add(value.dataId)
  }

  function note(tensor: Tensor, source: Source): void {
    sources.set(tensor.id, source)
    const known = copies.get(tensor.dataId) ?? new Map<string, Source>()
    copies.set(tensor.dataId, known.set(formOf(tensor), source))
  }

  function traced(tensor: Tensor): TracedTensor {
    const known = sources.get(tensor.id) ?? copies.get(tensor.dataId)?.get(formOf(tensor))
    const source = known ?? { kind: 'literal', literal: literalOf(tensor) }
    note(tensor, source)
    return { source, shape: [...tensor.shape], dtype: tensor.dtype }
  }

  function literalOf(tensor: Tensor): Literal {
    const array = made.get(tensor.id)
    const origin = originOf(tensor) ?? (array && originOf(array))
    const values = withReadsAllowed(() => tensor.dataSync<'string' | 'float32'>() as string[] | Numbers).slice()
    const { shape, dtype } = tensor
    if (origin?.from === 'kept') {
      const { all } = origin
      return { shape: [all.length], dtype, values: all, isPruned: true, origin: null }
    }
    return { shape, dtype, values, isPruned: false, origin: origin ? tracedOrigin(origin) : null }
  }

  function tracedOrigin(origin: Exclude<Origin, { from: 'kept' }>): TracedOrigin {
    switch (origin.from) {
      case 'tensor':
        return { from: 'tensor', tensor: traced(origin.tensor) }
      case 'offsets':
        return origin
      case 'numbers':
        return { from: 'numbers', column: origin.column, inputs: inputsOf(origin.features) }
      default:
        return { ...origin, inputs: inputsOf(origin.features) }
    }
  }

  function inputsOf(read: Features): Record<string, TracedTensor> {
    const named = Object.entries(read).map(([key, value]): [string, TracedTensor] => {
      if (isTensor(value)) return [key, traced(value)]
      const name = Object.keys(features).find((each) => features[each] === value)
      if (name === undefined) throw new ExportError(`'${key}' is no feature that the model was given.`)
      const shape = value.offsets ? [value.offsets.length - 1, -1] : [value.values.length]
      const dtype = { string: 'string', integer: 'int32', number: 'float32' }[value.type] as TracedTensor['dtype']
      return [key, { source: { kind: 'feature', name }, shape, dtype }]
    })
    return Object.fromEntries(named)
  }

  function take(name: string, inputs: NamedTensorMap, attrs: NamedAttrMap, outputs: Tensor[]): void {
    const given = Object.entries(inputs).filter(([, tensor]) => tensor instanceof Tensor)
    const index = kernels.length
    kernels.push({
      name,
      inputs: Object.fromEntries(given.map(([key, tensor]) => [key, traced(tensor)])),
      attrs: { ...attrs },
      outputs: outputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype })),
      place: new Error(name),
    })
    const follows = given.some(([, { dataId }]) => derived.has(dataId))
    for (const [output, tensor] of outputs.entries()) {
      note(tensor, { kind: 'kernel', index, output })
      if (follows) derived.add(tensor.dataId)
    }
  }

  const listener = {
    ran: take,
    made: ({ id }: Tensor, values: object) => made.set(id, values),
    reading(dataId: object) {
      if (derived.has(dataId) && !areReadsAllowed()) throw new ExportError(READ)
    },
  }
  return {
    kernels,
    traced,
    record(f) {
      const before = new Map([...variables].map(([name, { dataId }]) => [name, dataId]))
      const result = withDeepStacks(() => listenToEngine(listener, f))
      const changed = [...before].find(([name, dataId]) => variables.get(name)?.dataId !== dataId)
      if (changed) throw new ExportError(`the model function assigns to ${changed[0]}${ASSIGNED}`)
      return result
    },
  }
}

/** V8 notes ten callers: fewer than are between a kernel and the code that asked a layer for it. */
function withDeepStacks<T>(f: () => T): T {
  const { stackTraceLimit } = Error
  Error.stackTraceLimit = 50
  try {
    return f()
  } finally {
    Error.stackTraceLimit = stackTraceLimit
  }
}

const formOf = ({ dtype, shape }: Tensor) => `${dtype} [${shape}]`

const ASSIGNED = ' in PREDICT mode, and a graph only reads variables. Do it in TRAIN mode.'

const READ =
  'the model function reads the numbers of a tensor that comes from the features (dataSync, print), and a graph computes without it. ' +
  'Keep to operations on tensors in PREDICT mode.'
