import type { EncodedData } from '../columns/sparseBatch'
import { categoricalName, columnName } from '../experiment/columnName'
import type { EmbeddingColumn, Experiment, ModelSpec } from '../experiment/experiment'
import { ModelError } from './modelError'

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
