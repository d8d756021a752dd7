import { add, mul, sum, type Tensor2D } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../columns/sparseBatch'
import { categoricalName } from '../experiment/columnName'
import type { EmbeddingColumn, Experiment, ModelSpec } from '../experiment/experiment'
import type { BatchInputs } from './batchInputs'
import { labelMean, twoColumns } from './dotProductColumns'
import { createEmbedding, type Embedding } from './embedding'
import { ModelError } from './modelError'
import type { ForwardPass, Network } from './network'
import type { Gradient } from './optimizer'
import { createParameter } from './parameter'
import { variableOf } from './variable'

/**
 * ŷ = μ + b_user + b_item + ⟨user, item⟩, or the logit of it for a binary label.
 *
 * μ (`global_bias`) is fixed to the mean of the training labels, for a binary label to its log odds: the biases can move
 * together where training wants them, and a μ trained beside them would only race with them. Biases start at 0 and are
 * tables of dimension 1 with their column's combiner.
 */
export function createDotProduct(
  encoded: EncodedData,
  experiment: Experiment,
  model: Extract<ModelSpec, { type: 'dotProduct' }>,
): Network {
  const { label } = encoded
  if (label.task === 'multiclass' || label.outputs !== 1) {
    throw new ModelError(
      'The dot product predicts one number: choose one regression target or a binary label.',
      'label',
    )
  }
  const [userColumn, itemColumn] = twoColumns(experiment, model)
  const { seed } = experiment
  const user = createEmbedding(encoded, userColumn, seed)
  const item = createEmbedding(encoded, itemColumn, seed)
  const biases = model.biases ? [createBias(encoded, userColumn), createBias(encoded, itemColumn)] : []
  const embeddings = [user, item, ...biases]
  const globalBias = createParameter(Float32Array.of(labelMean(encoded)), 1, false)

  return {
    tables: [user.table, item.table],
    variables: [
      ...embeddings.map((embedding) => variableOf(embedding.table.name, embedding.parameter)),
      variableOf('global_bias', globalBias, [1]),
    ],
    forward(inputs) {
      const [users, items] = [user.lookUp(inputs), item.lookUp(inputs)]
      let outputs: Tensor2D = add(sum(mul(users, items), 1, true), globalBias.tensor)
      for (const bias of biases) outputs = add(outputs, bias.lookUp(inputs))
      return { outputs, backward: (dOutputs, l2) => backward(inputs, dOutputs, l2, users, items) } satisfies ForwardPass
    },
  }

  function backward(inputs: BatchInputs, dOutputs: Tensor2D, l2: number, users: Tensor2D, items: Tensor2D): Gradient[] {
    return [
      ...user.gradient(inputs, () => mul(dOutputs, items), l2),
      ...item.gradient(inputs, () => mul(dOutputs, users), l2),
      ...biases.flatMap((bias) => bias.gradient(inputs, () => dOutputs, l2)),
    ]
  }
}

function createBias(encoded: EncodedData, column: EmbeddingColumn): Embedding {
  return createEmbedding(
    encoded,
    { ...column, dimension: 1, trainable: true },
    null,
    `${categoricalName(column.categorical)}_bias`,
  )
}
