import type { GraphBuilder, Value } from '../graphBuilder'
import { attr } from '../graphDef'
import type { Lowering, Op } from '../lowering'
import { leakyRelu, prelu } from './elementwise'

export const products: Readonly<Record<string, Lowering>> = {
  BatchMatMul: (op) => matMul(op),
  // What was fused is written apart: TensorFlow fuses again what it can.
  _FusedMatMul: (op) => activated(op, biased(op, matMul(op))),
  Einsum: (op) => {
    const values = op.inputs()
    const attrs = { N: attr.int(values.length), equation: attr.text(String(op.plain('equation'))) }
    return op.g.node('Einsum', values, { attrs })
  },
  FusedBatchNorm: (op) => {
    const { g } = op
    const variance = g.node('AddV2', [op.input('variance'), g.operand(op.number('varianceEpsilon'), 'float32')])
    const centred = g.node('Sub', [op.input('x'), op.input('mean')])
    const scale = g.node('Rsqrt', [variance])
    const scaled = g.node('Mul', [centred, op.has('scale') ? g.node('Mul', [scale, op.input('scale')]) : scale])
    return op.has('offset') ? g.node('AddV2', [scaled, op.input('offset')]) : scaled
  },
  Conv2D: (op) => convolution(op, 'Conv2D'),
  FusedConv2D: (op) => activated(op, biased(op, convolution(op, 'Conv2D'))),
  DepthwiseConv2dNative: (op) => convolution(op, 'DepthwiseConv2dNative'),
  FusedDepthwiseConv2D: (op) => activated(op, biased(op, convolution(op, 'DepthwiseConv2dNative'))),
  // Of transposed convolutions, which compute forwards what a convolution's gradient does.
  Conv2DBackpropInput: (op) => {
    checkLayout(op)
    const attrs = { ...padding(op), strides: around(op, 'strides'), data_format: attr.text('NHWC') }
    const { dtype } = op.outputs[0]!
    return op.g.node(op.name, [op.g.dims(op.shape()), op.input('filter'), op.input('dy')], { attrs, dtype })
  },
  ResizeBilinear: (op) => resize(op),
  ResizeNearestNeighbor: (op) => resize(op),
  AvgPool: (op) => pool(op),
  MaxPool: (op) => pool(op),
}

function matMul(op: Op): Value {
  const values = [op.input('a'), op.input('b')]
  const transposed = ['transposeA', 'transposeB'].map((key) => attr.bool(op.plain(key) === true))
  const isPlain = ['a', 'b'].every((key) => op.tensor(key).shape.length === 2)
  const [a, b] = transposed as [ReturnType<typeof attr.bool>, ReturnType<typeof attr.bool>]
  return isPlain
    ? op.g.node('MatMul', values, { attrs: { transpose_a: a, transpose_b: b } })
    : op.g.node('BatchMatMulV2', values, { attrs: { adj_x: a, adj_y: b } })
}

function biased(op: Op, value: Value): Value {
  return op.has('bias') ? op.g.node('AddV2', [value, op.input('bias')]) : value
}

function activated(op: Op, value: Value): Value {
  const { g } = op
  const byName: Record<string, (g: GraphBuilder) => Value> = {
    linear: () => value,
    relu: () => g.node('Relu', [value]),
    relu6: () => g.node('Relu6', [value]),
    elu: () => g.node('Elu', [value]),
    sigmoid: () => g.node('Sigmoid', [value]),
    leakyrelu: () => leakyRelu(g, value, op.number('leakyreluAlpha')),
    prelu: () => prelu(g, value, op.input('preluActivationWeights')),
  }
  const name = String(op.plain('activation') ?? 'linear')
  const activation = byName[name]
  if (!activation) throw op.fault(`the activation ${name} of ${op.name} is in no graph.`)
  return activation(g)
}

/** Height and width, among batch and channels: NHWC. */
function around(op: Op, attribute: string): ReturnType<typeof attr.ints> {
  const [height = 1, width = height] = op.numbers(attribute) ?? []
  return attr.ints([1, height, width, 1])
}

function padding(op: Op): Record<string, ReturnType<typeof attr.ints> | ReturnType<typeof attr.text>> {
  const name = op.plain('pad')
  if (typeof name === 'string') return { padding: attr.text(name.toUpperCase()) }
  const given = op.numbers('pad') ?? []
  const rounding = op.plain('dimRoundingMode')
  if (rounding !== null && rounding !== 'floor')
    throw op.fault(`${op.name} rounds by '${rounding}'; a graph by 'floor'.`)
  const each = given.length === 1 ? [0, 0, ...Array(4).fill(given[0]), 0, 0] : given
  return { padding: attr.text('EXPLICIT'), explicit_paddings: attr.ints(each) }
}

function checkLayout(op: Op): void {
  const layout = op.plain('dataFormat')
  if (layout !== null && layout !== 'NHWC') throw op.fault(`${op.name} has the layout ${layout}; graphs have NHWC.`)
}

function convolution(op: Op, name: string): Value {
  checkLayout(op)
  const attrs = {
    strides: around(op, 'strides'),
    dilations: around(op, 'dilations'),
    data_format: attr.text('NHWC'),
    ...padding(op),
  }
  return op.g.node(name, [op.input('x'), op.input('filter')], { attrs })
}

function resize(op: Op): Value {
  const attrs = {
    align_corners: attr.bool(op.plain('alignCorners') === true),
    half_pixel_centers: attr.bool(op.plain('halfPixelCenters') === true),
  }
  return op.g.node(op.name, [op.input('images'), op.g.dims(op.dims('size'))], { attrs })
}

function pool(op: Op): Value {
  const pad = op.plain('pad')
  if (typeof pad !== 'string') throw op.fault(`${op.name} is padded by numbers; a graph has 'same' or 'valid'.`)
  const attrs = {
    ksize: around(op, 'filterSize'),
    strides: around(op, 'strides'),
    padding: attr.text(pad.toUpperCase()),
    data_format: attr.text('NHWC'),
  }
  return op.g.node(op.name, [op.input('x')], { attrs })
}
