import type { DataType } from '@tensorflow/tfjs-core'
import { type Dim, isFixed } from '../dims'
import type { GraphBuilder, Value } from '../graphBuilder'
import { attr } from '../graphDef'
import type { Lowering, Op } from '../lowering'

/** Kernels of one input `x` that TensorFlow has by the same name, or another. */
const unary =
  'Abs Acos Acosh Asin Asinh Atan Atanh Ceil Cos Cosh Elu Erf Exp Expm1 Floor IsFinite IsInf IsNan Log Log1p LogicalNot Neg OnesLike Reciprocal ' +
  'Relu Relu6 Round Rsqrt Selu Sigmoid Sign Sin Sinh Softplus Sqrt Square Tan Tanh ZerosLike'

/** Of two inputs `a` and `b`, which broadcast. */
const binary: Readonly<Record<string, string>> = {
  Add: 'AddV2',
  Atan2: 'Atan2',
  Equal: 'Equal',
  Greater: 'Greater',
  GreaterEqual: 'GreaterEqual',
  Less: 'Less',
  LessEqual: 'LessEqual',
  LogicalAnd: 'LogicalAnd',
  LogicalOr: 'LogicalOr',
  Maximum: 'Maximum',
  Minimum: 'Minimum',
  Mod: 'FloorMod',
  Multiply: 'Mul',
  NotEqual: 'NotEqual',
  Pow: 'Pow',
  RealDiv: 'RealDiv',
  SquaredDifference: 'SquaredDifference',
  Sub: 'Sub',
}

const outputType = ({ outputs }: Op): { dtype: DataType } => ({ dtype: outputs[0]!.dtype })

export const elementwise: Readonly<Record<string, Lowering>> = {
  ...Object.fromEntries(
    unary
      .split(' ')
      .map((name): [string, Lowering] => [name, (op) => op.g.node(name, [op.input('x')], outputType(op))]),
  ),
  ...Object.fromEntries(
    Object.entries(binary).map(([kernel, name]): [string, Lowering] => [
      kernel,
      (op) => op.g.node(name, [op.input('a'), op.input('b')], outputType(op)),
    ]),
  ),
  AddN: (op) => {
    const values = op.inputs()
    return op.g.node('AddN', values, { attrs: { N: attr.int(values.length) } })
  },
  Cast: (op) => cast(op.g, op.input('x'), op.outputs[0]!.dtype),
  ClipByValue: (op) => {
    const x = op.input('x')
    const bound = (name: string) => scalarOf(op.g, op.number(name), x.dtype)
    return op.g.node('ClipByValue', [x, bound('clipValueMin'), bound('clipValueMax')])
  },
  // TensorFlow's answer has the type of its inputs.
  FloorDiv: (op) => cast(op.g, op.g.node('FloorDiv', [op.input('a'), op.input('b')]), op.outputs[0]!.dtype),
  Identity: (op) => op.input('x'),
  LeakyRelu: (op) => leakyRelu(op.g, op.input('x'), op.number('alpha')),
  Prelu: (op) => prelu(op.g, op.input('x'), op.input('alpha')),
  Select: (op) => op.g.node('SelectV2', [op.input('condition'), op.input('t'), op.input('e')], outputType(op)),
  Softmax: (op) => op.g.node('Softmax', [op.input('logits')]),
  Step: (op) => {
    const x = op.input('x')
    const [zero, one, alpha] = [0, 1, op.number('alpha')].map((number) => operandOf(op.g, number, x.dtype))
    const isAbove = op.g.node('Greater', [x, zero!], { dtype: 'bool' })
    const stepped = op.g.node('SelectV2', [isAbove, one!, alpha!], { dtype: x.dtype })
    const isNumber = op.g.node('Equal', [x, x], { dtype: 'bool' })
    return op.g.node('SelectV2', [isNumber, stepped, x], { dtype: x.dtype })
  },
  StringToHashBucketFast: (op) => hashBuckets(op.g, op.input('input'), op.number('numBuckets')),
}

export function cast(g: GraphBuilder, value: Value, dtype: DataType): Value {
  if (value.dtype === dtype) return value
  // On WebAssembly TensorFlow.js takes the last byte of a number for its truth.
  if (dtype === 'bool') return g.node('NotEqual', [value, operandOf(g, 0, value.dtype)], { dtype })
  return g.node('Cast', [value], { attrs: { DstT: attr.type(dtype) }, dtype })
}

/** A number of any type that is computed with, []. */
export function operandOf(g: GraphBuilder, number: number, dtype: DataType): Value {
  return dtype === 'float32' ? g.operand(number, dtype) : cast(g, g.operand(number), dtype)
}

/** A number of any type that says how to compute, []. */
export function scalarOf(g: GraphBuilder, dim: Dim, dtype: DataType): Value {
  if (!isFixed(dim)) return cast(g, g.scalar(dim), dtype)
  if (dtype === 'bool') return g.node('NotEqual', [g.ints(dim), g.ints(0)], { dtype })
  return dtype === 'float32' ? g.floats(dim) : g.ints(dim)
}

/** int32. The operation gives TensorFlow 64 bits, which TensorFlow.js has not. */
export function hashBuckets(g: GraphBuilder, texts: Value, buckets: number): Value {
  const attrs = { num_buckets: attr.int(buckets) }
  const wide = g.node('StringToHashBucketFast', [texts], { attrs, dtype: 'int32' })
  return g.node('Cast', [wide], { attrs: { SrcT: { type: 'DT_INT64' }, DstT: attr.type('int32') }, dtype: 'int32' })
}

export function leakyRelu(g: GraphBuilder, x: Value, alpha: number): Value {
  return g.node('LeakyRelu', [x], { attrs: { alpha: attr.float(alpha) } })
}

/** relu(x) − alpha · relu(−x): TensorFlow has no operation of this name. */
export function prelu(g: GraphBuilder, x: Value, alpha: Value): Value {
  const below = g.node('Relu', [g.node('Neg', [x])])
  return g.node('Sub', [g.node('Relu', [x]), g.node('Mul', [alpha, below])])
}
