import { type Column, DataError } from '../table'
import type { RowInFile } from './dateColumn'
import { NotNumbers, NumberColumn } from './numberColumn'
import { RowScanner, type ScannedRow } from './rowScanner'
import { firstBytes, type SourceFile } from './sourceFile'
import { detectLayout, type TableLayout } from './tableLayout'
import { NotUtf8, TextColumn } from './textColumn'
import { detectEncoding, type Encoding, utf8Chunks } from './textEncoding'

/** Rows as they stand in the file; dates are still text. */
export interface RawTable {
  columns: Column[]
  rowCount: number
  warnings: string[]
  rowInFile: RowInFile
}

export type OnRead = (bytesRead: number, rows: number) => void

const SAMPLE_BYTES = 1 << 18

/**
 * Reads CSV, TSV and their kin. Types come from the first rows; when the rest of the file contradicts them (bytes that are no
 * UTF-8, a number column that holds texts) it is read once more with what is known by then. Throws `DataError`.
 */
export async function readDelimited(source: SourceFile, onRead: OnRead): Promise<RawTable> {
  const first = await firstBytes(source, SAMPLE_BYTES)
  if (first.length === 0) throw new DataError('The file is empty.', { file: source.shown })
  let encoding = detectEncoding(first)
  if (encoding === 'utf-8' && first.includes(0)) {
    throw new DataError('This is not a text file: save the table as CSV.', { file: source.shown })
  }
  const asText = new Set<number>()
  for (;;) {
    try {
      const layout = await readLayout(source, encoding)
      for (const column of asText) layout.styles[column] = null
      if (encoding === 'windows-1252') layout.warnings.push('The text is not valid UTF-8: it is read as windows-1252.')
      return await readRows(source, encoding, layout, onRead)
    } catch (error) {
      if (error instanceof NotUtf8 && encoding === 'utf-8') encoding = 'windows-1252'
      else if (error instanceof NotNumbers) asText.add(error.column)
      else throw error
    }
  }
}

async function readLayout(source: SourceFile, encoding: Encoding): Promise<TableLayout> {
  const parts: Uint8Array<ArrayBuffer>[] = []
  let length = 0
  let complete = true
  for await (const chunk of utf8Chunks(source, encoding)) {
    parts.push(chunk.slice())
    length += chunk.length
    if (length < SAMPLE_BYTES) continue
    complete = false
    break
  }
  const sample = new Uint8Array(await new Blob(parts).arrayBuffer())
  return detectLayout(sample, complete, source.shown)
}

async function readRows(
  source: SourceFile,
  encoding: Encoding,
  layout: TableLayout,
  onRead: OnRead,
): Promise<RawTable> {
  const collector = new RowCollector(layout, source)
  const scanner = new RowScanner(layout.dialect, (row) => collector.add(row), source.shown, layout.names)
  let bytesRead = 0
  const onBytes = (bytes: number) => {
    bytesRead = bytes
  }
  for await (const chunk of utf8Chunks(source, encoding, onBytes)) {
    scanner.push(chunk)
    onRead(bytesRead, collector.rowCount)
  }
  scanner.end()
  onRead(bytesRead, collector.rowCount)
  return collector.finish()
}

/** Puts the fields of scanned rows into columns, and sees to it that every row has as many as the header. */
class RowCollector {
  rowCount = 0
  private readonly columns: (NumberColumn | TextColumn)[]
  private readonly warnings: string[]
  /** Table rows before which a blank line was skipped. */
  private readonly blanks: number[] = []
  private trailingBlanks = 0

  constructor(
    private readonly layout: TableLayout,
    private readonly source: SourceFile,
  ) {
    this.warnings = [...layout.warnings]
    this.columns = layout.names.map((name, c) => {
      const style = layout.styles[c] ?? null
      return style === null ? new TextColumn(name, source.shown) : new NumberColumn(name, c, style)
    })
  }

  add(row: ScannedRow): void {
    if (row.number === 1 && this.layout.hasHeader) return
    const { columns } = this
    if (row.count === 1 && row.starts[0] === row.ends[0]) {
      this.trailingBlanks++
      return
    }
    for (; this.trailingBlanks > 0; this.trailingBlanks--) this.blanks.push(this.rowCount)
    if (row.count !== columns.length && !this.mend(row)) return
    const { bytes, starts, ends } = row
    for (let c = 0; c < columns.length; c++) columns[c]!.add(bytes, starts[c]!, ends[c]!)
    this.rowCount++
  }

  /** Whether a row of another length can be kept (only empty fields too many). A last row that is cut short is left out. */
  private mend(row: ScannedRow): boolean {
    const expected = this.columns.length
    if (row.count < expected && row.unfinished) {
      this.warnings.push(`The last row (${row.number.toLocaleString('en')}) is cut short and left out.`)
      return false
    }
    let extra = row.count > expected
    for (let f = expected; f < row.count; f++) if (row.starts[f] !== row.ends[f]) extra = false
    if (extra) return true
    const column = row.count < expected ? this.columns[row.count]!.name : null
    const fields = row.count === 1 ? '1 field' : `${row.count} fields`
    const why =
      column === null
        ? 'A value that holds the separator has to stand in quotation marks.'
        : `The first one missing is ${column}.`
    throw new DataError(
      `Row ${row.number.toLocaleString('en')} has ${fields}, but the ${this.layout.hasHeader ? 'header' : 'first row'} has ${expected}. ${why}`,
      { file: this.source.shown, row: row.number, column },
    )
  }

  finish(): RawTable {
    if (this.rowCount === 0)
      throw new DataError('The file has a header, but no rows below it.', { file: this.source.shown, row: 1 })
    if (this.rowCount === 1)
      throw new DataError(
        'The file has one row of values: it takes a second one, to check what was learned from the first.',
        {
          file: this.source.shown,
        },
      )
    const { blanks } = this
    if (blanks.length > 0) {
      const lines = blanks.length === 1 ? '1 blank line is' : `${blanks.length.toLocaleString('en')} blank lines are`
      this.warnings.push(`${lines} skipped.`)
    }
    const headerRows = this.layout.hasHeader && this.source.headerAdded !== true ? 1 : 0
    const rowInFile = (row: number) => row + 1 + headerRows + blanks.filter((before) => before <= row).length
    const columns = this.columns.map((column) => this.finishColumn(column, rowInFile))
    return { columns, rowCount: this.rowCount, warnings: this.warnings, rowInFile }
  }

  private finishColumn(column: NumberColumn | TextColumn, rowInFile: RowInFile): Column {
    if (column instanceof TextColumn) return { name: column.name, type: 'string', ...column.finish() }
    const numbers = column.finish()
    if (column.firstBad !== null) {
      const { row, text } = column.firstBad
      const what =
        column.bad === 1
          ? '1 value is not a number and is'
          : `${column.bad.toLocaleString('en')} values are not numbers and are`
      const where = `row ${rowInFile(row).toLocaleString('en')}`
      this.warnings.push(`${column.name}: ${what} read as missing, the first "${text}" in ${where}.`)
    }
    return { name: column.name, ...numbers }
  }
}
