import type { GraphBuilder, Value } from '../graphBuilder'
import { attr } from '../graphDef'
import type { Lowering, Op } from '../lowering'
import { cast } from './elementwise'

/** Kernels that reduce along axes, with the attribute that names these. */
const reduced = {
  All: 'axis',
  Any: 'axis',
  Max: 'reductionIndices',
  Mean: 'axis',
  Min: 'axis',
  Prod: 'axis',
  Sum: 'axis',
}

export const reductions: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries(
    Object.entries(reduced).map(([name, axis]): [string, Lowering] => [
      name,
      (op) => {
        const x = op.input('x')
        // TensorFlow's mean of whole numbers is one itself.
        const numbers = name === 'Mean' ? cast(op.g, x, 'float32') : x
        return reduce(op.g, name, numbers, axes(op, axis), op.plain('keepDims') === true)
      },
    ]),
  ),
  ArgMax: (op) => place(op),
  ArgMin: (op) => place(op),
  Cumsum: (op) => cumulate(op),
  Cumprod: (op) => cumulate(op),
  TopK: (op) => {
    const attrs = { sorted: attr.bool(op.plain('sorted') !== false) }
    const [k] = op.dims('k')
    const top = op.g.node('TopKV2', [op.input('x'), op.g.scalar(k!)], { attrs })
    return [top, op.g.output(top, 1, 'int32')]
  },
}

/** `name`: of the operation. */
export function reduce(g: GraphBuilder, name: string, x: Value, axis: readonly number[], keepDims: boolean): Value {
  return g.node(name, [x, g.ints(axis)], { attrs: { keep_dims: attr.bool(keepDims) } })
}

/** All of them where none is given. */
export function axes(op: Op, attribute: string): number[] {
  return op.numbers(attribute) ?? op.tensor('x').shape.map((_, axis) => axis)
}

function place(op: Op): Value {
  const [axis = 0] = op.numbers('axis') ?? []
  const attrs = { output_type: attr.type('int32') }
  return op.g.node(op.name, [op.input('x'), op.g.ints(axis)], { attrs, dtype: 'int32' })
}

function cumulate(op: Op): Value {
  const attrs = {
    exclusive: attr.bool(op.plain('exclusive') === true),
    reverse: attr.bool(op.plain('reverse') === true),
  }
  return op.g.node(op.name, [op.input('x'), op.g.ints(op.number('axis'))], { attrs })
}
