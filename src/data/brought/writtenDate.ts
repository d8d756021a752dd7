/** A date as it was written, before the order of day and month is settled. */
export interface WrittenDate {
  year: number
  /** `yearFirst`: a is the month, b the day. `open`: which of a and b is the day depends on the column. */
  order: 'yearFirst' | 'open'
  a: number
  b: number
  /** Local hour as written (a time zone after it does not shift it); null without a time. */
  hour: number | null
}

const TIME = String.raw`(?:[T ,]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?(?:\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?)?`
const YEAR_FIRST = new RegExp(String.raw`^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})${TIME}$`)
const YEAR_LAST = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})${TIME}$`)
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * ISO dates (with T, seconds, Z or offset), and day/month or month/day dates with `/`, `.` or `-`, two-digit years (69–99 are
 * 19xx, as POSIX has it), 24-hour or AM/PM times. Null for anything else, and for days that no calendar has.
 */
export function parseDate(text: string): WrittenDate | null {
  return parseCanonical(text) ?? parseAny(text)
}

/** `2012-10-02`, alone or with ` 09:00` or `T09:00:00`: the usual form, several times faster than the general one. */
function parseCanonical(text: string): WrittenDate | null {
  const { length } = text
  if ((length !== 10 && length !== 16 && length !== 19) || text[4] !== '-' || text[7] !== '-') return null
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  if (Number.isNaN(year) || !isDay(year, month, day)) return null
  if (length === 10) return { year, order: 'yearFirst', a: month, b: day, hour: null }
  const hour = twoDigits(text, 11)
  if ((text[10] !== ' ' && text[10] !== 'T') || text[13] !== ':' || !(hour < 24) || !(twoDigits(text, 14) < 60))
    return null
  if (length === 19 && (text[16] !== ':' || !(twoDigits(text, 17) <= 60))) return null
  return { year, order: 'yearFirst', a: month, b: day, hour }
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48
  const ones = text.charCodeAt(at + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

function parseAny(text: string): WrittenDate | null {
  const iso = YEAR_FIRST.exec(text)
  const match = iso ?? YEAR_LAST.exec(text)
  if (match === null) return null
  const hour = hourOf(match)
  if (hour === undefined) return null
  if (iso !== null) {
    const date: WrittenDate = { year: Number(iso[1]), order: 'yearFirst', a: Number(iso[3]), b: Number(iso[4]), hour }
    return isDay(date.year, date.a, date.b) ? date : null
  }
  const [, first, , second, yearText = ''] = match
  const short = Number(yearText)
  const year = yearText.length === 4 ? short : short + (short < 69 ? 2000 : 1900)
  const a = Number(first)
  const b = Number(second)
  return isDay(year, a, b) || isDay(year, b, a) ? { year, order: 'open', a, b, hour } : null
}

/** undefined: no such time. */
function hourOf(match: RegExpExecArray): number | null | undefined {
  const [, , , , , hourText, minuteText, secondText, half] = match
  if (hourText === undefined) return null
  const hour = Number(hourText)
  if (Number(minuteText) > 59 || Number(secondText ?? 0) > 60) return undefined
  if (half === undefined) return hour < 24 ? hour : undefined
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0)
}

function isDay(year: number, month: number, day: number): boolean {
  if (!(month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1]!)) return false
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))
}

/** Monday = 0. Sakamoto's method: exact for the Gregorian calendar, without a Date object per value. */
export function dayOfWeek(year: number, month: number, day: number): number {
  const offsets = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
  const y = month < 3 ? year - 1 : year
  const sundayFirst =
    (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + offsets[month - 1]! + day) % 7
  return (sundayFirst + 6) % 7
}

export function validDay(date: WrittenDate, dayFirst: boolean): { month: number; day: number } | null {
  const [month, day] = date.order === 'yearFirst' || !dayFirst ? [date.a, date.b] : [date.b, date.a]
  return isDay(date.year, month, day) ? { month, day } : null
}
