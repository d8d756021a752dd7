import { mean, ones, type Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../model/backends'
import { EstimatorSpec, EstimatorSpecError, type EstimatorSpecOptions } from './estimatorSpec'
import { ClassificationOutput, PredictOutput, RegressionOutput } from './exportOutputs'
import { metrics } from './metrics'
import { ModeKeys } from './modeKeys'
import { train } from './train'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

function wholeSpec(mode: ModeKeys): Required<EstimatorSpecOptions> {
  const predictions: Tensor = ones([2, 1])
  const loss = mean(predictions)
  return {
    mode,
    predictions,
    loss,
    trainOp: train.gradientDescentOptimizer(0.1).minimize(loss, { value: 0 }),
    evalMetricOps: { mean: metrics.mean(predictions) },
    exportOutputs: { serving_default: new PredictOutput(predictions) },
  }
}

const { TRAIN, EVAL, PREDICT } = ModeKeys

describe('EstimatorSpec', () => {
  it.each([
    [TRAIN, 'loss', true],
    [TRAIN, 'trainOp', true],
    [TRAIN, 'predictions', false],
    [TRAIN, 'evalMetricOps', false],
    [TRAIN, 'exportOutputs', false],
    [EVAL, 'loss', true],
    [EVAL, 'trainOp', false],
    [EVAL, 'predictions', false],
    [EVAL, 'evalMetricOps', false],
    [EVAL, 'exportOutputs', false],
    [PREDICT, 'predictions', true],
    [PREDICT, 'loss', false],
    [PREDICT, 'trainOp', false],
    [PREDICT, 'evalMetricOps', false],
    [PREDICT, 'exportOutputs', false],
  ] as const)('in mode %s without %s: an error is %s', (mode, part, isError) => {
    const make = () => new EstimatorSpec({ ...wholeSpec(mode), [part]: null })
    if (!isError) return expect(make).not.toThrow()
    expect(make).toThrow(`Missing ${part}`)
    expect(errorOf(make).part).toBe(part)
  })

  it('needs a mode, one of three', () => {
    const { mode: _, ...rest } = wholeSpec(TRAIN)
    expect(errorOf(() => new EstimatorSpec(rest as EstimatorSpecOptions)).part).toBe('mode')
    expect(() => new EstimatorSpec({ ...rest, mode: 'test' as ModeKeys })).toThrow('must be one of ModeKeys')
  })

  it.each([
    ['loss', () => ({ loss: ones([2]) }), 'shape [2]; it must be one number'],
    ['loss', () => ({ loss: 3 as unknown as Tensor }), 'loss is not a tensor'],
    ['predictions', () => ({ predictions: { a: [1] as unknown as Tensor } }), 'predictions.a is not a tensor'],
    ['trainOp', () => ({ trainOp: 5 as never }), 'trainOp is not an operation'],
    ['evalMetricOps', () => ({ evalMetricOps: { rmse: 1 as never } }), 'evalMetricOps.rmse is not a metric'],
    ['exportOutputs', () => ({ exportOutputs: { a: ones([1]) as never } }), 'exportOutputs.a must be'],
  ] as const)('names %s when it is of a wrong kind', (part, wrong, message) => {
    const make = () => new EstimatorSpec({ ...wholeSpec(TRAIN), ...wrong() })
    expect(make).toThrow(message)
    expect(errorOf(make).part).toBe(part)
  })

  it('refuses a trainOp that counts no steps', () => {
    const { loss, ...rest } = wholeSpec(TRAIN)
    const trainOp = train.adamOptimizer().minimize(loss!, undefined as never)
    expect(() => new EstimatorSpec({ ...rest, loss, trainOp })).toThrow('counts no steps')
  })

  it('takes a loss of the shape [1], and calls a single prediction output', () => {
    const { loss, predictions } = new EstimatorSpec({ ...wholeSpec(EVAL), loss: ones([1]) })
    expect(loss?.shape).toEqual([])
    expect(Object.keys(predictions!)).toEqual(['output'])
  })

  it('exports numbers, classes or anything by name', () => {
    const tensor = ones([2, 3])
    expect(Object.keys(new RegressionOutput({ value: tensor }).outputs)).toEqual(['outputs'])
    expect(Object.keys(new ClassificationOutput({ scores: tensor }).outputs)).toEqual(['scores'])
    expect(Object.keys(new PredictOutput(tensor).outputs)).toEqual(['output'])
    expect(() => new ClassificationOutput({})).toThrow('needs scores or classes')
    expect(() => new PredictOutput({ tensor, size: 2 as never })).toThrow('size of a PredictOutput is not a tensor')
    expect(() => new ClassificationOutput({ scores: [1] as never })).toThrow('scores of a ClassificationOutput')
  })
})

function errorOf(make: () => unknown): EstimatorSpecError {
  try {
    make()
  } catch (error) {
    if (error instanceof EstimatorSpecError) return error
  }
  throw new Error('It did not throw an EstimatorSpecError.')
}
