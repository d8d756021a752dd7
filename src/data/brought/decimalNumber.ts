/** How a column writes its numbers: 1,234.5 (`point`) or 1.234,5 (`comma`). */
export type NumberStyle = 'point' | 'comma'

const POINT = 46
const COMMA = 44
const SPACE = 32
const ZERO = 48
/** The model computes in 32-bit floats: anything beyond would be infinite, and one such value make every mean infinite. */
const LARGEST = 3.4e38
const POWERS = Array.from({ length: 23 }, (_, i) => 10 ** i)

/**
 * The number that the bytes from `start` to `end` write, NaN when they write none. Thousands separators (the other of point and
 * comma) count only in groups of three. Exact: up to 15 digits the mantissa and the power of ten are both exact doubles, so one
 * division rounds right (Clinger 1990); anything longer, and exponents, go through JavaScript's own conversion. What no 32-bit float can hold (1e400) counts as no number.
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, style: NumberStyle): number {
  while (start < end && bytes[start] === SPACE) start++
  while (end > start && bytes[end - 1] === SPACE) end--
  const decimal = style === 'point' ? POINT : COMMA
  const group = style === 'point' ? COMMA : POINT
  let at = start
  const negative = bytes[at] === 45
  if (negative || bytes[at] === 43) at++
  let mantissa = 0
  let digits = 0
  /** Digits since the last thousands separator, -1 before the first. */
  let sinceGroup = -1
  let point = -1
  for (; at < end; at++) {
    const byte = bytes[at]!
    const digit = byte - ZERO
    if (digit >= 0 && digit <= 9) {
      mantissa = mantissa * 10 + digit
      digits++
      if (sinceGroup >= 0 && point < 0) sinceGroup++
    } else if (byte === decimal && point < 0) point = digits
    else if (byte === group && point < 0 && (sinceGroup < 0 ? digits >= 1 && digits <= 3 : sinceGroup === 3))
      sinceGroup = 0
    else if ((byte === 101 || byte === 69) && digits > 0) return parseText(bytes, start, end, style)
    else return Number.NaN
  }
  if (digits === 0 || (sinceGroup >= 0 && sinceGroup !== 3)) return Number.NaN
  if (digits > 15) return parseText(bytes, start, end, style)
  const value = point < 0 ? mantissa : mantissa / POWERS[digits - point]!
  return negative ? -value : value
}

function parseText(bytes: Uint8Array, start: number, end: number, style: NumberStyle): number {
  let text = ''
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!
    if (byte === (style === 'point' ? COMMA : POINT)) continue
    text += byte === COMMA ? '.' : String.fromCharCode(byte)
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return Number.NaN
  const value = Number(text)
  return Math.abs(value) > LARGEST ? Number.NaN : value
}

/** Which style the texts of a column prove; null when they prove none (whole numbers, or only groups of three digits). */
export function numberStyle(texts: string[]): NumberStyle | null {
  let point = 0
  let comma = 0
  for (const text of texts) {
    if (/^\s*[+-]?(\d{1,3}(,\d{3})+\.\d*|\d*\.(\d{1,2}|\d{4,})|\d{4,}\.\d+|0?\.\d+)\s*$/.test(text)) point++
    else if (/^\s*[+-]?(\d{1,3}(\.\d{3})+,\d*|\d*,(\d{1,2}|\d{4,})|\d{4,},\d+|0?,\d+)\s*$/.test(text)) comma++
  }
  if (point === comma) return null
  return point > comma ? 'point' : 'comma'
}
