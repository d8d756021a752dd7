import { DataError } from '../table'

/** How a text is cut into fields. */
export interface Dialect {
  /** One byte, or two for MovieLens' `::`. */
  separator: string
  /** Whether a field that begins with `"` is quoted (`""` inside stands for one). */
  quoted: boolean
}

/** One row of a file; arrays and bytes are reused for the next row. */
export interface ScannedRow {
  bytes: Uint8Array
  /** Field f is bytes[starts[f]] … bytes[ends[f] - 1], without its quotes. */
  starts: Int32Array
  ends: Int32Array
  count: number
  /** 1-based, the header counted as row 1; rows, not lines: a quoted field may hold line breaks. */
  number: number
  /** The file ended without a line break after this row. */
  unfinished: boolean
}

/** A row longer than this is taken for a quotation mark that was never closed, or for a file without lines. */
const LONGEST_ROW = 16 << 20
const UNCLOSED = 'a quotation mark is opened and not closed again'
const LINE_FEED = 10
const RETURN = 13
const SPACE = 32
const QUOTE = 34

/**
 * Cuts UTF-8 bytes into rows and fields without making a string: RFC 4180 with any separator, and `\n`, `\r\n` or `\r`.
 * Chunks may end anywhere. Throws `DataError` with row and column number for a quotation mark in the wrong place.
 */
export class RowScanner {
  private carry = new Uint8Array(0)
  private bytes = new Uint8Array(0)
  private escaped = new Uint8Array(64)
  /** Whether the row that is not all there ends within quotes. */
  private quoteIsOpen = false
  private readonly separator: number
  private readonly second: number
  private readonly row: ScannedRow = {
    bytes: this.bytes,
    starts: new Int32Array(64),
    ends: new Int32Array(64),
    count: 0,
    number: 0,
    unfinished: false,
  }

  constructor(
    private readonly dialect: Dialect,
    private readonly onRow: (row: ScannedRow) => void,
    private readonly file: string,
    /** For messages: what the fields of a row are called. May be filled in while rows are read. */
    private readonly names: string[] = [],
  ) {
    this.separator = dialect.separator.charCodeAt(0)
    this.second = dialect.separator.length > 1 ? dialect.separator.charCodeAt(1) : -1
  }

  push(chunk: Uint8Array): void {
    this.scan(join(this.carry, chunk), false)
    if (this.carry.length <= LONGEST_ROW) return
    this.fail(this.row.count + 1, this.quoteIsOpen ? UNCLOSED : 'there is no line break in 16 MB, so these are no rows')
  }

  /** After the last chunk: hands out a last row without line break. */
  end(): void {
    this.scan(this.carry, true)
  }

  private scan(bytes: Uint8Array<ArrayBuffer>, final: boolean): void {
    this.bytes = bytes
    this.row.bytes = bytes
    let at = 0
    while (at < bytes.length) {
      const next = this.scanRow(at, final)
      if (next < 0) break
      this.row.number++
      this.unescape()
      this.onRow(this.row)
      at = next
    }
    this.carry = bytes.slice(at)
  }

  /** Finds the fields of the row that begins at `at`; returns where the next row begins, -1 when this one is not all there. */
  private scanRow(at: number, final: boolean): number {
    const { bytes, separator, second } = this
    const { length } = bytes
    this.row.count = 0
    this.row.unfinished = false
    for (;;) {
      let end = at
      this.quoteIsOpen = this.dialect.quoted && this.quoteAt(at)
      if (this.quoteIsOpen) {
        end = this.scanQuoted(at, final)
        if (end < 0) return -1
      } else {
        while (end < length) {
          const byte = bytes[end]!
          if (byte === separator && (second < 0 || bytes[end + 1] === second)) break
          if (byte === LINE_FEED || byte === RETURN) break
          end++
        }
        if (end < length || final) this.field(at, end, 0)
      }
      if (end >= length) {
        this.row.unfinished = true
        return final ? length : -1
      }
      const byte = bytes[end]!
      if (byte === LINE_FEED) return end + 1
      if (byte === RETURN) {
        if (end + 1 === length) return final ? length : -1
        return bytes[end + 1] === LINE_FEED ? end + 2 : end + 1
      }
      at = end + (second < 0 ? 1 : 2)
    }
  }

  private quoteAt(at: number): boolean {
    while (this.bytes[at] === SPACE) at++
    return this.bytes[at] === QUOTE
  }

  /** Returns the position after a quoted field (a separator, a line break or the end), -1 when it is not all there. */
  private scanQuoted(at: number, final: boolean): number {
    const { bytes } = this
    const { length } = bytes
    while (bytes[at] === SPACE) at++
    let close = at + 1
    let escaped = 0
    for (;;) {
      while (close < length && bytes[close] !== QUOTE) close++
      if (close + 1 >= length && !final) return -1
      if (close >= length) this.fail(this.row.count + 1, UNCLOSED)
      if (bytes[close + 1] !== QUOTE) break
      escaped = 1
      close += 2
    }
    let end = close + 1
    while (bytes[end] === SPACE && this.separator !== SPACE) end++
    if (end >= length && !final) return -1
    if (end < length) {
      const byte = bytes[end]!
      if (byte !== this.separator && byte !== LINE_FEED && byte !== RETURN) {
        this.fail(this.row.count + 1, 'there is text after a closing quotation mark')
      }
    }
    this.field(at + 1, close, escaped)
    return end
  }

  private field(start: number, end: number, escaped: number): void {
    const { row } = this
    if (row.count === row.starts.length) {
      row.starts = doubled(row.starts, new Int32Array(row.count * 2))
      row.ends = doubled(row.ends, new Int32Array(row.count * 2))
      this.escaped = doubled(this.escaped, new Uint8Array(row.count * 2))
    }
    row.starts[row.count] = start
    row.ends[row.count] = end
    this.escaped[row.count] = escaped
    row.count++
  }

  /** Takes one of each pair of quotes out, in place, once the row is complete (an incomplete one is scanned again). */
  private unescape(): void {
    const { bytes, row } = this
    for (let f = 0; f < row.count; f++) {
      if (this.escaped[f] === 0) continue
      let to = row.starts[f]!
      for (let from = to; from < row.ends[f]!; from++) {
        bytes[to++] = bytes[from]!
        if (bytes[from] === QUOTE) from++
      }
      row.ends[f] = to
    }
  }

  private fail(field: number, what: string): never {
    const row = this.row.number + 1
    const column = this.names[field - 1] || `field ${field}`
    throw new DataError(`Row ${row.toLocaleString('en')}, ${column}: ${what}.`, { file: this.file, row, column })
  }
}

function join(first: Uint8Array, second: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(first.length + second.length)
  joined.set(first)
  joined.set(second, first.length)
  return joined
}

function doubled<T extends Int32Array | Uint8Array>(from: T, to: T): T {
  to.set(from)
  return to
}
