import type { EncodedData } from '../columns/sparseBatch'
import { categoricalName } from '../experiment/columnName'
import type { CategoricalColumn } from '../experiment/experiment'

/** Where a categorical column is in `EncodedData.categorical`. */
export function categoricalPosition({ categorical }: EncodedData, column: CategoricalColumn): number {
  const name = categoricalName(column)
  const position = categorical.findIndex((encoded) => encoded.name === name)
  if (position < 0) throw new Error(`Column ${name} is in the experiment but was not encoded.`)
  return position
}
