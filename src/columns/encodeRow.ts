import { type Column, DataError, type DataSet, type Table } from '../data/table'
import type { CategoricalColumn, Experiment, SimpleCategoricalColumn } from '../experiment/experiment'
import type { ColumnCache } from './columnCache'
import { columnValues, findColumn } from './columnValues'
import { encodeCategorical, ownPlaces, wordsOfColumn } from './encodeColumn'
import { categoricalColumns, numericScalings } from './encodeData'
import { transformNumbers } from './scaling'
import type { SparseBatch } from './sparseBatch'

/**
 * One row written by hand, as the model of `experiment` reads it: the vocabularies and scalings are those of the data set. `values`
 * holds a text per key of the data; an absent or empty one is a missing value. Labels are 0. Throws a DataError for text where a number is needed.
 */
export function encodeRow(
  dataset: DataSet,
  experiment: Experiment,
  values: Record<string, string>,
  cache: ColumnCache,
): SparseBatch {
  const row: Table = {
    name: dataset.table.name,
    rowCount: 1,
    columns: dataset.table.columns.map((column) => cellOf(column, values[column.name] ?? '')),
  }
  const categorical = categoricalColumns(experiment).map((column) => {
    const { ids, offsets, weights } = encodeCategorical(fixVocabulary(column, dataset.table), row)
    return { ids, offsets, ...(weights && { weights }) }
  })
  const dense = numericScalings(dataset, experiment, cache).map(({ name, scaling }) => {
    const number = transformNumbers(findColumn(row, name), scaling.transform)[0]!
    return Number.isNaN(number) ? scaling.fill : (number - scaling.mean) / scaling.deviation
  })
  const outputs = experiment.label.task === 'regression' ? experiment.label.targets.length : 1
  return { size: 1, categorical, dense: Float32Array.from(dense), labels: new Float32Array(outputs) }
}

function cellOf(column: Column, text: string): Column {
  const { name } = column
  if (column.type === 'string') {
    return { name, type: 'string', values: text === '' ? [] : [text], codes: Int32Array.of(text === '' ? -1 : 0) }
  }
  const number = text === '' ? Number.NaN : Number(text)
  if (text !== '' && !(column.type === 'integer' ? Number.isInteger(number) : Number.isFinite(number))) {
    const wanted = column.type === 'integer' ? 'a whole number' : 'a number'
    throw new DataError(`'${text}' for '${name}' is not ${wanted}.`, { column: name })
  }
  return { name, type: column.type, values: Float64Array.of(number) }
}

/** The same column with its vocabulary written out, so that it means the same for one row as for the whole table. */
function fixVocabulary(column: CategoricalColumn, table: Table): CategoricalColumn {
  if (column.type !== 'crossed') return fixSimple(column, table)
  const keys = column.exact ? ownPlaces(column) : column.keys
  return { ...column, keys: keys.map((key) => (typeof key === 'string' ? key : fixSimple(key, table))) }
}

function fixSimple(column: SimpleCategoricalColumn, table: Table): SimpleCategoricalColumn {
  if (column.type !== 'vocabularyList' || column.vocabulary !== 'data') return column
  const split = wordsOfColumn(column, table)
  if (split) return { ...column, vocabulary: split.words.values }
  const { texts, integers } = columnValues(findColumn(table, column.key))
  const isAbsent = (text: string, code: number) => (integers ? integers[code] === -1 : text === '')
  return { ...column, vocabulary: texts.filter((text, code) => !isAbsent(text, code)) }
}
