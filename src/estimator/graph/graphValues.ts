import type { DataType } from '@tensorflow/tfjs-core'
import { type AlignedLiteral, type AlignedSource, type AlignedTensor, alignedShape, alignedTensor } from './alignTraces'
import { type ColumnInput, columnIds } from './columnIds'
import { computedLiteral } from './computedLiteral'
import type { Dim } from './dims'
import { exportError } from './exportError'
import type { GraphBuilder, Value } from './graphBuilder'
import type { GraphInputs } from './graphInputs'
import { identityBounds } from './identityBounds'
import { cast } from './lowerings/elementwise'
import { reshape } from './lowerings/shapes'
import { countedIds, type PaddedIds } from './paddedIds'
import type { Literal, Trace, TracedOrigin } from './trace'

type ColumnOrigin = Extract<TracedOrigin, { from: 'ids' | 'counts' }>

/** What the tensors of aligned traces are in the graph. */
export interface GraphValues {
  /** Throws at `place` for a tensor that was made of the features by other means than operations. */
  value(tensor: AlignedTensor, place: Error): Value
  /** The ids that literals of a column's origin hold. */
  column(literals: readonly Literal[], place: Error): PaddedIds
  /** The feature whose values a literal holds in every trace; null: none. */
  featureOf(source: AlignedSource): string | null
}

export function createGraphValues(
  traces: readonly Trace[],
  g: GraphBuilder,
  inputs: GraphInputs,
  lowered: ReadonlyMap<number, readonly Value[]>,
): GraphValues {
  const rows = traces.map((trace) => trace.rows)
  const bounds = identityBounds(traces[0]!)

  function sourceValue(tensor: AlignedTensor, place: Error): Value {
    const { source, dtype } = tensor
    switch (source.kind) {
      case 'kernel':
        return lowered.get(source.index)![source.output]!
      case 'feature':
        return inputs.feature(source.name)
      case 'variable':
        return g.variable(source.name, tensor.shape.map(Number), dtype)
      case 'literal':
        return literalValue(source, dtype, place)
    }
  }

  function literalValue(source: AlignedLiteral, dtype: DataType, place: Error): Value {
    const { literals } = source
    const [first] = literals
    const shape = alignedShape(
      literals.map((literal) => literal.shape),
      rows,
    )
    const origin = first!.origin
    if (origin) return originValue(literals, origin, place)
    if (literals.every((literal) => sameLiteral(literal, first!))) return g.constant(first!.values, first!.shape, dtype)
    const dims = shape.every((dim) => dim !== null) ? (shape as readonly Dim[]) : null
    const computed = dims && computedLiteral(g, literals, dims, rows)
    if (computed) return computed
    const feature = featureOf(source)
    if (feature !== null && dims && !inputs.isSparse(feature))
      return reshape(g, cast(g, inputs.feature(feature), dtype), dims)
    const what = `a tensor ${dtype} [${first!.shape.join(', ')}] is made of the features outside of TensorFlow.js, or of random numbers`
    throw exportError(`${what}, and a graph holds operations on tensors alone.`, place)
  }

  function originValue(literals: readonly Literal[], origin: TracedOrigin, place: Error): Value {
    switch (origin.from) {
      case 'tensor': {
        const read = literals.map(({ origin: each }) => (each?.from === 'tensor' ? each.tensor : undefined))
        return g.node('Reshape', [
          cast(g, value(alignedTensor(read, rows, 'a lookup', place), place), 'int32'),
          g.ints([-1]),
        ])
      }
      case 'numbers': {
        const { normalizer, key } = origin.column
        const numbers = inputOf(literals, key, place).value()
        const column = g.node('Reshape', [cast(g, numbers, 'float32'), g.ints([-1, 1])])
        return normalizer === 'log1p' ? g.node('Log1p', [column]) : column
      }
      case 'counts':
        return countedIds(g, column(literals, place), origin.buckets)
      default: {
        const what = origin.from === 'ids' ? 'what a feature column makes of its features' : 'offsets of a feature'
        throw exportError(`${what} can be looked up by embeddingLookupSparse, and nothing else.`, place)
      }
    }
  }

  function column(literals: readonly Literal[], place: Error): PaddedIds {
    const { column: asked, inputs: read } = literals[0]!.origin as ColumnOrigin
    const each = Object.keys(read).map((key): [string, ColumnInput] => [key, inputOf(literals, key, place)])
    return columnIds(g, inputs, asked, Object.fromEntries(each))
  }

  function inputOf(literals: readonly Literal[], key: string, place: Error): ColumnInput {
    const read = literals.map(({ origin }) => (origin && 'inputs' in origin ? origin.inputs[key] : undefined))
    const tensor = alignedTensor(read, rows, `the feature ${key}`, place)
    const { source, dtype } = tensor
    return {
      dtype,
      below: source.kind === 'feature' ? (bounds.get(source.name) ?? null) : null,
      isSparse: source.kind === 'feature' && inputs.isSparse(source.name),
      value: () => value(tensor, place),
    }
  }

  function featureOf(source: AlignedSource): string | null {
    if (source.kind !== 'literal' || source.literals.some(({ values }) => values.length === 0)) return null
    const names = [...(traces[0]?.values.keys() ?? [])]
    const isOf = (name: string) =>
      source.literals.every((literal, t) => holds(literal, traces[t]!.values.get(name) ?? []))
    return names.find(isOf) ?? null
  }

  const value = sourceValue
  return { value, column, featureOf }
}

function sameLiteral(a: Literal, b: Literal): boolean {
  return (
    a.shape.join() === b.shape.join() &&
    Array.from<number | string>(a.values).every((value, i) => Object.is(value, b.values[i]))
  )
}

function holds({ values, dtype }: Literal, given: readonly (string | number)[]): boolean {
  const isFloat = dtype === 'float32'
  return (
    values.length === given.length &&
    given.every((value, i) => Object.is(values[i], isFloat && typeof value === 'number' ? Math.fround(value) : value))
  )
}
