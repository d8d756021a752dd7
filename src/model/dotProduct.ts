import { add, mul, sum, type Tensor2D } from '@tensorflow/tfjs-core'
import type { EncodedData } from '../columns/sparseBatch'
import { categoricalName, columnName } from '../experiment/columnName'
import type { EmbeddingColumn, Experiment, ModelSpec } from '../experiment/experiment'
import type { BatchInputs } from './batchInputs'
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

/** μ of the dot product: the mean of the training labels [rows], for a binary label their log odds; 0 without training rows. */
export function labelMean({ label, trainRows }: EncodedData): number {
  if (trainRows.length === 0) return 0
  let sum = 0
  for (const row of trainRows) sum += label.values[row]!
  const mean = sum / trainRows.length
  if (label.task === 'regression') return mean
  // One class alone would have infinite log odds: as if half an example of the other had been seen.
  const positives = Math.min(Math.max(sum, 0.5), trainRows.length - 0.5)
  return Math.log(positives / (trainRows.length - positives))
}

/** The embedding columns of users and items. Throws a `ModelError` where there are others, or they do not fit. */
export function twoColumns(
  { columns }: Experiment,
  { user, item }: Extract<ModelSpec, { type: 'dotProduct' }>,
): [EmbeddingColumn, EmbeddingColumn] {
  if (user === item)
    throw new ModelError('The dot product needs two different columns, one for each side.', 'model.item')
  const find = (key: string, field: string) => {
    for (const column of columns) {
      if (column.type === 'embedding' && categoricalName(column.categorical) === key) return column
    }
    throw new ModelError(`The dot product needs an embedding column of ${key}, and there is none.`, field)
  }
  const pair: [EmbeddingColumn, EmbeddingColumn] = [find(user, 'model.user'), find(item, 'model.item')]
  const other = columns.findIndex((column) => !new Set<unknown>(pair).has(column))
  if (other >= 0) {
    throw new ModelError(
      `The dot product reads two columns, ${user} and ${item}: remove ${columnName(columns[other]!)} or choose the tabular network.`,
      `columns.${other}`,
    )
  }
  if (pair[0].dimension !== pair[1].dimension) {
    throw new ModelError(
      `A dot product needs two embeddings of the same dimension: ${user} has ${pair[0].dimension}, ${item} has ${pair[1].dimension}.`,
      `columns.${columns.indexOf(pair[1])}.dimension`,
    )
  }
  return pair
}
