import type { Column, DataSet, Table } from '../data/table'
import type { DataSummary } from '../experiment/dataSummary'

/** A small table for tests: texts become dictionary columns, whole numbers integer columns, others numbers; null = missing. */
export function testTable(columns: Record<string, readonly (string | number | null)[]>): Table {
  const built = Object.entries(columns).map(([name, cells]) => testColumn(name, cells))
  return { name: 'test', rowCount: Object.values(columns)[0]?.length ?? 0, columns: built }
}

function testColumn(name: string, cells: readonly (string | number | null)[]): Column {
  if (cells.some((cell) => typeof cell === 'string')) {
    const values = [...new Set(cells.filter((cell) => cell !== null).map(String))]
    return { name, type: 'string', values, codes: Int32Array.from(cells, (cell) => values.indexOf(String(cell))) }
  }
  const numbers = cells.map((cell) => (cell === null ? Number.NaN : Number(cell)))
  return numbers.every((value) => Number.isInteger(value) || Number.isNaN(value))
    ? { name, type: 'integer', values: Float64Array.from(numbers) }
    : { name, type: 'number', values: Float32Array.from(numbers) }
}

/** The same as a data set. The unit of `sales` is euro. */
export function testDataSet(columns: Parameters<typeof testTable>[0]): DataSet {
  const table = testTable(columns)
  const summary: DataSummary = {
    name: 'test',
    title: 'Test',
    fingerprint: 'sha256-test',
    rowCount: table.rowCount,
    columns: table.columns.map(({ name, type }) => ({
      name,
      type,
      distinct: 0,
      missing: 0,
      min: null,
      max: null,
      samples: [],
      unit: name === 'sales' ? 'euro' : null,
      derivedFrom: null,
      meaning: null,
      ambiguousDate: false,
    })),
    sampleRows: [],
    nature: 'yours',
    natureText: '',
    source: '',
    licence: '',
    kind: 'table',
    warnings: [],
  }
  return { table, summary, entities: [] }
}
