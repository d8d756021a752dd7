import { describe, expect, it } from 'vitest'
import type { Evaluation } from '../runView'
import { firstLike, leadingMetric, metricCurve } from './curvesOf'

const evaluation = (modelDir: string, globalStep: number, metrics: Record<string, number>): Evaluation => {
  return { modelDir, name: 'eval', globalStep, metrics }
}
const evaluations = [
  evaluation('a', 10, { loss: 3 }),
  evaluation('a', 20, { loss: 2, auc: 0.6 }),
  evaluation('b', 10, { loss: 9 }),
  evaluation('b', 30, { loss: 8 }),
]

describe('metricCurve', () => {
  it('draws a line for each Estimator, over the checkpoints that have the metric', () => {
    const { curves } = metricCurve('loss', evaluations)
    expect(curves.map(({ name, x, y }) => [name, Array.from(x), Array.from(y)])).toEqual([
      ['a', [10, 20], [3, 2]],
      ['b', [10, 30], [9, 8]],
    ])
    expect(metricCurve('auc', evaluations).curves.map(({ x }) => Array.from(x))).toEqual([[20]])
  })

  it('takes no property of objects for a metric', () => {
    expect(metricCurve('constructor', evaluations).curves).toEqual([])
  })
})

describe('firstLike', () => {
  it('compares an evaluation with the first one of the same Estimator', () => {
    expect(firstLike(evaluations[3]!, evaluations)).toBe(evaluations[2])
    expect(firstLike(evaluations[1]!, evaluations)).toBe(evaluations[0])
  })
})

describe('leadingMetric', () => {
  it.each([
    [['loss', 'rmse'], 'rmse'],
    [['average_loss', 'label/mean', 'loss', 'prediction/mean'], 'average_loss'],
    [['accuracy', 'accuracy_baseline', 'auc', 'loss'], 'accuracy'],
    [['loss'], 'loss'],
    [[], undefined],
  ])('of %s is %s', (names, leading) => {
    expect(leadingMetric(names)).toBe(leading)
  })
})
