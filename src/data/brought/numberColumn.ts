import { type NumberStyle, parseNumber } from './decimalNumber'
import { growingFloat64 } from './growingArray'
import { isMissing, toleratedBadValues } from './missingValue'
import { decodeUtf8 } from './textColumn'

/** A number column turned out to hold texts: the file is to be read again with this column as text. */
export class NotNumbers extends Error {
  constructor(readonly column: number) {
    super()
  }
}

/** A column of numbers as it is read. A value that is none is missing, remembered with the first row it was seen in. */
export class NumberColumn {
  bad = 0
  /** Position (0-based, among the rows of data) and text of the first value that is not a number. */
  firstBad: { row: number; text: string } | null = null
  private readonly values = growingFloat64()
  private whole = true
  private small = true
  private missing = false

  constructor(
    readonly name: string,
    private readonly position: number,
    private readonly style: NumberStyle,
  ) {}

  add(bytes: Uint8Array, start: number, end: number): void {
    const value = parseNumber(bytes, start, end, this.style)
    if (Number.isNaN(value)) this.addOther(bytes, start, end)
    else if (this.whole) {
      if (!Number.isInteger(value)) this.whole = false
      else if ((value | 0) !== value) this.small = false
    }
    this.values.push(value)
  }

  private addOther(bytes: Uint8Array, start: number, end: number): void {
    this.missing = true
    if (start === end) return
    const text = decodeUtf8(bytes.subarray(start, end))
    if (isMissing(text, true)) return
    this.bad++
    this.firstBad ??= { row: this.values.length, text: text.trim() }
    const read = this.values.length
    if (this.bad > 100 && this.bad > toleratedBadValues(read)) throw new NotNumbers(this.position)
  }

  /** Throws `NotNumbers` when too many values are none. */
  finish(): { type: 'integer'; values: Int32Array | Float64Array } | { type: 'number'; values: Float64Array } {
    const values = this.values.finish()
    if (this.bad > 0 && this.bad > toleratedBadValues(values.length)) throw new NotNumbers(this.position)
    if (this.whole && this.small && !this.missing) return { type: 'integer', values: Int32Array.from(values) }
    return { type: this.whole ? 'integer' : 'number', values }
  }
}
