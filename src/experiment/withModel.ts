import { categoricalName } from './columnName'
import type { EmbeddingColumn, Experiment, Label, ModelSpec } from './experiment'

/** The first embedding columns, as the two sides of a dot product; null when there are fewer than two. */
function sides({ columns }: Experiment): [EmbeddingColumn, EmbeddingColumn] | null {
  const [item, user] = columns.filter((column) => column.type === 'embedding')
  return item && user ? [item, user] : null
}

export function canBeDotProduct(experiment: Experiment): boolean {
  return experiment.model.type === 'dotProduct' || sides(experiment) !== null
}

/**
 * The same columns under another model. A dot product takes the first two embeddings, in the dimension of the first; the others go.
 * A network learns a number from 0: its label is standardized. A dot product begins at the mean, in the label's own units.
 */
export function withModel(experiment: Experiment, type: ModelSpec['type']): Experiment {
  if (type === experiment.model.type) return experiment
  if (type === 'tabular') {
    return {
      ...experiment,
      label: standardized(experiment.label, true),
      model: { type: 'tabular', hiddenUnits: [32], activation: 'relu' },
    }
  }
  const pair = sides(experiment)
  if (!pair) return experiment
  const [item, user] = pair
  return {
    ...experiment,
    label: standardized(experiment.label, false),
    columns: [item, { ...user, dimension: item.dimension }],
    model: {
      type: 'dotProduct',
      user: categoricalName(user.categorical),
      item: categoricalName(item.categorical),
      biases: true,
    },
  }
}

function standardized(label: Label, standardize: boolean): Label {
  if (label.task !== 'regression') return label
  return { ...label, targets: label.targets.map((target) => ({ ...target, standardize })) }
}
