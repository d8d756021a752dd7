import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../../model/backends'

import * as tf from '../tf'
import { numbers, operationsOf } from './testExport'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const unary: Record<string, (x: Tensor2D) => Tensor> = {
  Abs: tf.abs,
  Acos: tf.acos,
  Acosh: tf.acosh,
  Asin: tf.asin,
  Asinh: tf.asinh,
  Atan: tf.atan,
  Atanh: tf.atanh,
  Ceil: tf.ceil,
  Cos: tf.cos,
  Cosh: tf.cosh,
  Elu: tf.elu,
  Erf: tf.erf,
  Exp: tf.exp,
  Expm1: tf.expm1,
  Floor: tf.floor,
  IsFinite: tf.isFinite,
  IsInf: tf.isInf,
  IsNan: tf.isNaN,
  LeakyRelu: (x) => tf.leakyRelu(x, 0.3),
  Log: tf.log,
  Log1p: tf.log1p,
  LogicalNot: (x) => tf.logicalNot(tf.greater(x, 0)),
  Neg: tf.neg,
  OnesLike: tf.onesLike,
  Reciprocal: tf.reciprocal,
  Relu: tf.relu,
  Relu6: tf.relu6,
  Round: tf.round,
  Rsqrt: tf.rsqrt,
  Selu: tf.selu,
  Sigmoid: tf.sigmoid,
  Sign: tf.sign,
  Sin: tf.sin,
  Sinh: tf.sinh,
  Softmax: (x) => tf.softmax(x),
  Softplus: tf.softplus,
  Sqrt: tf.sqrt,
  Square: tf.square,
  Tan: tf.tan,
  Tanh: tf.tanh,
  ZerosLike: tf.zerosLike,
}

const other = () => numbers([6])
const binary: Record<string, (x: Tensor2D) => Tensor> = {
  AddV2: (x) => tf.add(x, other()),
  AddN: (x) => tf.addN([x, tf.mul(x, 2), x]),
  Atan2: (x) => tf.atan2(x, other()),
  Equal: (x) => tf.equal(tf.round(x), 1),
  FloorDiv: (x) => tf.floorDiv(tf.cast(tf.mul(x, 10), 'int32'), tf.scalar(3, 'int32')),
  FloorMod: (x) => tf.mod(x, 0.7),
  Greater: (x) => tf.greater(x, other()),
  GreaterEqual: (x) => tf.greaterEqual(x, other()),
  Less: (x) => tf.less(x, other()),
  LessEqual: (x) => tf.lessEqual(x, other()),
  LogicalAnd: (x) => tf.logicalAnd(tf.greater(x, 0), tf.less(x, 1)),
  LogicalOr: (x) => tf.logicalOr(tf.greater(x, 1), tf.less(x, 0)),
  Maximum: (x) => tf.maximum(x, other()),
  Minimum: (x) => tf.minimum(x, other()),
  Mul: (x) => tf.mul(x, other()),
  NotEqual: (x) => tf.notEqual(tf.round(x), 1),
  Pow: (x) => tf.pow(x, 3),
  RealDiv: (x) => tf.div(x, other()),
  SquaredDifference: (x) => tf.squaredDifference(x, other()),
  Sub: (x) => tf.sub(other(), x),
}

describe('an exported graph', () => {
  it.each(Object.keys(unary))('computes %s', async (name) => {
    expect(await operationsOf(unary[name]!)).toContain(name)
  })

  it.each(Object.keys(binary))('computes %s', async (name) => {
    expect(await operationsOf(binary[name]!)).toContain(name)
  })
})
