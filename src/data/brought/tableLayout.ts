import { DataError } from '../table'
import { type NumberStyle, numberStyle, parseNumber } from './decimalNumber'
import { isMissing, toleratedBadValues } from './missingValue'
import { type Dialect, RowScanner } from './rowScanner'
import { decodeUtf8 } from './textColumn'
import { parseDate } from './writtenDate'

/** What the beginning of a file says about the rest. */
export interface TableLayout {
  dialect: Dialect
  hasHeader: boolean
  names: string[]
  /** By column: how numbers are written in it, null = text. */
  styles: (NumberStyle | null)[]
  warnings: string[]
}

const SEPARATORS = [',', '\t', ';', '|']
const MOST_SAMPLE_ROWS = 1000

/** Reads the layout off the first part of a file (UTF-8; `complete`: that is all of it). Throws `DataError`, `NotUtf8`. */
export function detectLayout(sample: Uint8Array, complete: boolean, file: string): TableLayout {
  const { dialect, rows } = chooseDialect(sample, complete, file)
  const [first, ...rest] = rows
  if (first === undefined) throw new DataError('The file has no rows.', { file })
  const warnings: string[] = []
  const hasHeader = !looksLikeData(first)
  if (!hasHeader) warnings.push('The first row holds values, not names: the columns are called column_1, column_2, …')
  else if (rest.length === 0 && complete)
    throw new DataError('The file has a header, but no rows below it.', { file, row: 1 })
  const names = hasHeader ? repairNames(first, warnings) : first.map((_, i) => `column_${i + 1}`)
  if (names.length === 1) {
    throw new DataError(
      `The table has one column only, ${names[0]}: it takes a second one, to predict one from the other. Columns are separated by commas, tabs, semicolons or bars.`,
      { file, row: 1, column: names[0]! },
    )
  }
  const data = (hasHeader ? rest : rows).filter((row) => row.length === names.length)
  return { dialect, hasHeader, names, styles: columnStyles(data, names.length, dialect), warnings }
}

function chooseDialect(sample: Uint8Array, complete: boolean, file: string): { dialect: Dialect; rows: string[][] } {
  let best: { dialect: Dialect; rows: string[][]; score: number } | null = null
  let fault: unknown = null
  for (const separator of SEPARATORS) {
    // Tab-separated files often use no quotes at all, and then a title may well begin with one.
    for (const quoted of separator === '\t' ? [true, false] : [true]) {
      const dialect = { separator, quoted }
      try {
        const rows = sampleRows(sample, dialect, complete, file)
        const width = rows[0]?.length ?? 0
        if (width < 2) continue
        const even = rows.filter((row) => row.length === width).length / rows.length
        const score = even * even * Math.min(width, 20) ** 0.25
        if (best === null || score > best.score) best = { dialect, rows, score }
      } catch (error) {
        if (!(error instanceof DataError)) throw error
        fault ??= error
      }
    }
  }
  if (best !== null) return best
  if (fault !== null) throw fault
  const dialect = { separator: ',', quoted: true }
  return { dialect, rows: sampleRows(sample, dialect, complete, file) }
}

function sampleRows(sample: Uint8Array, dialect: Dialect, complete: boolean, file: string): string[][] {
  const rows: string[][] = []
  const names: string[] = []
  const scanner = new RowScanner(
    dialect,
    (row) => {
      if (rows.length >= MOST_SAMPLE_ROWS) return
      const fields = Array.from({ length: row.count }, (_, f) =>
        decodeUtf8(row.bytes.subarray(row.starts[f], row.ends[f])).trim(),
      )
      if (row.number === 1 && !looksLikeData(fields)) names.push(...fields)
      if (fields.length > 1 || fields[0] !== '') rows.push(fields)
    },
    file,
    names,
  )
  scanner.push(sample)
  if (complete) scanner.end()
  return rows
}

const encoder = new TextEncoder()

function numberOf(text: string, style: NumberStyle): number {
  const bytes = encoder.encode(text)
  return parseNumber(bytes, 0, bytes.length, style)
}

function looksLikeData(first: string[]): boolean {
  const isNumber = (text: string) => !Number.isNaN(numberOf(text, 'point')) || !Number.isNaN(numberOf(text, 'comma'))
  return (
    first.some(isNumber) && first.every((text) => isMissing(text, true) || isNumber(text) || parseDate(text) !== null)
  )
}

function repairNames(header: string[], warnings: string[]): string[] {
  const names: string[] = []
  header.forEach((name, i) => {
    const wanted = name === '' ? `column_${i + 1}` : name.slice(0, 200)
    let free = wanted
    for (let n = 2; names.includes(free); n++) free = `${wanted.slice(0, 190)}_${n}`
    if (name === '') warnings.push(`Column ${i + 1} has no name in the header: it is called ${free}.`)
    else if (free !== wanted)
      warnings.push(`The name ${name} stands more than once in the header: column ${i + 1} is called ${free}.`)
    names.push(free)
  })
  return names
}

function columnStyles(rows: string[][], columns: number, dialect: Dialect): (NumberStyle | null)[] {
  const texts = Array.from({ length: columns }, (_, c) =>
    rows.map((row) => row[c] ?? '').filter((text) => !isMissing(text, true)),
  )
  const proved = texts.map(numberStyle)
  // Where a semicolon separates, the comma is free for decimals: that is why such files exist.
  const commaByDefault = proved.includes('comma') || (dialect.separator === ';' && !proved.includes('point'))
  return texts.map((column, c) => {
    const style = proved[c] ?? (commaByDefault && dialect.separator !== ',' ? 'comma' : 'point')
    const bad = column.filter((text) => Number.isNaN(numberOf(text, style))).length
    const codes = column.some((text) => /^0\d+$/.test(text)) && !column.every((text) => /^\d{1,2}$/.test(text))
    return column.length === 0 || codes || bad > toleratedBadValues(column.length) ? null : style
  })
}
