import type { ColumnCache } from '../columns/columnCache'
import { columnValues, findColumn } from '../columns/columnValues'
import { categoricalColumns } from '../columns/encodeData'
import { encodeRow } from '../columns/encodeRow'
import type { SparseBatch } from '../columns/sparseBatch'
import type { DataSet } from '../data/table'
import type { CategoricalColumn, Experiment } from '../experiment/experiment'
import { Refusal } from './refusal'

/**
 * One row by hand for a prediction: values by key, as text ('' = missing). Throws a `Refusal` for a category that the data does not hold (the
 * model never learned about it), a DataError for text where a number is needed.
 */
export function encodeAsked(
  values: Record<string, string>,
  experiment: Experiment,
  dataSet: DataSet,
  cache: ColumnCache,
): SparseBatch {
  for (const key of new Set(categoricalColumns(experiment).flatMap(categoryKeys))) {
    const text = values[key] ?? ''
    if (text === '') continue
    const { texts, integers } = columnValues(findColumn(dataSet.table, key))
    const known = integers ? integers.includes(Number(text)) : texts.includes(text)
    if (!known) throw new Refusal(`The data has no ${key} ‘${text}’, so the model never learned about it.`)
  }
  return encodeRow(dataSet, experiment, values, cache)
}

/** Keys read value by value; a bucketized number may be any. */
function categoryKeys(column: CategoricalColumn): string[] {
  // A number in ranges may be any, and a text may hold words that are known.
  const any = column.type === 'bucketized' || (column.type === 'vocabularyList' && column.split)
  if (column.type !== 'crossed') return any ? [] : [column.key]
  return column.keys.flatMap((key) => (typeof key === 'string' ? [key] : categoryKeys(key)))
}
