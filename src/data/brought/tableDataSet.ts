import type { ColumnSummary } from '../../experiment/dataSummary'
import { ratingColumns } from '../../experiment/ratingColumns'
import type { Column, DataSet } from '../table'
import { type DateOrder, type DerivedDate, deriveDate, deriveTimestamp } from './dateColumn'
import type { RawTable } from './readDelimited'
import { repeatWarnings } from './repeatedRows'
import { sampleRows, summarizeColumn } from './summarizeColumn'

export interface Origin {
  /** As shown in messages and as the source. */
  file: string
  /** File name without its ending. */
  title: string
  fingerprint: string
}

export const YOURS = 'Your own file: it is read in this tab and never leaves this machine.'

/**
 * Types, dates, card: what makes a data set of the rows of a file. `onColumn` is called before each column is looked through.
 * Throws `DataError` for a column that mixes date orders.
 */
export function tableDataSet(
  raw: RawTable,
  origin: Origin,
  dateOrders: Record<string, DateOrder>,
  onColumn: () => void,
): DataSet {
  const warnings = [...raw.warnings]
  const columns: Column[] = []
  const summaries: ColumnSummary[] = []
  const taken = new Set(raw.columns.map((column) => column.name))
  for (const column of raw.columns) {
    onColumn()
    const derived = derive(column, dateOrders[column.name] ?? null, raw, origin.file)
    columns.push(column)
    summaries.push(summarizeColumn(column))
    if (derived === null) continue
    warnings.push(...derived.warnings)
    Object.assign(summaries.at(-1)!, {
      type: 'date',
      ambiguousDate: derived.ambiguous,
    } satisfies Partial<ColumnSummary>)
    for (const part of derived.columns) {
      // A file may bring a column of that name itself: its own stays.
      if (taken.has(part.column.name)) continue
      columns.push(part.column)
      summaries.push({ ...summarizeColumn(part.column), derivedFrom: column.name, meaning: part.meaning })
    }
  }
  warnings.push(...repeatWarnings(columns, summaries))
  return {
    table: { name: origin.file, rowCount: raw.rowCount, columns },
    summary: {
      name: origin.file,
      title: origin.title,
      fingerprint: origin.fingerprint,
      rowCount: raw.rowCount,
      columns: summaries,
      sampleRows: sampleRows(columns, raw.rowCount),
      nature: 'yours',
      natureText: YOURS,
      source: origin.file,
      licence: 'Yours, or that of whoever gave you the file.',
      kind: ratingColumns(summaries) === null ? 'table' : 'ratings',
      warnings,
    },
    entities: [],
  }
}

function derive(column: Column, order: DateOrder | null, raw: RawTable, file: string): DerivedDate | null {
  if (column.type === 'string') return deriveDate(column, order, raw.rowInFile, file)
  return column.type === 'integer' ? deriveTimestamp(column) : null
}

/**
 * The same data set with its ambiguous dates read in the given orders (by column), without reading the file again. Columns
 * keep their places; those that were not ambiguous stay as they are.
 */
export function applyDateOrders(dataSet: DataSet, dateOrders: Record<string, DateOrder>): DataSet {
  const columns = [...dataSet.table.columns]
  const summaries = [...dataSet.summary.columns]
  for (const [name, order] of Object.entries(dateOrders)) {
    const at = summaries.findIndex((summary) => summary.name === name && summary.ambiguousDate)
    const date = columns[at]
    if (date?.type !== 'string') continue
    const derived = deriveDate(date, order, (row) => row + 2, dataSet.summary.source)
    for (const part of derived?.columns ?? []) {
      const to = summaries.findIndex((summary) => summary.derivedFrom === name && summary.meaning === part.meaning)
      if (to < 0) continue
      columns[to] = part.column
      summaries[to] = { ...summarizeColumn(part.column), derivedFrom: name, meaning: part.meaning }
    }
  }
  const { rowCount } = dataSet.table
  return {
    ...dataSet,
    table: { ...dataSet.table, columns },
    summary: { ...dataSet.summary, columns: summaries, sampleRows: sampleRows(columns, rowCount) },
  }
}
