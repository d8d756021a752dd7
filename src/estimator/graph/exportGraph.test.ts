import { type Tensor, type Tensor2D, tensor1d, tensor2d } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Feature } from '../../columns/feature'
import { registerKernels } from '../../kernels/registerKernels'
import { useBackend as startBackend } from '../../model/backends'
import { embeddingLookup, embeddingLookupSparse } from '../embeddingLookups'
import { ClassificationOutput, PredictOutput, RegressionOutput } from '../exportOutputs'
import * as tf from '../tf'
import { getVariable } from '../variables'
import { exported, exportedAlike, ofX, type Predict, refusal, sessionOf } from './testExport'

beforeAll(async () => {
  await startBackend('cpu', { wasmPaths: '' })
  registerKernels()
})

const x = () => ({ x: tf.zeros([1, 4]) })
describe('exportGraph', () => {
  it('writes each of exportOutputs with a node of its own, serving_default first', async () => {
    let outputs: ReturnType<typeof made> | null = null
    const made = (scores: Tensor) => ({
      predict: new PredictOutput({ scores, double: tf.mul(scores, 2) }),
      serving_default: new ClassificationOutput({ scores }),
      number: new RegressionOutput({ value: tf.sum(scores, 1) }),
    })
    const session = sessionOf(
      ofX((given) => {
        const scores = tf.softmax(given)
        outputs = made(scores)
        return scores
      }),
      () => outputs!,
    )
    const { model, signatures, answer } = await exported(session, x())
    expect(Object.keys(signatures)).toEqual(['serving_default', 'predict', 'number'])
    const batch = {
      x: tensor2d([
        [1, 2, 3, 4],
        [1, 1, 1, 1],
      ]),
    }
    expect(answer(batch, 'predict').double![4]).toBeCloseTo(0.5)
    expect(answer(batch, 'number').outputs).toHaveLength(2)
    // By the names of the signature that serves.
    expect(Object.keys(model.predict(batch) as object)).toEqual(['scores'])
    expect(model.modelSignature).toMatchObject({ inputs: { x: { name: 'x:0', dtype: 'DT_FLOAT' } } })
    expect(model.metadata).toMatchObject({ signatures: { number: { methodName: 'tensorflow/serving/regress' } } })
  })

  it('follows a gradient, as of how much each input matters', async () => {
    const predict: Predict = (features) => {
      const weight = getVariable('weight', [4, 2]) as Tensor as Tensor2D
      const score = (given: Tensor) => tf.sum(tf.square(tf.sigmoid(tf.matMul(given as Tensor2D, weight))))
      return tf.grad(score)(features.x as Tensor)
    }
    const { model } = await exportedAlike(predict, x(), { x: tensor2d([[1, -2, 3, 4]]) })
    expect(Object.keys(model.weights)).toContain('weight')
  })

  it('keeps the names of variables, features and operations apart', async () => {
    const predict: Predict = (features) => {
      getVariable('age', [1])
      getVariable('Relu', [1])
      return tf.relu(tf.add(features.age as Tensor, features['größe (cm)'] as Tensor))
    }
    const given = (...values: number[]) => ({ age: tensor1d(values), 'größe (cm)': tensor1d(values) })
    const { model, nodes } = await exportedAlike(predict, given(1), given(-3, 0.5, 4))
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length)
    expect(Object.keys(model.predict(given(1, 2)) as object)).toEqual(['output'])
  })

  it('answers with several predictions by their names', async () => {
    const predict: Predict = ({ x }) => ({ z: tf.relu(x as Tensor), a: tf.neg(x as Tensor), x: x as Tensor })
    const { model } = await exportedAlike(predict, x(), { x: tensor2d([[1, -2, 3, 4]]) })
    const answers = model.predict({ x: tensor2d([[1, -2, 3, 4]]) }) as Record<string, Tensor>
    expect(Object.entries(answers).map(([name, { size }]) => [name, size])).toEqual([
      ['z', 4],
      ['a', 4],
      ['x', 4],
    ])
    expect(Array.from(answers.a!.dataSync())).toEqual([-1, 2, -3, -4])
  })

  it('writes lists of nothing, as the shape of a single number is one', async () => {
    const predict: Predict = ({ x }) => tf.add(x as Tensor, tf.reshape(getVariable('bias', [1]), []))
    await exportedAlike(predict, x(), { x: tensor2d([[1, -2, 3, 4]]) })
  })

  it('leaves out what the outputs do not follow from', async () => {
    const { signatures, nodes } = await exportedAlike(
      ({ x, unused }) => {
        tf.bincount(tf.cast(unused as tf.Tensor1D, 'int32'), [], 4)
        return tf.relu(x as Tensor)
      },
      { ...x(), unused: tensor1d([1]) },
      { x: tensor2d([[1, -2, 3, 4]]), unused: tensor1d([2]) },
    )
    expect(Object.keys(signatures.serving_default!.inputs)).toEqual(['x'])
    expect(nodes.map(({ name }) => name)).toEqual(['x', 'Relu', 'serving_default/output'])
  })

  it('takes ids and weights that a lookup leaves out as they are', async () => {
    const one = (values: number[], type: Feature['type'] = 'integer'): Feature => ({ type, values, offsets: null })
    const predict: Predict = (features) => {
      const [ids, weights] = [features.ids as Feature, features.weights as Feature]
      const offsets = Int32Array.from({ length: ids.values.length + 1 }, (_, row) => row)
      const sparse = { ids: Int32Array.from(ids.values, Number), offsets }
      return tf.concat(
        [
          embeddingLookupSparse(getVariable('a', [9, 2]), sparse),
          embeddingLookupSparse(getVariable('b', [9, 2]), {
            ...sparse,
            weights: Float32Array.from(weights.values, Number),
          }),
        ],
        1,
      )
    }
    const batch = { ids: one([3, -1, 8, 0, 1]), weights: one([0.5, 2, -1, 0, Number.NaN], 'number') }
    await exportedAlike(predict, { ids: one([1]), weights: one([1], 'number') }, batch)
  })

  it('leaves out features of texts whose rows alone are counted', async () => {
    const predict: Predict = ({ x, title }) => tf.add(x as Tensor, tf.zeros([(title as Feature).values.length, 4]))
    const title: Feature = { type: 'string', values: ['a'], offsets: null }
    const { signatures } = await exported(sessionOf(predict), { ...x(), title })
    expect(Object.keys(signatures.serving_default!.inputs)).toEqual(['x'])
  })

  it('takes only ids of the table, whatever its rows', async () => {
    const day = (...values: number[]): Feature => ({ type: 'integer', values, offsets: null })
    for (const rows of [2, 7, 27, 3000]) {
      const predict: Predict = (features) => {
        const { values } = features.day as Feature
        return embeddingLookup(getVariable('table', [rows, 2]), Int32Array.from(values, Number))
      }
      await exportedAlike(predict, { day: day(1) }, { day: day(rows - 1, 0, 1) })
    }
  })

  it('takes the values of the example where it refuses others', async () => {
    const predict: Predict = ({ ids }) => {
      const values = (ids as Tensor).shape.length > 0 ? Array.from({ length: 1 }) : []
      return tf.add(
        embeddingLookup(getVariable('table', [3, 2]), tf.sub(ids as Tensor, tf.scalar(100, 'int32'))),
        values.length,
      )
    }
    const whole = (...values: number[]) => ({ ids: tensor1d(values, 'int32') })
    await exportedAlike(predict, whole(100, 102), whole(101, 100, 102))
    const error = await refusal(predict, whole(5))
    expect(error.message).toMatch('Id -95 is not a row of the table')
  })

  it('leaves TensorFlow.js as it was, and no tensors, also where it fails', async () => {
    const tensorflow = tf.engine()
    const { runKernel, makeTensor, readSync } = tensorflow
    const session = sessionOf(ofX((given) => tf.add(given, getVariable('bias', [4]))))
    const { model } = await exported(session, x())
    model.dispose()
    const before = tf.memory().numTensors
    const again = await exported(session, x())
    again.model.dispose()
    await expect(exported(sessionOf(ofX((given) => tf.add(given, tf.randomNormal([1])))), x())).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(before)
    expect(tensorflow).toMatchObject({ runKernel, makeTensor, readSync })
  })
})
