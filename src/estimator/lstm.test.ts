import { type Scalar, square, sum, type Tensor, tensor, tensor2d, zeros } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import golden from '../../tests/goldens/estimator.json'
import { useBackend as startBackend } from '../model/backends'
import { gradientsOf } from './gradientsOf'
import { basicLSTMCell, staticRnn } from './lstm'
import { withTestContext } from './testContext'

beforeAll(() => startBackend('cpu', { wasmPaths: '' }))

/** Time steps of x [B, T, inputs] as a list. */
function stepsOf(x: number[][][]): Tensor[] {
  return x[0]!.map((_, t) => tensor2d(x.map((row) => row[t]!)))
}

describe('basicLSTMCell along staticRnn', () => {
  it.each(golden.lstm)('gives the outputs and the last state of TensorFlow, forget bias $forgetBias', (expected) => {
    withTestContext(weightsOf(expected), (context) => {
      const cell = basicLSTMCell(3, { forgetBias: expected.forgetBias })
      const { outputs, state } = staticRnn(cell, stepsOf(expected.x))
      expect([...context.store.variables.keys()]).toEqual(expected.names)
      for (const [t, output] of outputs.entries()) expectClose(output, expected.outputs[t]!.flat())
      expectClose(state.c, expected.c.flat())
      expectClose(state.h, expected.h.flat())
    })
  })

  it.each(golden.lstm)('gives the gradients of TensorFlow, forget bias $forgetBias', (expected) => {
    withTestContext(weightsOf(expected), (context) => {
      const loss = () => {
        context.asked.clear()
        const { outputs } = staticRnn(basicLSTMCell(3, { forgetBias: expected.forgetBias }), stepsOf(expected.x))
        return sum(square(outputs.at(-1)!)) as Scalar
      }
      loss()
      const variables = [...context.store.variables.values()]
      const { grads: found } = gradientsOf(loss, variables)
      for (const [i, variable] of variables.entries()) {
        expectClose(found[variable.name]!, (expected.gradients[i] as number[] | number[][]).flat())
      }
    })
  })

  it('is the cell of Keras, whose gates stand in another order', () => {
    const [expected] = golden.lstm
    withTestContext(weightsOf(expected!), () => {
      const { outputs } = staticRnn(basicLSTMCell(3), stepsOf(expected!.x))
      for (const [t, output] of outputs.entries()) expectClose(output, golden.kerasLstm[t]!.flat())
    })
  })

  it('shares no weights with another cell of its name, as TensorFlow does not', () => {
    withTestContext({}, ({ store }) => {
      const steps = [zeros([1, 2]), zeros([1, 2])]
      const cell = basicLSTMCell(2)
      const { outputs } = staticRnn(cell, steps)
      staticRnn(cell, steps)
      expect(store.variables.size).toBe(2)
      expect(() => staticRnn(basicLSTMCell(2), outputs)).toThrow('rnn/basic_lstm_cell/kernel is asked for twice')
    })
    withTestContext({}, ({ store }) => {
      const { outputs } = staticRnn(basicLSTMCell(2), [zeros([1, 2])])
      staticRnn(basicLSTMCell(2, { name: 'second' }), outputs)
      expect(store.variables.size).toBe(4)
    })
  })

  it('says which input is not as the first', () => {
    const inputs = [tensor([[1, 2]]), tensor([[1, 2, 3]])]
    expect(() => staticRnn(basicLSTMCell(2), inputs)).toThrow('number 1 has the shape [1, 3]')
    expect(() => staticRnn(basicLSTMCell(2), [])).toThrow('no inputs')
  })
})

function weightsOf({ kernel, bias }: { kernel: number[][]; bias: number[] }) {
  return { 'rnn/basic_lstm_cell/kernel': kernel.flat(), 'rnn/basic_lstm_cell/bias': bias }
}

function expectClose(actual: Tensor, expected: number[]): void {
  const values = actual.dataSync()
  expect(values.length).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(values[i]).toBeCloseTo(value, 5)
}
