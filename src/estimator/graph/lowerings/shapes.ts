import { type Dim, isFixed, minus, sameDim } from '../dims'
import type { GraphBuilder, Value } from '../graphBuilder'
import { attr } from '../graphDef'
import type { Lowering, Op } from '../lowering'
import { cast, operandOf, scalarOf } from './elementwise'
import { axes } from './reductions'

export const shapes: Readonly<Record<string, Lowering>> = {
  Reshape: (op) => reshape(op.g, op.input('x'), op.shape()),
  ExpandDims: (op) => op.g.node('ExpandDims', [op.input('input'), op.g.ints(op.number('dim'))]),
  Slice: (op) => {
    const from = op.shape('x')
    const begin = from.map((_, axis) => op.dims('begin')[axis] ?? 0)
    const sizes = op.shape().map((size, axis) => {
      const [length, first] = [from[axis]!, begin[axis]!]
      // −1: to the end.
      return !isFixed(size) && isFixed(first) && sameDim(size, minus(length, first)) ? -1 : size
    })
    return op.g.node('Slice', [op.input('x'), op.g.dims(begin), op.g.dims(sizes)])
  },
  StridedSlice: (op) => {
    const masks = { begin: 'beginMask', end: 'endMask', ellipsis: 'ellipsisMask' }
    const more = { new_axis: 'newAxisMask', shrink_axis: 'shrinkAxisMask' }
    const attrs = Object.entries({ ...masks, ...more }).map(([name, key]) => [
      `${name}_mask`,
      attr.int(Number(op.plain(key) ?? 0)),
    ])
    const bounds = ['begin', 'end', 'strides'].map((key) => op.g.dims(op.dims(key)))
    return op.g.node('StridedSlice', [op.input('x'), ...bounds], { attrs: Object.fromEntries(attrs) })
  },
  Transpose: (op) => op.g.node('Transpose', [op.input('x'), op.g.dims(op.dims('perm'))]),
  Reverse: (op) => op.g.node('ReverseV2', [op.input('x'), op.g.ints(axes(op, 'dims'))]),
  Tile: (op) => op.g.node('Tile', [op.input('x'), op.g.dims(op.dims('reps'))]),
  Concat: (op) => {
    const values = op.inputs()
    const attrs = { N: attr.int(values.length) }
    const [only] = values
    return values.length === 1 ? only! : op.g.node('ConcatV2', [...values, op.g.ints(op.number('axis'))], { attrs })
  },
  Pack: (op) => {
    const values = op.inputs()
    return op.g.node('Pack', values, { attrs: { N: attr.int(values.length), axis: attr.int(op.number('axis')) } })
  },
  Unpack: (op) => {
    const attrs = { num: attr.int(op.outputs.length), axis: attr.int(op.number('axis')) }
    return several(op, op.g.node('Unpack', [op.input('value')], { attrs }))
  },
  SplitV: (op) => {
    const sizes = op.dims('numOrSizeSplits')
    const axis = op.g.ints(op.number('axis'))
    const attrs = { num_split: attr.int(op.outputs.length) }
    const x = op.input('x')
    return several(
      op,
      sizes.length === 1 && sizes[0] === op.outputs.length
        ? op.g.node('Split', [axis, x], { attrs, dtype: x.dtype })
        : op.g.node('SplitV', [x, op.g.dims(sizes), axis], { attrs }),
    )
  },
  PadV2: (op) => {
    const x = op.input('x')
    const filler = scalarOf(op.g, op.number('constantValue'), x.dtype)
    return op.g.node('PadV2', [x, paddings(op), filler])
  },
  MirrorPad: (op) => {
    const mode = String(op.plain('mode')).toUpperCase()
    return op.g.node('MirrorPad', [op.input('x'), paddings(op)], { attrs: { mode: attr.text(mode) } })
  },
  GatherV2: (op) => gather(op.g, op.input('x'), op.input('indices'), op.number('axis'), op.number('batchDims')),
  GatherNd: (op) => op.g.node('GatherNd', [op.input('params'), op.input('indices')]),
  ScatterNd: (op) =>
    op.g.node('ScatterNd', [op.input('indices'), op.input('updates'), op.g.dims(op.dims('shape'))], {
      dtype: op.outputs[0]!.dtype,
    }),
  OneHot: (op) => {
    const { dtype } = op.outputs[0]!
    const levels = ['onValue', 'offValue'].map((key) => operandOf(op.g, op.number(key), dtype))
    const ends = [op.input('indices'), op.g.scalar(op.dims('depth')[0]!), op.g.ints(1), op.g.ints(0)]
    // On WebAssembly TensorFlow.js has the operation right for whole numbers alone.
    const hot = op.g.node('OneHot', ends, { attrs: { axis: attr.int(-1) }, dtype: 'int32' })
    return op.g.node('SelectV2', [cast(op.g, hot, 'bool'), ...levels], { dtype })
  },
  Fill: (op) => {
    const { dtype } = op.outputs[0]!
    const value = scalarOf(op.g, op.number('value'), dtype)
    return op.g.node('Fill', [op.g.dims(op.shape()), value], { dtype })
  },
  Range: (op) => {
    const ends = ['start', 'stop', 'step'].map((key) => scalarOf(op.g, op.dims(key)[0]!, op.outputs[0]!.dtype))
    return op.g.node('Range', ends)
  },
  LinSpace: (op) => {
    const ends = ['start', 'stop'].map((key) => scalarOf(op.g, op.dims(key)[0]!, 'float32'))
    return op.g.node('LinSpace', [...ends, op.g.scalar(op.dims('num')[0]!)])
  },
}

/** One length that follows the batch is −1, several are computed. */
export function reshape(g: GraphBuilder, x: Value, shape: readonly Dim[]): Value {
  const following = shape.filter((dim) => !isFixed(dim))
  const lengths = following.length === 1 ? shape.map((dim) => (isFixed(dim) ? dim : -1)) : shape
  return g.node('Reshape', [x, g.dims(lengths)])
}

/** `indices` of any shape, int32. */
export function gather(g: GraphBuilder, x: Value, indices: Value, axis = 0, batchDims = 0): Value {
  return g.node('GatherV2', [x, indices, g.ints(axis)], { attrs: { batch_dims: attr.int(batchDims) } })
}

function several(op: Op, first: Value): Value[] {
  return op.outputs.map(({ dtype }, i) => op.g.output(first, i, dtype))
}

/** int32 [rank, 2] */
function paddings(op: Op): Value {
  const pairs = op.dims('paddings')
  const flat = op.g.dims(pairs)
  return op.g.node('Reshape', [flat, op.g.ints([pairs.length / 2, 2])])
}
