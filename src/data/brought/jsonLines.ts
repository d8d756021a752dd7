import { DataError } from '../table'
import type { SourceFile } from './sourceFile'
import { detectEncoding, utf8Chunks } from './textEncoding'

const KEY_ROWS = 1000

/**
 * A file of JSON lines (one flat object a line) as the CSV that it could have been, line by line, so that types, dates and faults
 * are dealt with in one place. Columns are the keys of the first 1,000 rows; a key missing from a row is a missing value, a key
 * that comes up later is a `DataError`, as is a line that is no object. Nested values become their JSON.
 */
export async function jsonLinesAsCsv(source: SourceFile): Promise<SourceFile> {
  const keys = new Set<string>()
  let rows = 0
  for await (const { record } of records(source)) {
    for (const key of Object.keys(record)) keys.add(key)
    if (++rows === KEY_ROWS) break
  }
  if (keys.size === 0) throw new DataError('The file holds no JSON objects.', { file: source.shown })
  return { ...source, headerAdded: true, chunks: (onBytes) => csvChunks(source, [...keys], onBytes) }
}

async function* csvChunks(
  source: SourceFile,
  keys: string[],
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  const known = new Set(keys)
  let lines = `${keys.map(quoted).join(',')}\n`
  for await (const { record, row } of records(source, onBytes)) {
    for (const key of Object.keys(record)) {
      if (known.has(key)) continue
      throw new DataError(
        `Row ${row.toLocaleString('en')} has a key "${key}" that none of the first ${KEY_ROWS} rows has.`,
        {
          file: source.shown,
          row,
          column: key,
        },
      )
    }
    lines += `${keys.map((key) => quoted(textOf(record[key]))).join(',')}\n`
    if (lines.length < 1 << 16) continue
    yield encoder.encode(lines)
    lines = ''
  }
  yield encoder.encode(lines)
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

async function* records(
  source: SourceFile,
  onBytes?: (bytesRead: number) => void,
): AsyncGenerator<{ record: Record<string, unknown>; row: number }> {
  let row = 0
  for await (const line of textLines(source, onBytes)) {
    row++
    if (line.trim() === '') continue
    const record = parsed(line)
    if (record === null) {
      throw new DataError(`Row ${row.toLocaleString('en')} is not a JSON object.`, { file: source.shown, row })
    }
    yield { record, row }
  }
}

function parsed(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}

async function* textLines(source: SourceFile, onBytes?: (bytesRead: number) => void): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null
  let rest = ''
  for await (const chunk of utf8Chunks(source, 'utf-8', onBytes)) {
    decoder ??= new TextDecoder(detectEncoding(chunk))
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    yield* lines
  }
  rest += decoder?.decode() ?? ''
  if (rest !== '') yield rest
}
