import { tensor1d, tensor2d, zeros } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { useBackend as startBackend } from '../model/backends'
import { classificationHead, type Head, regressionHead } from './head'
import { ModeKeys } from './modeKeys'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

const never = () => () => {}
const lossOf = (head: Head, labels: number[]) =>
  head
    .spec(ModeKeys.EVAL, zeros([labels.length, head.logitsDimension]), tensor1d(labels), null, never)
    .loss!.dataSync()[0]

describe('the head of a canned Estimator', () => {
  it('refuses labels that are no class: TensorFlow does, and a row of zeros would cost nothing', () => {
    expect(lossOf(classificationHead(3, 'mean'), [0, 2])).toBeCloseTo(Math.log(3), 5)
    for (const wrong of [3, -1, Number.NaN]) {
      expect(() => lossOf(classificationHead(3, 'sum'), [0, wrong])).toThrow(`Label ${wrong} is no class`)
    }
    expect(lossOf(classificationHead(2, 'mean'), [0, 0.5, 1])).toBeCloseTo(Math.log(2), 5)
    expect(() => lossOf(classificationHead(2, 'sum'), [1, 2])).toThrow('there are 0 to 1')
  })

  it('refuses labels of another shape than the logits, also where one could be spread over the other', () => {
    const one = () => regressionHead(1, 'sum').spec(ModeKeys.EVAL, zeros([1, 1]), tensor2d([[1, 2]]), null, never)
    expect(one).toThrow('Labels of the shape [1, 2] were given for logits of the shape [1, 1]')
  })

  it.each([
    [regressionHead(1, 'sum'), ['serving_default', 'regression', 'predict']],
    [classificationHead(2, 'sum'), ['serving_default', 'classification', 'regression', 'predict']],
    [classificationHead(3, 'sum'), ['serving_default', 'classification', 'predict']],
  ])('exports the signatures of TensorFlow: $1', (head, signatures) => {
    const { exportOutputs } = head.spec(ModeKeys.PREDICT, zeros([1, head.logitsDimension]), null, null, never)
    expect(Object.keys(exportOutputs)).toEqual(signatures)
  })
})
