import { add, matMul, relu, sigmoid, type Tensor, type Tensor2D, tanh } from '@tensorflow/tfjs-core'
import { type Initializer, initializers } from './initializers'
import { getVariable, variableScope } from './variables'

const activations = { relu, tanh, sigmoid }

export interface DenseOptions {
  /** null: none */
  activation?: keyof typeof activations | null
  useBias?: boolean
  /** Of its scope; two layers of a model function need two. `dense` */
  name?: string
  /** Glorot uniform */
  kernelInitializer?: Initializer
}

/** `tf.compat.v1.layers.dense` in a model function: [B, inputs] → [B, units], by the variables `<name>/kernel` and `<name>/bias` (zeros at first). */
export function dense(inputs: Tensor, units: number, options: DenseOptions = {}): Tensor2D {
  const { activation = null, useBias = true, name = 'dense', kernelInitializer } = options
  if (inputs.rank !== 2) throw new RangeError(`dense takes [B, inputs], not [${inputs.shape.join(', ')}]: reshape it.`)
  return variableScope(name, () => {
    const kernel = getVariable('kernel', [inputs.shape[1]!, units], kernelInitializer)
    let outputs: Tensor2D = matMul(inputs as Tensor2D, kernel as Tensor as Tensor2D)
    if (useBias) outputs = add(outputs, getVariable('bias', [units], initializers.zeros()))
    return activation === null ? outputs : activations[activation](outputs)
  })
}
