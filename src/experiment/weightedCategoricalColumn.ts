import type { CategoricalColumn } from './experiment'

/** TensorFlow's `weighted_categorical_column`: every value of a row counts as much as the number beside it, under `weightKey`. */
export interface WeightedCategoricalColumn {
  type: 'weighted'
  categorical: CategoricalColumn
  weightKey: string
}

export function weightedCategoricalColumn(
  categorical: CategoricalColumn,
  weightKey: string,
): WeightedCategoricalColumn {
  return { type: 'weighted', categorical, weightKey }
}
