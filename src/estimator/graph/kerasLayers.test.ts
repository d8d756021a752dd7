import { type Tensor, tensor, zeros } from '@tensorflow/tfjs-core'
import { sequential } from '@tensorflow/tfjs-layers'
import { beforeAll, describe, expect, it } from 'vitest'
import { registerKernels } from '../../kernels/registerKernels'
import { useBackend as startBackend } from '../../model/backends'
import { arrayInputFn } from '../arrayInputFn'
import { memoryStorage } from '../checkpointStorage'
import { setHost } from '../host'
import { modelToEstimator } from '../modelToEstimator'
import * as tf from '../tf'
import { loadExported } from './loadExported'
import { expectAlike } from './testExport'

beforeAll(async () => {
  await startBackend('cpu', { wasmPaths: '' })
  registerKernels()
})

type Layer = Parameters<ReturnType<typeof sequential>['add']>[0]
const l = tf.layers

/** Layers between an input of a shape and the head of a regression. */
const stacks: Record<string, { inputShape: number[]; layers: () => Layer[] }> = {
  'dense ones of each activation': {
    inputShape: [5],
    layers: () =>
      (
        [
          'relu',
          'elu',
          'selu',
          'softplus',
          'softsign',
          'tanh',
          'hardSigmoid',
          'softmax',
          'swish',
          'mish',
          'gelu',
        ] as const
      ).map((activation) => l.dense({ units: 5, activation: activation as 'relu' })),
  },
  'activations as layers': {
    inputShape: [5],
    layers: () => [l.leakyReLU(), l.prelu(), l.elu(), l.reLU({ maxValue: 4 }), l.softmax()],
  },
  'batch and layer normalization, dropout': {
    inputShape: [5],
    layers: () => [
      l.batchNormalization(),
      l.dropout({ rate: 0.5 }),
      l.gaussianNoise({ stddev: 1 }),
      l.layerNormalization(),
    ],
  },
  'an LSTM over a GRU': {
    inputShape: [6, 2],
    layers: () => [l.gru({ units: 3, returnSequences: true }), l.lstm({ units: 4 })],
  },
  'a recurrent layer in both directions': {
    inputShape: [6, 2],
    layers: () => [l.bidirectional({ layer: l.simpleRNN({ units: 3 }) as never, mergeMode: 'concat' })],
  },
  'convolutions along time': {
    inputShape: [9, 2],
    layers: () => [
      l.conv1d({ filters: 3, kernelSize: 3, activation: 'relu' }),
      l.maxPooling1d({ poolSize: 2 }),
      l.conv1d({ filters: 2, kernelSize: 2, strides: 2 }),
      l.globalMaxPooling1d({}),
    ],
  },
  'convolutions of images': {
    inputShape: [8, 8, 2],
    layers: () => [
      l.conv2d({ filters: 4, kernelSize: 3, activation: 'relu', padding: 'same' }),
      l.zeroPadding2d({ padding: 1 }),
      l.separableConv2d({ filters: 3, kernelSize: 3 }),
      l.averagePooling2d({ poolSize: 2 }),
      l.depthwiseConv2d({ kernelSize: 2 }),
      l.cropping2D({
        cropping: [
          [1, 0],
          [0, 1],
        ],
      }),
      l.upSampling2d({ size: [2, 2] }),
      l.conv2dTranspose({ filters: 2, kernelSize: 2, strides: 2 }),
      l.globalAveragePooling2d({}),
    ],
  },
  'embeddings, averaged': {
    inputShape: [6],
    layers: () => [l.embedding({ inputDim: 3, outputDim: 3, inputLength: 6 }), l.globalAveragePooling1d({})],
  },
  'embeddings that are masked, in a recurrent layer': {
    inputShape: [6],
    layers: () => [l.embedding({ inputDim: 3, outputDim: 3, maskZero: true, inputLength: 6 }), l.lstm({ units: 2 })],
  },
  'steps that are masked': {
    inputShape: [6, 2],
    layers: () => [l.masking({ maskValue: 0 }), l.simpleRNN({ units: 3 })],
  },
  'shapes turned about': {
    inputShape: [4, 3],
    layers: () => [
      l.permute({ dims: [2, 1] }),
      l.reshape({ targetShape: [2, 6] }),
      l.flatten(),
      l.repeatVector({ n: 3 }),
      l.flatten(),
    ],
  },
  'the same layer at each time': {
    inputShape: [4, 3],
    layers: () => [l.timeDistributed({ layer: l.dense({ units: 2 }) as never }), l.flatten()],
  },
}

describe('a Keras model, exported', () => {
  it.each(Object.keys(stacks))('of %s answers in TensorFlow.js alone', async (name) => {
    const storage = memoryStorage()
    const restore = setHost({ storage })
    try {
      const { inputShape, layers } = stacks[name]!
      const kerasModel = sequential()
      kerasModel.add(l.inputLayer({ inputShape, name: 'x' }))
      for (const layer of layers()) kerasModel.add(layer)
      if (kerasModel.outputs[0]!.shape.length > 2) kerasModel.add(l.flatten())
      kerasModel.add(l.dense({ units: 1 }))
      kerasModel.compile({ optimizer: 'sgd', loss: 'meanSquaredError' })
      const estimator = modelToEstimator({ kerasModel, modelDir: 'keras' })
      const size = inputShape.reduce((a, b) => a * b, 1)
      const rows = (count: number) =>
        tensor(
          Array.from({ length: count * size }, (_, i) => (name.startsWith('embeddings') ? i % 3 : Math.sin(i))),
          [count, ...inputShape],
        )
      await estimator.train({ inputFn: arrayInputFn({ x: { x: rows(4) }, y: [1, 2, 3, 4], shuffle: false }), steps: 1 })
      await estimator.exportSavedModel('out', () => ({ x: zeros([1, ...inputShape]) }))
      const { answer } = await loadExported(storage, 'out/1')
      const expected: number[] = []
      for await (const row of estimator.predict({ inputFn: arrayInputFn({ x: { x: rows(7) }, shuffle: false }) }))
        expected.push(...Object.values(row)[0]!)
      expectAlike({ answer: Object.values(answer({ x: rows(7) as Tensor }))[0]! }, { answer: expected })
      expect(expected).toHaveLength(7)
    } finally {
      restore()
    }
  })
})
