import { describe, expect, it } from 'vitest'
import { areaUnderCurve, createMetricAccumulator } from './metrics'

describe('areaUnderCurve', () => {
  it('counts every pair, ties half', () => {
    const positive = Float32Array.from([0.9, 0.4, 0.4, -1])
    const negative = Float32Array.from([0.4, 0.1, 2])
    let pairs = 0
    for (const p of positive) for (const n of negative) pairs += p > n ? 1 : p === n ? 0.5 : 0
    expect(areaUnderCurve(positive, negative)).toBeCloseTo(pairs / 12, 12)
  })
  it('is one half when all scores are equal', () => {
    expect(areaUnderCurve(new Float32Array(5), new Float32Array(7))).toBe(0.5)
  })
})

describe('createMetricAccumulator', () => {
  it('gives the same regression metrics in one batch and in three, far from zero', () => {
    const labels = Float32Array.from([1000, 5, 1001, 6, 1002, 9, 1004, 5, 1003, 2, 1002, 1])
    const outputs = labels.map((y, i) => y + Math.sin(i))
    const whole = createMetricAccumulator({ task: 'regression', outputs: 2, names: ['a', 'b'] })
    whole.add(outputs, labels, 6)
    const parts = createMetricAccumulator({ task: 'regression', outputs: 2, names: ['a', 'b'] })
    for (let i = 0; i < 6; i += 2) parts.add(outputs.slice(i * 2, i * 2 + 4), labels.slice(i * 2, i * 2 + 4), 2)
    const mse = outputs.reduce((sum, x, i) => sum + (x - labels[i]!) ** 2, 0) / 12
    const { metrics, perTarget } = parts.result()
    expect(metrics.loss).toBeCloseTo(mse, 9)
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(mse), 9)
    expect(perTarget.map((target) => target.name)).toEqual(['a', 'b'])
    expect(parts.result()).toEqual(whole.result())
    const a = [0, 2, 4, 6, 8, 10]
    const mean = a.reduce((sum, i) => sum + labels[i]!, 0) / 6
    const total = a.reduce((sum, i) => sum + (labels[i]! - mean) ** 2, 0)
    const residual = a.reduce((sum, i) => sum + (labels[i]! - outputs[i]!) ** 2, 0)
    expect(perTarget[0]!.r2).toBeCloseTo(1 - residual / total, 9)
  })

  it('takes log loss from logits without overflow', () => {
    const binary = createMetricAccumulator({ task: 'binary', outputs: 1, names: ['bought'] })
    binary.add(Float32Array.from([800, -800, 0]), Float32Array.from([1, 1, 0]), 3)
    const { metrics } = binary.result()
    expect(metrics.logLoss).toBeCloseTo((0 + 800 + Math.log(2)) / 3, 5)
    expect(metrics.accuracy).toBeCloseTo(2 / 3, 12)
    expect(metrics.auc).toBeCloseTo(0.5, 12)
  })

  it('takes log loss of classes by the largest logit', () => {
    const classes = createMetricAccumulator({ task: 'multiclass', outputs: 3, names: ['a', 'b', 'c'] })
    classes.add(Float32Array.from([1000, 0, 0, 1, 2, 3]), Float32Array.from([0, 1]), 2)
    const second = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3)) - 2
    expect(classes.result().metrics.loss).toBeCloseTo(second / 2, 6)
    expect(classes.result().metrics.accuracy).toBe(0.5)
  })

  it('counts rows that share an output like rows of their own', () => {
    const outputs = Float32Array.from([1, 2, 3, 0, -1, 5])
    const shared = Int32Array.from([1, 0, 1])
    for (const task of ['multiclass', 'regression', 'binary'] as const) {
      const width = task === 'binary' ? 1 : 3
      const spec = { task, outputs: width, names: ['a', 'b', 'c'].slice(0, width) }
      const labels = Float32Array.from([2, 0, 1, 0, 1, 2, 1, 1, 0]).map((y) => (task === 'binary' ? y % 2 : y))
      const grouped = createMetricAccumulator(spec)
      grouped.add(outputs, labels, 3, shared)
      const apart = createMetricAccumulator(spec)
      apart.add(
        Float32Array.from([...shared].flatMap((at) => [...outputs.slice(at * width, (at + 1) * width)])),
        labels,
        3,
      )
      expect(grouped.result()).toEqual(apart.result())
      expect(grouped.result().metrics.loss).toBeGreaterThan(0)
    }
  })
})
