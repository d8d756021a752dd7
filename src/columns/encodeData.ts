import { DataError, type DataSet, type Table } from '../data/table'
import { categoricalName, columnName } from '../experiment/columnName'
import type { CategoricalColumn, Experiment, NumericColumn } from '../experiment/experiment'
import type { WatchListSpec } from '../experiment/watchList'
import { type ColumnCache, createColumnCache } from './columnCache'
import { encodeCategorical } from './encodeColumn'
import type { EncodedColumn } from './encodedColumn'
import { encodeLabel, type SplitLabel } from './encodeLabel'
import { type EncodedNumeric, encodeNumeric } from './encodeNumeric'
import type { EncodedData } from './sparseBatch'
import { encodeWatchLists } from './watchLists'

/**
 * Everything the model reads of a data set, split from the experiment's seed. Throws a DataError for data that a column or the label
 * cannot hold. What `cache` holds of an earlier call is shared with it, so the result must not be written to.
 */
export function encodeData(
  dataset: DataSet,
  experiment: Experiment,
  cache: ColumnCache = createColumnCache(0),
): EncodedData {
  if (experiment.model.type === 'watchList') return encodeLists(dataset, experiment, experiment.model, cache)
  const { label, trainRows, validationRows } = splitLabel(dataset, experiment, cache)
  return {
    rowCount: dataset.table.rowCount,
    categorical: categoricalColumns(experiment).map((column) => encodeCached(dataset, column, cache)),
    numeric: numericColumns(experiment)
      .map((column) => encodeNumericCached(dataset, experiment, column, trainRows, cache))
      .map(({ name, values }) => ({ name, values })),
    label,
    trainRows,
    validationRows,
  }
}

function encodeLists(dataset: DataSet, experiment: Experiment, model: WatchListSpec, cache: ColumnCache): EncodedData {
  const [column] = categoricalColumns(experiment)
  if (!column) throw new DataError('A watch list needs an embedding column of the items on it.')
  const { label, split } = experiment
  const { user, order, liked, length } = model
  const own = encodeCached(dataset, column, cache)
  const key = `${tableNumber(dataset.table)} lists ${JSON.stringify([column, label, split, user, order, liked, length])}`
  const { column: bags, ...rest } = cache.get(
    key,
    () => encodeWatchLists(dataset, own, model, { label, split }),
    ({ column: { ids }, lists }) => ids.byteLength + 4 * lists.starts.byteLength + lists.items.byteLength,
  )
  return { rowCount: dataset.table.rowCount, categorical: [bags], numeric: [], ...rest }
}

/** The distinct categorical columns of an experiment, sorted by name. Two that share a name must be the same column (`checkExperiment`). */
export function categoricalColumns(experiment: Experiment): CategoricalColumn[] {
  const byName = new Map<string, CategoricalColumn>()
  for (const column of experiment.columns) {
    if (column.type !== 'numeric') byName.set(categoricalName(column.categorical), column.categorical)
  }
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, column]) => column)
}

/** The numeric columns of an experiment, sorted by name: the order of `SparseBatch.dense`. */
export function numericColumns(experiment: Experiment): NumericColumn[] {
  return experiment.columns
    .filter((column) => column.type === 'numeric')
    .sort((a, b) => (columnName(a) < columnName(b) ? -1 : 1))
}

/** How each numeric column was scaled, in the order of `numericColumns`: for predicting a row by hand, and for exports. */
export function numericScalings(dataset: DataSet, experiment: Experiment, cache: ColumnCache): EncodedNumeric[] {
  const { trainRows } = splitLabel(dataset, experiment, cache)
  return numericColumns(experiment).map((column) => encodeNumericCached(dataset, experiment, column, trainRows, cache))
}

const tableNumbers = new WeakMap<Table, number>()
let tablesSeen = 0

/** Tells tables apart in keys of a cache: one file gives two tables when its dates are read in two orders. */
function tableNumber(table: Table): number {
  const number = tableNumbers.get(table) ?? ++tablesSeen
  tableNumbers.set(table, number)
  return number
}

function splitLabel(dataset: DataSet, { label, split }: Experiment, cache: ColumnCache): SplitLabel {
  const key = `${tableNumber(dataset.table)} label ${JSON.stringify([label, split])}`
  return cache.get(
    key,
    () => encodeLabel(dataset, label, split),
    (part) => part.label.values.byteLength + part.trainRows.byteLength + part.validationRows.byteLength,
  )
}

function encodeCached(dataset: DataSet, column: CategoricalColumn, cache: ColumnCache): EncodedColumn {
  const key = `${tableNumber(dataset.table)} column ${JSON.stringify(column)}`
  return cache.get(
    key,
    () => encodeCategorical(column, dataset.table),
    ({ ids, offsets, weights, buckets }) =>
      ids.byteLength + (offsets?.byteLength ?? 0) + (weights?.byteLength ?? 0) + buckets * 16,
  )
}

function encodeNumericCached(
  dataset: DataSet,
  { label, split }: Experiment,
  column: NumericColumn,
  trainRows: Uint32Array,
  cache: ColumnCache,
): EncodedNumeric {
  const key = `${tableNumber(dataset.table)} numeric ${JSON.stringify([column, label, split])}`
  return cache.get(
    key,
    () => encodeNumeric(column, dataset.table, trainRows),
    ({ values }) => values.byteLength,
  )
}
