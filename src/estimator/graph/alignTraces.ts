import type { DataType } from '@tensorflow/tfjs-core'
import { type Dim, dimOf } from './dims'
import { exportError } from './exportError'
import type { Literal, Source, Trace, TracedColumn, TracedKernel, TracedOrigin, TracedTensor } from './trace'

/** A literal as it was in each trace. */
export interface AlignedLiteral {
  kind: 'literal'
  literals: readonly Literal[]
}

export type AlignedSource = Exclude<Source, { kind: 'literal' }> | AlignedLiteral

export interface AlignedTensor {
  source: AlignedSource
  /** null: it follows neither the model nor the rows of the batch, as the number of ids does. */
  shape: readonly (Dim | null)[]
  dtype: DataType
}

/** The same call of a kernel in every trace. */
export interface AlignedKernel {
  index: number
  name: string
  inputs: Readonly<Record<string, AlignedTensor>>
  /** By each trace. */
  attrs: readonly TracedKernel['attrs'][]
  outputs: readonly Pick<AlignedTensor, 'shape' | 'dtype'>[]
  place: Error
}

const CHANGES = 'the graph of the model function changes with the batch'

/** Kernel `index` of all traces. Throws where they do not do the same. */
export function alignedKernel(traces: readonly Trace[], index: number): AlignedKernel {
  const kernels = sameKernels(traces, index)
  const rows = traces.map((trace) => trace.rows)
  const { name, place, inputs, outputs } = kernels[0]!
  return {
    index,
    name,
    place,
    attrs: kernels.map((kernel) => kernel.attrs),
    inputs: Object.fromEntries(
      Object.keys(inputs).map((key) => {
        const each = kernels.map((kernel) => kernel.inputs[key])
        return [key, alignedTensor(each, rows, `input ${key} of ${name}`, place)]
      }),
    ),
    outputs: outputs.map(({ dtype }, i) => ({
      dtype,
      shape: alignedShape(
        kernels.map((kernel) => kernel.outputs[i]!.shape),
        rows,
      ),
    })),
  }
}

function sameKernels(traces: readonly Trace[], index: number): TracedKernel[] {
  const described = (kernel: TracedKernel | undefined) => {
    if (!kernel) return 'nothing'
    return `${kernel.name} of ${Object.keys(kernel.inputs).length} inputs with ${kernel.outputs.length} outputs`
  }
  const kernels = traces.map(({ kernels }) => kernels[index])
  const first = kernels[0]!
  for (const [t, kernel] of kernels.entries()) {
    if (described(kernel) === described(first)) continue
    const [a, b] = [traces[0]!.rows, traces[t]!.rows]
    const what = `${described(first)} at ${a} rows, ${described(kernel)} at ${b}`
    throw exportError(`${CHANGES} (${what}), and a graph is one for all.`, first.place)
  }
  return kernels as TracedKernel[]
}

/** `what`: for the error where the traces do not agree. */
export function alignedTensor(
  tensors: readonly (TracedTensor | undefined)[],
  rows: readonly number[],
  what: string,
  place: Error,
): AlignedTensor {
  const first = tensors[0]!
  const given = tensors.filter((tensor) => tensor !== undefined)
  const sources = given.map(({ source }) => source)
  const isSame =
    given.length === tensors.length &&
    given.every(({ source, shape, dtype }) => {
      return dtype === first.dtype && shape.length === first.shape.length && sameSource(source, first.source)
    })
  if (!isSame) throw exportError(`${CHANGES} (${what} comes from elsewhere), and a graph is one for all.`, place)
  const literals = sources.flatMap((source) => (source.kind === 'literal' ? [source.literal] : []))
  return {
    source: first.source.kind === 'literal' ? { kind: 'literal', literals } : first.source,
    shape: alignedShape(
      given.map(({ shape }) => shape),
      rows,
    ),
    dtype: first.dtype,
  }
}

export function alignedShape(shapes: readonly (readonly number[])[], rows: readonly number[]): (Dim | null)[] {
  return shapes[0]!.map((_, axis) =>
    dimOf(
      // NaN follows nothing: a shape of another rank.
      shapes.map((shape) => (shape.length === shapes[0]!.length ? shape[axis]! : Number.NaN)),
      rows,
    ),
  )
}

function sameSource(a: Source, b: Source): boolean {
  switch (a.kind) {
    case 'kernel':
      return b.kind === 'kernel' && a.index === b.index && a.output === b.output
    case 'literal':
      return b.kind === 'literal' && sameOrigin(a.literal.origin, b.literal.origin)
    default:
      return a.kind === b.kind && a.name === b.name
  }
}

function sameOrigin(a: TracedOrigin | null, b: TracedOrigin | null): boolean {
  if (a === null || b === null) return a === b
  switch (a.from) {
    case 'tensor':
      return b.from === 'tensor' && sameSource(a.tensor.source, b.tensor.source)
    case 'offsets':
      return b.from === 'offsets' && a.feature === b.feature
    case 'numbers':
      return b.from === 'numbers' && sameColumn(a, b)
    case 'counts':
      return b.from === 'counts' && sameColumn(a, b)
    case 'ids':
      return b.from === 'ids' && a.part === b.part && sameColumn(a, b)
  }
}

/** Of the same description, read from the same features. */
export function sameColumn(
  a: Pick<TracedColumn, 'inputs'> & { column: object },
  b: Pick<TracedColumn, 'inputs'> & { column: object },
): boolean {
  return (
    JSON.stringify(a.column) === JSON.stringify(b.column) &&
    Object.keys(a.inputs).every((key) => b.inputs[key] && sameSource(a.inputs[key]!.source, b.inputs[key].source))
  )
}

/** An attribute, with dims for numbers that follow the batch. */
export type AlignedAttribute = Dim | boolean | string | null | readonly AlignedAttribute[]

/** `values`: by trace. undefined: they differ in no way that follows the rows. */
export function alignedAttribute(values: readonly unknown[], rows: readonly number[]): AlignedAttribute | undefined {
  const [first] = values
  if (values.every((value) => typeof value === 'number')) return dimOf(values, rows) ?? undefined
  if (values.every((value) => isList(value))) {
    const lists = values.map((value) => Array.from(value as ArrayLike<unknown>))
    if (lists.some(({ length }) => length !== lists[0]!.length)) return undefined
    const items = lists[0]!.map((_, i) =>
      alignedAttribute(
        lists.map((list) => list[i]),
        rows,
      ),
    )
    return items.some((item) => item === undefined) ? undefined : (items as AlignedAttribute[])
  }
  if (!values.every((value) => value === first)) return undefined
  return typeof first === 'boolean' || typeof first === 'string' ? first : null
}

function isList(value: unknown): boolean {
  return Array.isArray(value) || ArrayBuffer.isView(value)
}
