import { ones, round, type Tensor, tensor1d, zeros } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../tests/goldens/estimator.json'
import { useBackend as startBackend } from '../model/backends'
import type { MetricOp } from './metricOp'
import { metrics } from './metrics'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const { batches, tf1, tf1Weighted, keras } = golden.metrics
type Name = keyof typeof metrics
const names = Object.keys(metrics) as Name[]

/** Of all batches, as an evaluation adds them up. */
function overBatches(name: Name, isWeighted: boolean): number {
  const ops = batches.map(({ labels, predictions, weights }): MetricOp => {
    const [y, p, w] = [tensor1d(labels), tensor1d(predictions), isWeighted ? tensor1d(weights) : undefined]
    if (name === 'mean') return metrics.mean(p, w)
    const isHard = name === 'accuracy' || name === 'precision' || name === 'recall'
    return metrics[name](y, isHard ? round(p) : p, w)
  })
  const sums = ops.map((op) => op.sums().dataSync())
  const total = Float64Array.from(sums[0]!, (_, i) => sums.reduce((sum, part) => sum + part[i]!, 0))
  return ops[0]!.result(total)
}

describe('metrics over three batches', () => {
  it.each(names)('%s is that of tf.compat.v1.metrics', (name) => {
    expect(overBatches(name, false)).toBeCloseTo(tf1[name], 5)
  })

  it.each(names)('%s is that of tf.compat.v1.metrics with weights', (name) => {
    expect(overBatches(name, true)).toBeCloseTo(tf1Weighted[name], 5)
  })

  it.each(names)('%s is that of tf.keras.metrics', (name) => {
    expect(overBatches(name, false)).toBeCloseTo(keras[name], 5)
  })

  it('count a row of weight for each of its numbers', () => {
    const { sums, result } = metrics.mean(ones([3, 2]), tensor1d([1, 0, 2]))
    expect([...sums().dataSync()]).toEqual([6, 6])
    expect(result(Float64Array.of(6, 6))).toBe(1)
  })

  it('are 0 over nothing, as those of TensorFlow', () => {
    expect(metrics.precision(zeros([2]), zeros([2])).result(Float64Array.of(0, 0))).toBe(0)
  })

  it('take what is not 0 for 1 in precision and recall, and cut predictions to the type of the labels in accuracy', () => {
    const [y, p] = [tensor1d([1, 0, 1, 0], 'int32'), tensor1d([0.3, 0.9, 1, 0])]
    expect([...metrics.precision(y, p).sums().dataSync()]).toEqual([2, 3])
    expect([...metrics.recall(y, p).sums().dataSync()]).toEqual([2, 2])
    expect([...metrics.accuracy(y, p).sums().dataSync()]).toEqual([3, 4])
  })

  it('refuse logits, and what is no number, for an area under the curve', () => {
    for (const wrong of [2, -0.1, Number.NaN]) {
      const { sums, result } = metrics.auc(tensor1d([0, 1]), tensor1d([0.5, wrong]))
      expect(() => result(Float64Array.from(sums().dataSync()))).toThrow('takes probabilities from 0 to 1')
    }
  })

  it('refuse to spread labels over predictions', () => {
    const compare = (y: Tensor, p: Tensor) => () => metrics.meanSquaredError(y, p).sums()
    expect(compare(ones([4]), ones([4, 1]))).not.toThrow()
    expect(compare(ones([4]), ones([4, 4]))).toThrow('labels [4] and predictions [4, 4]')
  })
})
