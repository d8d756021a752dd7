import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Feature, sparseFeature } from '../../columns/feature'
import { registerKernels } from '../../kernels/registerKernels'
import { useBackend as startBackend } from '../../model/backends'
import { embeddingLookupSparse } from '../embeddingLookups'
import * as tf from '../tf'
import { getVariable } from '../variables'
import { exportedAlike, ofX, type Predict, refusal } from './testExport'

beforeAll(async () => {
  await startBackend('cpu', { wasmPaths: '' })
  registerKernels()
})

const x = () => ({ x: tf.zeros([1, 4]) })
describe('exportGraph', () => {
  it('refuses an operation that TensorFlow.js cannot run in a graph', async () => {
    const masked = ofX((given) => tf.bitwiseAnd(tf.cast(given, 'int32'), tf.cast(given, 'int32')))
    expect((await refusal(masked, x())).message).toMatch('the operation BitwiseAnd cannot be exported')
  })

  it('names an operation that no graph holds, at its line', async () => {
    const counted = (given: Tensor2D) => tf.denseBincount(tf.cast(given, 'int32'), tf.tensor2d([], [0, 0]), 4)
    const error = await refusal(ofX(counted), x())
    expect(error.message).toBe('exportSavedModel: the operation DenseBincount cannot be exported.')
    expect(error.stack).toMatch(/at counted .*exportRefusals\.test\.ts/)
    // Far below it, too.
    const layered = ofX((given) => tf.layers.dense({ units: 2, activation: 'relu' }).apply(given) as Tensor)
    expect((await refusal(layered, x())).stack).toMatch(/exportRefusals\.test\.ts/)
  })

  it('refuses random numbers, and what reads numbers of tensors', async () => {
    const noisy = ofX((given) => tf.add(given, tf.randomNormal([given.shape[0], 4])))
    expect((await refusal(noisy, x())).message).toMatch(
      /float32 \[2, 4\] is made of the features outside of TensorFlow.js, or of random numbers/,
    )
    const reading = ofX((given) => tf.mul(given, given.dataSync()[0]!))
    expect((await refusal(reading, x())).message).toMatch(/reads the numbers of a tensor that comes from the features/)
    const afterwards = ofX((given) => tf.tensor1d(tf.sigmoid(given).dataSync()))
    expect((await refusal(afterwards, x())).message).toMatch(/reads the numbers of a tensor/)
  })

  it('refuses a graph that changes with the batch', async () => {
    const branching = ofX((given) => (given.shape[0] > 3 ? tf.relu(given) : tf.sigmoid(given)))
    expect((await refusal(branching, x())).message).toMatch(
      /changes with the batch \(Sigmoid of 1 inputs with 1 outputs at 2 rows, Relu of 1 inputs with 1 outputs at 5\)/,
    )
    const unrolled = ofX((given) => tf.addN(tf.unstack(given)))
    expect((await refusal(unrolled, x())).message).toMatch(/changes with the batch/)
    const halves = ofX((given) => tf.slice(given, [0, 0], [Math.ceil(given.shape[0] / 2), 4]))
    expect((await refusal(halves, x())).message).toMatch(
      /the shape of Slice follows the features in a way that no graph can tell/,
    )
    const summed = ofX((given) => tf.addN(Array.from({ length: given.shape[0] }, () => given)))
    expect((await refusal(summed, x())).message).toMatch(/AddN of 2 inputs with 1 outputs at 2 rows, AddN of 3 inputs/)
    const atMost = ofX((given) => tf.slice(given, [0, 0], [Math.min(given.shape[0], 100), 4]))
    expect((await refusal(atMost, x())).message).toMatch(/the shape of Slice follows the features/)
    const flat = ofX((given) => tf.reshape(given, given.shape[0] > 2 ? [given.shape[0], 2, 2] : [given.shape[0], 4]))
    expect((await refusal(flat, x())).message).toMatch(/changes with the batch|the shape of Reshape/)
    const squares = ofX((given) => tf.tile(given, [given.shape[0] * given.shape[0], 1]))
    expect((await refusal(squares, x())).message).toMatch(
      /reps of Tile follows the rows of the batch in a way that no graph can tell \(4,1; 9,1; 25,1; 17161,1\)/,
    )
    const unlike = ofX((given) => tf.matMul(tf.eye(given.shape[0]), given))
    expect((await refusal(unlike, x())).message).toMatch(/float32 \[2, 2\] is made of the features/)
  })

  it('refuses ids that the function computes on its own, and finds out where a small probe would not', async () => {
    const words = () => ({ words: sparseFeature('integer', [0], [1]) })
    const looked =
      (id: (id: number) => number): Predict =>
      (features) => {
        const { values, offsets } = features.words as Feature
        const ids = Int32Array.from(values, (value) => id(Number(value)))
        return embeddingLookupSparse(getVariable('table', [1000, 2]), { ids, offsets: offsets! })
      }
    const message = /rows of different numbers of ids are looked up, and the ids are no feature/
    expect(
      (
        await refusal(
          looked((id) => 999 - id),
          words(),
        )
      ).message,
    ).toMatch(message)
    expect(
      (
        await refusal(
          looked((id) => id % 100),
          words(),
        )
      ).message,
    ).toMatch(message)
    await exportedAlike(
      looked((id) => id),
      words(),
      { words: sparseFeature('integer', [999, 3, 0], [1, 0, 2]) },
    )
  })

  it('refuses what the function makes of large, negative or missing numbers on its own', async () => {
    const price = (...values: number[]): Feature => ({ type: 'number', values, offsets: null })
    const made =
      (f: (price: number) => number): Predict =>
      (features) => {
        const { values } = features.price as Feature
        const changed = Float32Array.from(values, (value) => f(Number(value)))
        return tf.stack([tf.tensor1d(Float32Array.from(values, Number)), tf.tensor1d(changed)], 1)
      }
    const message = /float32 \[2\] is made of the features outside of TensorFlow.js/
    expect(
      (
        await refusal(
          made((each) => Math.max(each, 0)),
          { price: price(1) },
        )
      ).message,
    ).toMatch(message)
    expect(
      (
        await refusal(
          made((each) => (each > 100 ? 1 : 0)),
          { price: price(1) },
        )
      ).message,
    ).toMatch(message)
    expect(
      (
        await refusal(
          made((each) => (Number.isNaN(each) ? 0 : each)),
          { price: price(1) },
        )
      ).message,
    ).toMatch(message)
    await exportedAlike(
      made((each) => each),
      { price: price(1) },
      { price: price(-3, 1e6, Number.NaN, 0.5) },
    )
  })

  it('refuses a function that assigns to a variable', async () => {
    const counting: Predict = ({ x }) => {
      const count = getVariable('count', [1])
      count.assign(tf.add(count, 1))
      return tf.add(x as Tensor, count)
    }
    expect((await refusal(counting, x())).message).toMatch(/assigns to count in PREDICT mode/)
  })

  it('refuses what decides by a feature that no operation has', async () => {
    const predict: Predict = ({ x, kind }) =>
      (kind as Feature).values.includes('never seen') ? tf.relu(x as Tensor) : tf.exp(x as Tensor)
    const kind: Feature = { type: 'string', values: ['a'], offsets: null }
    expect((await refusal(predict, { ...x(), kind })).message).toMatch(
      /reads the feature kind outside of TensorFlow.js/,
    )
  })
})
