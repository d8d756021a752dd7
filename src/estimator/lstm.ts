import {
  add,
  concat,
  matMul,
  mul,
  sigmoid,
  split,
  type Tensor,
  type Tensor2D,
  tanh,
  zeros,
} from '@tensorflow/tfjs-core'
import { initializers } from './initializers'
import { modelContext } from './modelContext'
import { getVariable, variableScope } from './variables'

/** [B, units] each: the cell and its output. */
export interface LSTMState {
  c: Tensor2D
  h: Tensor2D
}

export interface LSTMCell {
  readonly numUnits: number
  zeroState(batchSize: number): LSTMState
  /** One step: `input` [B, inputs] → `output` [B, units], which is the new state's h. */
  call(input: Tensor2D, state: LSTMState): { output: Tensor2D; state: LSTMState }
}

/**
 * `tf.nn.rnn_cell.BasicLSTMCell` (Zaremba et al. 2014): gates i, j, f, o side by side in `<name>/kernel` [inputs + units, 4 · units], Glorot uniform, and `<name>/bias`, zeros.
 * `forgetBias` (1) is added to the forget gate before its sigmoid and is no part of the bias. Within a model function. One cell has one set of weights, along one
 * sequence after the other; two cells need two names, or scopes.
 */
export function basicLSTMCell(
  numUnits: number,
  { forgetBias = 1, name = 'basic_lstm_cell' }: { forgetBias?: number; name?: string } = {},
): LSTMCell {
  // Variables of a call of the model function are asked for anew; those of another cell of that name are not its own.
  const calls = new WeakSet<Set<string>>()
  return {
    numUnits,
    zeroState: (batchSize) => ({ c: zeros([batchSize, numUnits]), h: zeros([batchSize, numUnits]) }),
    call(input, { c, h }) {
      const { asked } = modelContext('basicLSTMCell')
      const { kernel, bias } = weightsOf(name, input.shape[1], numUnits, calls.has(asked))
      calls.add(asked)
      const gates = add<Tensor2D>(matMul(concat([input, h], 1), kernel), bias)
      const [i, j, f, o] = split(gates, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D]
      const kept = mul<Tensor2D>(c, sigmoid(add(f, forgetBias)))
      const cell = add<Tensor2D>(kept, mul(sigmoid(i), tanh(j)))
      const output = mul<Tensor2D>(tanh(cell), sigmoid(o))
      return { output, state: { c: cell, h: output } }
    },
  }
}

function weightsOf(name: string, inputs: number, units: number, reuse: boolean) {
  return variableScope(
    name,
    () => ({
      kernel: getVariable('kernel', [inputs + units, 4 * units]) as Tensor as Tensor2D,
      bias: getVariable('bias', [4 * units], initializers.zeros()),
    }),
    { reuse },
  )
}

/**
 * `tf.nn.static_rnn`: the cell along a list of inputs [B, inputs], as `split` makes one of windows [B, steps]. `outputs[t]` [B, units]; starts at zeros. Variables lie
 * in the scope `rnn`.
 */
export function staticRnn(
  cell: LSTMCell,
  inputs: readonly Tensor[],
  { initialState, scope = 'rnn' }: { initialState?: LSTMState; scope?: string } = {},
): { outputs: Tensor2D[]; state: LSTMState } {
  const [first] = inputs
  if (!first) throw new Error('staticRnn was given no inputs: it needs a list of tensors [B, inputs], one a step.')
  const wrong = inputs.findIndex(({ rank, shape }) => rank !== 2 || shape.join() !== first.shape.join())
  if (wrong >= 0) {
    const given = `[${inputs[wrong]!.shape.join(', ')}]`
    throw new Error(`staticRnn takes inputs [B, inputs] of one shape; number ${wrong} has the shape ${given}.`)
  }
  return variableScope(scope, () => {
    let state = initialState ?? cell.zeroState(first.shape[0]!)
    const outputs = inputs.map((input) => {
      const step = cell.call(input as Tensor2D, state)
      state = step.state
      return step.output
    })
    return { outputs, state }
  })
}
