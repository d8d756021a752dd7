import { readFile } from 'node:fs/promises'
import { getBackend, setBackend, type Tensor, type Tensor2D, type Tensor4D } from '@tensorflow/tfjs-core'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import * as tf from '../estimator/tf'
import { startBackend } from './startBackend'

const wasm = 'node_modules/@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm'
const borrowed: string[] = []

beforeAll(async () => {
  const bytes = new Uint8Array(await readFile(wasm))
  expect(await startBackend(bytes, (kernel) => borrowed.push(kernel))).toBe('wasm')
})

let tensors = 0
beforeEach(async () => {
  await setBackend('wasm')
  tensors = tf.memory().numTensors
})
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

/** Numbers from −1 to 1, the same each time. */
function numbers<T extends Tensor>(...shape: number[]): T {
  const size = shape.reduce((product, length) => product * length, 1)
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin(3.7 * i + 0.3)),
    shape,
  ) as T
}

const ids = () => tf.tensor1d([2, 0, 2, 1], 'int32')
const texts = () => tf.tensor1d(['a', 'b', 'c'])
const images = () => numbers<Tensor4D>(2, 6, 6, 3)
const derived = (f: (x: Tensor) => Tensor, x: Tensor) => tf.grad((y) => tf.sum(tf.square(f(y))))(x)
const layerOf = (layer: InstanceType<typeof tf.layers.Layer>, x: Tensor) => {
  const answer = layer.apply(x) as Tensor
  layer.dispose()
  return answer
}

/** What models are made of, with their gradients. */
const trials: Record<string, () => Tensor> = {
  gather: () => derived((x) => tf.gather(x, ids()), numbers(3, 4)),
  'conv2d by its filter': () =>
    derived((filter) => tf.conv2d(images(), filter as Tensor4D, 1, 'same'), numbers(3, 3, 3, 2)),
  'conv2d by its input': () =>
    derived((x) => tf.conv2d(x as Tensor4D, numbers<Tensor4D>(3, 3, 3, 2), 2, 'valid'), images()),
  'depthwiseConv2d by its filter': () =>
    derived((filter) => tf.depthwiseConv2d(images(), filter as Tensor4D, 1, 'same'), numbers(3, 3, 3, 1)),
  'depthwiseConv2d by its input': () =>
    derived((x) => tf.depthwiseConv2d(x as Tensor4D, numbers<Tensor4D>(3, 3, 3, 1), 1, 'same'), images()),
  maxPool: () => derived((x) => tf.maxPool(x as Tensor4D, 2, 2, 'same'), images()),
  avgPool: () => derived((x) => tf.avgPool(x as Tensor4D, 2, 1, 'same'), images()),
  // TensorFlow.js has no gradient of it.
  einsum: () => tf.einsum('ij,jk->ik', numbers(3, 4), numbers(4, 2)),
  'truths of numbers': () => tf.cast(tf.cast(tf.tensor1d([0.25, 0, Number.NaN, -3]), 'bool'), 'int32'),
  'truths of whole numbers': () => tf.cast(tf.cast(tf.tensor1d([256, 0, -1], 'int32'), 'bool'), 'int32'),
  'clip of whole numbers': () => tf.clipByValue(tf.tensor1d([-5, 0, 5], 'int32'), -2, 3),
  'equal of texts': () => tf.cast(tf.equal(texts(), tf.tensor1d(['a', 'x', 'c'])), 'int32'),
  'notEqual of texts': () => tf.cast(tf.notEqual(texts(), tf.scalar('b')), 'int32'),
  'gather, one row from each': () => tf.gather(numbers(4, 3), ids(), 1, 1),
  'oneHot of fractions': () => tf.oneHot(ids(), 3, 0.75, 0.125, 'float32'),
  'where of truths': () => {
    const isEven = tf.tensor1d([true, false, true, false])
    return tf.cast(tf.where(isEven, tf.onesLike(isEven), tf.zerosLike(isEven)), 'int32')
  },
  'stridedSlice of whole numbers': () => tf.stridedSlice(tf.reshape(ids(), [2, 2]), [1, 0], [-3, 2], [-1, 1]),
  'matMul, transposed': () =>
    derived((x) => tf.matMul(x as Tensor2D, numbers<Tensor2D>(5, 4), true, true), numbers(4, 3)),
  softmax: () => derived((x) => tf.softmax(x), numbers(3, 4)),
  logSoftmax: () => derived((x) => tf.logSoftmax(x as Tensor2D), numbers(3, 4)),
  'losses.softmaxCrossEntropy': () =>
    derived((x) => tf.losses.softmaxCrossEntropy(tf.oneHot(ids(), 3), x), numbers(4, 3)),
  'losses.huberLoss': () => derived((x) => tf.losses.huberLoss(numbers(4, 3), tf.mul(x, 2)), numbers(4, 3)),
  'split, concat, stack': () =>
    derived((x) => tf.stack([...tf.split(x, 2, 1), ...tf.split(tf.concat([x, x], 1), 4, 1)]), numbers(3, 4)),
  'slice, pad, tile, transpose': () =>
    derived(
      (x) =>
        tf.transpose(
          tf.tile(
            tf.pad(tf.slice(x, [0, 1], [2, 2]), [
              [1, 0],
              [0, 2],
            ]),
            [2, 1],
          ),
        ),
      numbers(3, 4),
    ),
  'cumsum, max, mean, prod': () =>
    derived((x) => tf.stack([tf.max(tf.cumsum(x, 1), 1), tf.mean(x, 1), tf.prod(x, 1)]), numbers(3, 4)),
  'norm, clip, where': () =>
    derived(
      (x) => tf.div(tf.where(tf.greater(numbers(3, 4), 0), x, tf.clipByValue(x, -0.5, 0)), tf.norm(x)),
      numbers(3, 4),
    ),
  activations: () =>
    derived(
      (x) =>
        tf.stack([
          tf.relu(x),
          tf.elu(x),
          tf.selu(x),
          tf.leakyRelu(x),
          tf.softplus(x),
          tf.sigmoid(x),
          tf.tanh(x),
          tf.erf(x),
        ]),
      numbers(3, 4),
    ),
  'pow, sqrt, log, exp': () =>
    derived((x) => tf.add(tf.log(tf.sqrt(tf.add(tf.pow(x, 2), 1))), tf.log1p(tf.exp(x))), numbers(3, 4)),
  'layers.lstm': () => layerOf(tf.layers.lstm({ units: 3 }), numbers(2, 5, 4)),
  'layers.gru': () => layerOf(tf.layers.gru({ units: 3 }), numbers(2, 5, 4)),
  'layers.batchNormalization': () => layerOf(tf.layers.batchNormalization(), images()),
  'layers.layerNormalization': () => layerOf(tf.layers.layerNormalization(), numbers(3, 4)),
  'layers.embedding': () =>
    layerOf(tf.layers.embedding({ inputDim: 5, outputDim: 2 }), tf.tensor2d([[1, 4]], undefined, 'int32')),
}

