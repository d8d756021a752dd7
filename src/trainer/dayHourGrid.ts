import { columnValues, findColumn } from '../columns/columnValues'
import type { EncodedColumn } from '../columns/encodedColumn'
import type { EncodedData } from '../columns/sparseBatch'
import type { DataSet } from '../data/table'
import { categoricalName, tableName } from '../experiment/columnName'
import type { DenseColumn, Experiment } from '../experiment/experiment'
import type { ResidentTrainable } from '../model/trainable'
import type { ObservedGrid } from '../protocol/trainer'
import { keysOf } from './columnParts'
import { toUnits } from './labelUnits'

const HOURS = 24
const CELLS = 7 * HOURS

/** The week as a sheet of 7 days × 24 hours: what the training rows hold, and what the model says. */
export interface DayHourGrid {
  observed: ObservedGrid
  /** [targets × 7 × 24] in the units of the data, NaN for an hour of which there is no row; null when the model also reads other columns. */
  predict(model: ResidentTrainable): Promise<Float32Array<ArrayBuffer>> | null
}

/** null when the label is no regression, or the data has no day of week and hour of day. */
export function createDayHourGrid(experiment: Experiment, dataSet: DataSet, encoded: EncodedData): DayHourGrid | null {
  const columns = findDayAndHour(experiment, dataSet)
  if (!columns || encoded.label.task !== 'regression') return null
  const { day, hour } = columns
  const cells = cellsOfRows(dataSet, day, hour)
  const cellRows = new Int32Array(CELLS).fill(-1)
  for (let row = cells.length - 1; row >= 0; row--) if (cells[row]! >= 0) cellRows[cells[row]!] = row
  const readsOnlyTheWeek = experiment.columns.every((column) =>
    keysRead(column).every((key) => key === day || key === hour),
  )
  return {
    observed: {
      ...observe(encoded, cells),
      dayColumn: day,
      hourColumn: hour,
      readsOnlyTheWeek,
      tableRows: rowsOfTables(experiment, encoded, cellRows, [day, hour]),
    },
    // A model that reads nothing else gives all rows of a cell the same answer, so any row of it will do.
    predict: (model) => (readsOnlyTheWeek ? predictCells(model, encoded, cellRows) : null),
  }
}

function keysRead(column: DenseColumn): string[] {
  return column.type === 'numeric' ? [column.key] : keysOf(column.categorical)
}

/** The pair that the experiment reads, or else the first; both from the same date where they come from dates. */
function findDayAndHour({ columns }: Experiment, { summary }: DataSet): { day: string; hour: string } | null {
  const read = new Set(columns.flatMap(keysRead))
  const find = (meaning: 'dayOfWeek' | 'hourOfDay', derivedFrom?: string | null) => {
    const fitting = summary.columns.filter(
      (column) => column.meaning === meaning && (derivedFrom === undefined || column.derivedFrom === derivedFrom),
    )
    return fitting.find(({ name }) => read.has(name)) ?? fitting[0]
  }
  const hour = find('hourOfDay')
  const day = hour && find('dayOfWeek', hour.derivedFrom)
  return day ? { day: day.name, hour: hour.name } : null
}

/** By row: day · 24 + hour; -1 where one is missing or out of range. */
function cellsOfRows({ table }: DataSet, day: string, hour: string): Int32Array {
  const days = columnValues(findColumn(table, day))
  const hours = columnValues(findColumn(table, hour))
  return days.codes.map((dayCode, row) => {
    const d = Number(days.texts[dayCode])
    const h = Number(hours.texts[hours.codes[row]!])
    return d >= 0 && d < 7 && h >= 0 && h < HOURS ? d * HOURS + h : -1
  })
}

function observe({ label, trainRows }: EncodedData, cells: Int32Array) {
  const { outputs } = label
  const counts = new Uint32Array(CELLS)
  const sums = new Float64Array(outputs * CELLS)
  for (const row of trainRows) {
    const cell = cells[row]!
    if (cell < 0) continue
    counts[cell]!++
    for (let t = 0; t < outputs; t++) sums[t * CELLS + cell]! += label.values[row * outputs + t]!
  }
  const values = Float32Array.from(sums, (sum, i) =>
    toUnits(sum / counts[i % CELLS]!, label.scaling[Math.floor(i / CELLS)]!),
  )
  return { targets: label.names.map((name, t) => ({ name, unit: label.units[t] ?? null })), values, counts }
}

function rowsOfTables({ columns }: Experiment, encoded: EncodedData, cellRows: Int32Array, keys: [string, string]) {
  const tableRows: Record<string, Int32Array> = {}
  for (const column of columns) {
    if (column.type !== 'embedding') continue
    const read = new Set(keysOf(column.categorical))
    if (read.size !== 2 || !keys.every((key) => read.has(key))) continue
    const name = categoricalName(column.categorical)
    const ids = encoded.categorical.find((candidate) => candidate.name === name)
    if (ids) tableRows[tableName(column)] ??= cellRows.map((row) => (row < 0 ? -1 : firstId(ids, row)))
  }
  return tableRows
}

/** First bucket that a row looks up; -1 = none. */
export function firstId({ ids, offsets }: EncodedColumn, row: number): number {
  if (!offsets) return ids[row]!
  return offsets[row]! < offsets[row + 1]! ? ids[offsets[row]!]! : -1
}

async function predictCells(model: ResidentTrainable, encoded: EncodedData, cellRows: Int32Array) {
  const { outputs, scaling } = encoded.label
  const known = cellRows.filter((row) => row >= 0)
  const predicted = await model.predictRows(Uint32Array.from(known))
  const values = new Float32Array(outputs * CELLS).fill(Number.NaN)
  let at = 0
  cellRows.forEach((row, cell) => {
    if (row < 0) return
    for (let t = 0; t < outputs; t++) values[t * CELLS + cell] = toUnits(predicted[at * outputs + t]!, scaling[t]!)
    at++
  })
  return values
}
