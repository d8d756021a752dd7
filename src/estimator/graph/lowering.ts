import { type AlignedKernel, type AlignedTensor, alignedAttribute } from './alignTraces'
import { type Dim, isFixed } from './dims'
import { exportError } from './exportError'
import type { GraphBuilder, Value } from './graphBuilder'

/** One kernel on its way into the graph. */
export interface Op {
  readonly name: string
  readonly g: GraphBuilder
  readonly outputs: AlignedKernel['outputs']
  /** Whether the kernel was given it. */
  has(input: string): boolean
  input(name: string): Value
  /** In the order they were given in: of Concat and its kin. */
  inputs(): Value[]
  tensor(input: string): AlignedTensor
  /** Of the first output, or of an input; throws where a length follows neither the model nor the batch. */
  shape(input?: string): Dim[]
  /** An attribute whose numbers may follow the batch, lists in lists as one; none where it is not given. */
  dims(attribute: string): Dim[]
  /** The same for numbers that may not; throws where they do. null: it is not given. */
  numbers(attribute: string): number[] | null
  number(attribute: string): number
  /** One that is a number, a truth or a text, or null where it is not given. */
  plain(attribute: string): number | boolean | string | null
  readonly place: Error
  /** To be thrown: points at `place`, the line that asked for the kernel. */
  fault(message: string): Error
}

/** Writes a kernel as operations of TensorFlow and answers with its outputs. */
export type Lowering = (op: Op) => Value | Value[]

export function createOp(
  kernel: AlignedKernel,
  rows: readonly number[],
  g: GraphBuilder,
  graphValue: (tensor: AlignedTensor) => Value,
): Op {
  const { name, inputs, outputs, place } = kernel
  const fault = (message: string) => exportError(message, place)
  const attribute = (key: string) => {
    const each = kernel.attrs.map((attrs) => attrs[key])
    const aligned = alignedAttribute(each, rows)
    if (aligned !== undefined) return aligned
    throw fault(`${key} of ${name} follows the rows of the batch in a way that no graph can tell (${each.join('; ')}).`)
  }
  const tensor = (key: string) => {
    const found = inputs[key]
    if (found) return found
    throw fault(`${name} has no input ${key}.`)
  }
  const op: Op = {
    name,
    g,
    outputs,
    place,
    fault,
    tensor,
    has: (key) => key in inputs,
    input: (key) => graphValue(tensor(key)),
    inputs: () => Object.values(inputs).map(graphValue),
    shape(key) {
      const { shape } = key === undefined ? outputs[0]! : tensor(key)
      return shape.map((dim) => {
        if (dim !== null) return dim
        throw fault(`the shape of ${name} follows the features in a way that no graph can tell.`)
      })
    },
    dims(key) {
      const found = attribute(key)
      if (found === null) return []
      return (Array.isArray(found) ? found.flat(9) : [found]) as Dim[]
    },
    numbers(key) {
      const found = op.dims(key)
      if (found.every(isFixed)) return attribute(key) === null ? null : found
      throw fault(`${key} of ${name} is not the same for every batch.`)
    },
    number(key) {
      const [found] = op.numbers(key) ?? []
      if (found !== undefined) return found
      throw fault(`${name} has no ${key}.`)
    },
    plain(key) {
      const found = attribute(key)
      return found === null || typeof found === 'object' ? null : found
    },
  }
  return op
}