describe('TensorFlow.js in WebAssembly, as custom models have it', () => {
  it.each(Object.keys(trials).filter((name) => !name.startsWith('layers.')))(
    'computes %s as plain JavaScript does',
    async (name) => {
      const answers: Float32Array[] = []
      for (const backend of ['wasm', 'cpu']) {
        await setBackend(backend)
        answers.push(tf.tidy(() => trials[name]!().dataSync() as Float32Array).slice())
      }
      const [ours, expected] = answers
      expect(ours!.length).toBe(expected!.length)
      for (const [i, value] of expected!.entries())
        expect(Math.abs(ours![i]! - value), `[${i}]`).toBeLessThan(1e-4 * (1 + Math.abs(value)))
    },
  )

  it.each(Object.keys(trials).filter((name) => name.startsWith('layers.')))('runs %s', (name) => {
    const values = tf.tidy(() => trials[name]!().dataSync() as Float32Array)
    expect(values.every(Number.isFinite)).toBe(true)
  })

  it('tells of each kernel that it computes in plain JavaScript, once', () => {
    expect([...borrowed].sort()).toEqual([
      'Cast',
      'ClipByValue',
      'Conv2DBackpropFilter',
      'DepthwiseConv2dNativeBackpropFilter',
      'DepthwiseConv2dNativeBackpropInput',
      'Einsum',
      'Equal',
      'GatherV2',
      'NotEqual',
      'OneHot',
      'Select',
      'StridedSlice',
      'UnsortedSegmentSum',
    ])
  })

  it('refuses complex numbers, and says what to do', async () => {
    const { numTensors } = tf.memory()
    expect(() => tf.tidy(() => tf.complex([1], [2]))).toThrow("await tf.setBackend('cpu')")
    expect(tf.memory().numTensors).toBe(numTensors)
    await setBackend('cpu')
    expect(tf.tidy(() => Array.from(tf.real(tf.complex([1], [2])).dataSync()))).toEqual([1])
  })

  it('says so when its memory is full, and goes on', () => {
    expect(() => tf.fill([2 ** 15, 2 ** 17], 1)).toThrow(/no memory left for a tensor of 16,384 MB/)
    expect(getBackend()).toBe('wasm')
    expect(tf.tidy(() => tf.sum(tf.ones([3])).dataSync()[0])).toBe(3)
  })

  it('computes in plain JavaScript where the module is not taken', async () => {
    expect(await startBackend(Uint8Array.of(1, 2, 3), () => {})).toBe('cpu')
    expect(getBackend()).toBe('cpu')
  })
})
