import { columnValues, findColumn } from '../columns/columnValues'
import { encodeSimple } from '../columns/simpleColumn'
import type { DataSet, Entity } from '../data/table'
import type { ColumnSummary } from '../experiment/dataSummary'
import type { CategoricalColumn, SimpleCategoricalColumn } from '../experiment/experiment'

/** One key of a categorical column: the column itself, or a key of a cross. */
export interface ColumnPart {
  key: string
  /** How the key is bucketed; null: a plain key of a cross. */
  column: SimpleCategoricalColumn | null
  /** By row: number of the value (or range) it holds; -1 = missing. */
  codes: Int32Array
  label: (code: number) => string
  meaning: ColumnSummary['meaning']
  unit: string | null
  /** What is known of the things that the values name; null for ranges. */
  entity: Entity | null
}

export function columnParts(categorical: CategoricalColumn, dataSet: DataSet): ColumnPart[] {
  const keys = categorical.type === 'crossed' ? categorical.keys : [categorical]
  return keys.map((key) => (typeof key === 'string' ? plainPart(key, dataSet) : simplePart(key, dataSet)))
}

/** The columns of the data that a categorical column reads. */
export function keysOf(categorical: CategoricalColumn): string[] {
  if (categorical.type !== 'crossed') return [categorical.key]
  return categorical.keys.map((key) => (typeof key === 'string' ? key : key.key))
}

function plainPart(key: string, dataSet: DataSet): ColumnPart {
  const values = columnValues(findColumn(dataSet.table, key))
  return { key, column: null, codes: values.codes, label: (code) => values.texts[code]!, ...facts(key, dataSet) }
}

function simplePart(column: SimpleCategoricalColumn, dataSet: DataSet): ColumnPart {
  if (column.type === 'vocabularyList' && column.split) {
    // A row holds several words: no row says what one of them is.
    const codes = new Int32Array(dataSet.table.rowCount).fill(-1)
    return { key: column.key, column, codes, label: () => '', unit: null, meaning: null, entity: null }
  }
  const { codes, label } = encodeSimple(column, dataSet.table)
  const known = facts(column.key, dataSet)
  const ranges = column.type === 'bucketized'
  return {
    key: column.key,
    column,
    codes,
    label,
    unit: known.unit,
    meaning: ranges ? null : known.meaning,
    entity: ranges ? null : known.entity,
  }
}

function facts(key: string, { summary, entities }: DataSet): Pick<ColumnPart, 'meaning' | 'unit' | 'entity'> {
  const column = summary.columns.find((candidate) => candidate.name === key)
  return {
    meaning: column?.meaning ?? null,
    unit: column?.unit ?? null,
    entity: entities.find((candidate) => candidate.column === key) ?? null,
  }
}
