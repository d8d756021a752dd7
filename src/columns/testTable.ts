import type { Column, Table } from '../data/table'

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
