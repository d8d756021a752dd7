import { type Tensor, type Tensor1D, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../../model/backends'

import * as tf from '../tf'
import { getVariable } from '../variables'
import { exportedAlike, numbers, operationsOf, ROWS } from './testExport'

beforeAll(async () => {
  await startBackend('wasm', { wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/' })
  await startBackend('cpu', { wasmPaths: '' })
})

const others: Record<string, (x: Tensor2D) => Tensor | Record<string, Tensor>> = {
  'Abs, a prelu and a step': (x) => ({
    prelu: tf.prelu(tf.abs(tf.sub(x, 1)), tf.tensor1d([0.2])),
    step: tf.step(x, 0.1),
  }),
  All: (x) => tf.all(tf.greater(x, -1.5), 1),
  Any: (x) => tf.any(tf.greater(x, 1.5), 1),
  ArgMax: (x) => tf.argMax(x, 1),
  ArgMin: (x) => tf.argMin(x, -1),
  BatchMatMulV2: (x) => tf.matMul(tf.reshape(x, [-1, 2, 3]), tf.reshape(x, [-1, 2, 3]), true, false),
  Cast: (x) => tf.cast(x, 'int32'),
  'NotEqual, as truth': (x) => ({
    floats: tf.cast(tf.relu(x), 'bool'),
    whole: tf.cast(tf.mul(tf.cast(x, 'int32'), tf.scalar(256, 'int32')), 'bool'),
    filled: tf.logicalAnd(tf.fill([x.shape[0], 1], 1, 'bool'), tf.greater(x, 0)),
  }),
  ClipByValue: (x) => tf.clipByValue(x, -0.5, 0.75),
  ConcatV2: (x) => tf.concat([x, tf.mul(x, 2), x], 1),
  'ConcatV2 along the batch': (x) => tf.concat([x, x], 0),
  Conv2D: (x) =>
    tf.conv2d(tf.reshape(x, [-1, 2, 3, 1]) as tf.Tensor4D, numbers([2, 2, 1, 4]) as tf.Tensor4D, 1, 'same'),
  'Conv2D padded by a number': (x) =>
    tf.conv2d(
      tf.reshape(x, [-1, 2, 3, 1]) as tf.Tensor4D,
      numbers([2, 2, 1, 4]) as tf.Tensor4D,
      1,
      1,
      'NHWC',
      [1, 1],
      'floor',
    ),
  Cumsum: (x) => tf.cumsum(x, 1, true, false),
  Cumprod: (x) => tf.cumprod(x, 1),
  DepthwiseConv2dNative: (x) =>
    tf.depthwiseConv2d(tf.reshape(x, [-1, 2, 3, 1]) as tf.Tensor4D, numbers([2, 2, 1, 2]) as tf.Tensor4D, 1, 'valid'),
  Einsum: (x) => tf.einsum('ij,jk->ik', x, numbers([6, 2])),
  ExpandDims: (x) => tf.expandDims(x, 1),
  Fill: (x) => tf.add(x, tf.fill([x.shape[0], 1], 2)),
  GatherNd: (x) =>
    tf.gatherND(
      x,
      tf.tensor2d(
        [
          [0, 1],
          [1, 2],
        ],
        [2, 2],
        'int32',
      ),
    ),
  GatherV2: (x) => tf.gather(x, tf.tensor1d([5, 0, 0], 'int32'), 1),
  LRN: (x) => tf.logSoftmax(x),
  MatMul: (x) => tf.matMul(x, numbers([2, 6]) as Tensor2D, false, true),
  Max: (x) => tf.max(x, 1, true),
  'MaxPool and AvgPool': (x) => {
    const image = tf.reshape(x, [-1, 2, 3, 1]) as tf.Tensor4D
    return { max: tf.maxPool(image, 2, 1, 'same'), mean: tf.avgPool(image, [1, 2], 1, 'valid') }
  },
  Mean: (x) => tf.mean(x, [0, 1]),
  Min: (x) => tf.min(x),
  MirrorPad: (x) =>
    tf.mirrorPad(
      x,
      [
        [0, 0],
        [1, 2],
      ],
      'reflect',
    ),
  OneHot: (x) => tf.oneHot(tf.cast(tf.abs(x), 'int32'), 3, 0.9, 0.1),
  Pack: (x) => tf.stack([x, tf.neg(x)], 1),
  PadV2: (x) =>
    tf.pad(
      x,
      [
        [0, 0],
        [2, 1],
      ],
      0.5,
    ),
  Prod: (x) => tf.prod(x, 1),
  'FloorDiv of fractions': (x) => tf.floorDiv(x, 0.3),
  'Fill of nothing': (x) => tf.concat([tf.zeros([x.shape[0], 0]), tf.zeros([x.shape[0], 2]), x], 1),
  'LinSpace and Range of fractions': (x) => ({
    linspace: tf.mul(x, tf.linspace(0.5, 3, 6)),
    range: tf.mul(x, tf.range(0.5, 2, 0.25)),
    rows: tf.linspace(0, 1, x.shape[0]),
  }),
  'Mean of whole numbers, cut off or not': (x) => {
    const mean = tf.mean(tf.cast(tf.mul(x, 11), 'int32'), 1)
    return { mean, cut: tf.cast(mean, 'int32') }
  },
  Range: (x) => tf.range(0, x.shape[0], 1, 'int32'),
  Reshape: (x) => tf.reshape(x, [x.shape[0] * 2, 3]),
  'Reshape to several lengths that follow the batch': (x) =>
    tf.reshape(tf.matMul(x, x, false, true), [x.shape[0], x.shape[0], 1]),
  ReverseV2: (x) => tf.reverse(x, 1),
  'ReverseV2 along all axes, and from the last': (x) => ({ all: tf.reverse(x), last: tf.reverse(x, -1) }),
  ScatterNd: (x) => tf.scatterND(tf.tensor2d([[1], [4]], [2, 1], 'int32'), tf.slice(x, [0, 0], [2, 2]), [5, 2]),
  SelectV2: (x) => tf.where(tf.greater(x, 0), x, tf.zerosLike(x)),
  Slice: (x) => tf.slice(x, [1, 2], [x.shape[0] - 1, 3]),
  'Slice from the end of the batch': (x) => tf.slice(x, [x.shape[0] - 2, 0], [2, 6]),
  Split: (x) => tf.split(x, 3, 1)[1]!,
  SplitV: (x) => tf.split(x, [1, 5], 1)[1]!,
  StridedSlice: (x) => tf.stridedSlice(x, [0, 1], [x.shape[0], 6], [1, 2]),
  Sum: (x) => tf.sum(x, 1),
  'Sum of truths, along an axis from the end, and along none': (x) => ({
    truths: tf.sum(tf.greater(x, 0), -1, true),
    none: tf.sum(x, []),
  }),
  Tile: (x) => tf.tile(x, [2, 1]),
  'Tile to the rows of the batch': (x) =>
    tf.mul(x, tf.broadcastTo(tf.tensor2d([[1], [2]]).slice([1], [1]), [x.shape[0], 6])),
  TopKV2: (x) => {
    const { values, indices } = tf.topk(x, 2)
    return { values, indices }
  },
  Transpose: (x) => tf.transpose(x),
  Unpack: (x) => tf.unstack(x, 1)[4]!,
}

describe('an exported graph', () => {
  it.each(Object.keys(others))('computes %s, also on WebAssembly', async (name) => {
    const operation = name.match(/^\w+/)![0]
    const expected = operation === 'LRN' ? 'Sub' : operation
    expect(await operationsOf(others[name]!)).toContain(expected)
    // Einsum is not there.
    if (operation !== 'Einsum') await operationsOf(others[name]!, 'wasm')
  })

  it('computes fused products, convolutions and batch normalization', async () => {
    const kernel = numbers([6, 3]) as Tensor2D
    const bias = tensor1d([0.1, -0.2, 0.3])
    const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid'] as const
    const operations = await operationsOf((x) =>
      Object.fromEntries(
        activations.map((activation) => [activation, tf.fused.matMul({ a: x, b: kernel, bias, activation })]),
      ),
    )
    expect(operations).toEqual(expect.arrayContaining(['BatchMatMulV2', 'Relu', 'Relu6', 'Elu', 'Sigmoid']))
    await operationsOf((x) =>
      tf.batchNorm(
        x,
        tensor1d([1, 2, 3, 4, 5, 6]),
        tensor1d([6, 5, 4, 3, 2, 1]),
        numbers([6]) as Tensor1D,
        tensor1d([1, 1, 2, 2, 3, 3]),
      ),
    )
    await operationsOf((x) =>
      tf.fused.conv2d({
        x: tf.reshape(x, [-1, 2, 3, 1]) as tf.Tensor4D,
        filter: numbers([2, 2, 1, 4]) as tf.Tensor4D,
        strides: 1,
        pad: 'valid',
        bias: numbers([4]) as Tensor1D,
        activation: 'relu',
      }),
    )
  })

  it('has variables by their names, and numbers of the code as constants', async () => {
    const outside = tensor2d([[1, 2, 3, 4, 5, 6]])
    const { model } = await exportedAlike(
      ({ x }) =>
        tf.add(tf.matMul(x as Tensor2D, getVariable('layer/kernel', [6, 2]) as Tensor as Tensor2D), tf.sum(outside)),
      { x: tf.zeros([1, 6]) },
      { x: numbers([ROWS, 6]) },
    )
    expect(model.weights['layer/kernel']![0]!.shape).toEqual([6, 2])
    expect(outside.isDisposed).toBe(false)
  })

  it('computes what follows from the number of rows alone', async () => {
    await operationsOf((x) => tf.div(tf.sum(x, 0), x.shape[0]))
    await operationsOf((x) => tf.concat([tf.zeros([x.shape[0], 2]), x], 1))
    await operationsOf((x) => tf.slice(tf.ones([2 * x.shape[0] + 1, 1]), [1], [x.shape[0]]))
  })

  it('answers a batch of one row', async () => {
    const predict = (x: Tensor2D) => tf.concat([tf.zeros([x.shape[0], 2]), tf.split(x, 2, 1)[0]!], 1)
    await exportedAlike(({ x }) => predict(x as Tensor2D), { x: tf.zeros([3, 6]) }, { x: numbers([1, 6]) })
  })
})
