import { categoricalName } from './columnName'
import type { EmbeddingColumn, Experiment, ModelSpec } from './experiment'

/** The first embedding columns, as the two sides of a dot product; null when there are fewer than two. */
function sides({ columns }: Experiment): [EmbeddingColumn, EmbeddingColumn] | null {
  const [item, user] = columns.filter((column) => column.type === 'embedding')
  return item && user ? [item, user] : null
}

export function canBeDotProduct(experiment: Experiment): boolean {
  return experiment.model.type === 'dotProduct' || sides(experiment) !== null
}

/** The same columns under another model. A dot product takes the first two embeddings, in the dimension of the first; the others go. */
export function withModel(experiment: Experiment, type: ModelSpec['type']): Experiment {
  if (type === experiment.model.type) return experiment
  if (type === 'tabular') {
    return { ...experiment, model: { type: 'tabular', hiddenUnits: [32], activation: 'relu' } }
  }
  const pair = sides(experiment)
  if (!pair) return experiment
  const [item, user] = pair
  return {
    ...experiment,
    columns: [item, { ...user, dimension: item.dimension }],
    model: {
      type: 'dotProduct',
      user: categoricalName(user.categorical),
      item: categoricalName(item.categorical),
      biases: true,
    },
  }
}
