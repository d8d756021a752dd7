import type { CategoricalColumn } from './experiment'

/**
 * TensorFlow's `weighted_categorical_column`: every value of a row counts as much as the number beside it, under `weightKey`. Throws a RangeError
 * for a column that has weights already.
 */
export function weightedCategoricalColumn<C extends CategoricalColumn>(
  categorical: C,
  weightKey: string,
): C & { weightKey: string } {
  if (categorical.weightKey !== undefined)
    throw new RangeError(`The column is weighted by '${categorical.weightKey}' already`)
  return { ...categorical, weightKey }
}
