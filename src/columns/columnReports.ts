import type { DataSet } from '../data/table'
import { categoricalName, columnName, tableName } from '../experiment/columnName'
import type { DenseColumn, EmbeddingColumn, Experiment } from '../experiment/experiment'
import { slotNumbers } from '../experiment/optimizerRules'
import type { ColumnReport } from '../protocol/trainer'
import { findColumn } from './columnValues'
import type { EncodedColumn } from './encodedColumn'
import type { EncodedData } from './sparseBatch'

const usedBuckets = new WeakMap<EncodedColumn, number>()

/**
 * What each dense column does to the data, in the order of the experiment. Parameters are those of the column itself: an embedding's
 * table; an indicator and a number have none (the layer that reads them has). Bytes count 32-bit weights with the optimizer's slots.
 * For a numeric column `droppedRows` counts missing numbers, which are read as the mean.
 */
export function columnReports(encoded: EncodedData, experiment: Experiment, dataset: DataSet): ColumnReport[] {
  return experiment.columns.map((column) => {
    const empty = { name: columnName(column), parameters: 0, bytes: 0 }
    if (column.type === 'numeric') {
      const droppedRows = countMissing(dataset, column.key)
      return { ...empty, buckets: 0, used: 0, colliding: 0, distinct: 0, droppedRows }
    }
    const name = categoricalName(column.categorical)
    const held = encoded.categorical.find((candidate) => candidate.name === name)!
    const { buckets, colliding, distinct, droppedRows } = held
    return {
      ...empty,
      ...sizeOf(column, buckets, experiment),
      buckets,
      used: countUsed(held),
      colliding,
      distinct,
      droppedRows,
    }
  })
}

function sizeOf(column: DenseColumn, buckets: number, { columns, optimizer }: Experiment) {
  if (column.type !== 'embedding' || isHeldBefore(column, columns)) return {}
  const parameters = buckets * column.dimension
  const state = column.trainable ? slotNumbers(optimizer, buckets, column.dimension) : 0
  return { parameters, bytes: 4 * (parameters + state) }
}

/** The table of a collection is counted at its first column. */
function isHeldBefore(column: EmbeddingColumn, columns: readonly DenseColumn[]): boolean {
  const table = tableName(column)
  return columns.find((one) => one.type === 'embedding' && tableName(one) === table) !== column
}

function countUsed(column: EncodedColumn): number {
  const known = usedBuckets.get(column)
  if (known !== undefined) return known
  const isUsed = new Uint8Array(column.buckets)
  let used = 0
  for (let i = 0; i < column.ids.length; i++) {
    const id = column.ids[i]!
    if (isUsed[id] === 1) continue
    isUsed[id] = 1
    used++
  }
  usedBuckets.set(column, used)
  return used
}

function countMissing({ table }: DataSet, key: string): number {
  const column = findColumn(table, key)
  if (column.type === 'string') return 0
  let missing = 0
  for (let row = 0; row < column.values.length; row++) if (Number.isNaN(column.values[row]!)) missing++
  return missing
}
