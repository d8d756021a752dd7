import { mul, relu, square, step, sub, type Tensor2D, tanh } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../columns/sparseBatch'
import type { Experiment, ModelSpec } from '../experiment/experiment'
import type { BatchReader } from './batchInputs'
import { createDenseLayer } from './denseLayer'
import { initialKernel } from './initialize'
import { createInputLayer } from './inputLayer'
import type { ForwardPass, Network } from './network'
import type { Gradient } from './optimizer'
import { variableOf } from './variable'

type TabularSpec = Extract<ModelSpec, { type: 'tabular' }>

/** Dense columns → hidden layers (`hidden_0` …, relu or tanh) → one linear layer `head` with an output per target or class. */
export function createTabular(
  encoded: EncodedData,
  experiment: Experiment,
  model: TabularSpec,
  range: BatchReader['range'],
): Network {
  const widths = [...model.hiddenUnits, encoded.label.outputs]
  const names = widths.map((_, i) => (i < model.hiddenUnits.length ? `hidden_${i}` : 'head'))
  const input = createInputLayer(encoded, experiment, names[0]!, widths[0]!)
  const rest = widths.slice(1).map((units, i) => {
    const name = names[i + 1]!
    const layer = createDenseLayer(initialKernel(experiment.seed, `${name}/kernel`, widths[i]!, units), units)
    return {
      ...layer,
      variables: [variableOf(`${name}/kernel`, layer.kernel), variableOf(`${name}/bias`, layer.bias, [units])],
    }
  })
  const { activate, dActivate } = activations[model.activation]
  const kernelRows = Math.max(input.kernelRows, ...rest.map(({ kernel }) => kernel.rows))
  // Now, not in the middle of a step: growing it disposes the old one.
  range(kernelRows)

  return {
    tables: input.tables.map(({ table }) => table),
    variables: [...input.variables, ...rest.flatMap(({ variables }) => variables)],
    forward(inputs): ForwardPass {
      const first = input.forward(inputs)
      // activated[i] goes into rest[i]
      const activated: Tensor2D[] = []
      let outputs = first.outputs
      for (const layer of rest) {
        const hidden = activate(outputs)
        activated.push(hidden)
        outputs = layer.forward(hidden)
      }
      return {
        outputs,
        backward(dOutputs, l2, l2Dense) {
          const gradients: Gradient[] = []
          const rows = range(kernelRows)
          let dOut = dOutputs
          for (let i = rest.length - 1; i >= 0; i--) {
            gradients.push(...rest[i]!.gradients(activated[i]!, dOut, l2Dense, rows))
            dOut = dActivate(activated[i]!, rest[i]!.dInput(dOut))
          }
          return [...first.backward(dOut, l2, l2Dense, rows), ...gradients]
        },
      }
    },
  }
}

/** `dActivate` takes the activated values and the gradient after them. */
const activations = {
  relu: {
    activate: (x: Tensor2D): Tensor2D => relu(x),
    dActivate: (y: Tensor2D, dY: Tensor2D): Tensor2D => mul(dY, step(y)),
  },
  tanh: {
    activate: (x: Tensor2D): Tensor2D => tanh(x),
    dActivate: (y: Tensor2D, dY: Tensor2D): Tensor2D => mul(dY, sub(1, square(y))),
  },
}
