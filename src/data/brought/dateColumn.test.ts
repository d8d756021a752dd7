import { describe, expect, it } from 'vitest'
import { type Column, DataError } from '../table'
import { type DateOrder, deriveDate, deriveTimestamp } from './dateColumn'
import { dayOfWeek, parseDate } from './writtenDate'

function column(texts: string[]): Extract<Column, { type: 'string' }> {
  const values = [...new Set(texts)]
  return { name: 'when', type: 'string', values, codes: Int32Array.from(texts, (text) => values.indexOf(text)) }
}

function derive(texts: string[], order: DateOrder | null = null) {
  const derived = deriveDate(column(texts), order, (row) => row + 2, 'x.csv')
  if (derived === null) return null
  const parts = derived.columns.map(({ column }) => [column.name, column.type === 'string' ? [] : [...column.values]])
  return { ...Object.fromEntries(parts), ambiguous: derived.ambiguous, warnings: derived.warnings }
}

describe('dates', () => {
  it('knows the day of the week of any date, Monday = 0', () => {
    for (let day = 0; day < 40_000; day += 13) {
      const date = new Date(Date.UTC(1950, 0, 1 + day))
      expect(dayOfWeek(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(
        (date.getUTCDay() + 6) % 7,
      )
    }
  })

  it('reads ISO dates and keeps the hour as written, whatever the time zone', () => {
    const texts = [
      '2012-10-02 09:00:00',
      '2012-10-02T23:59',
      '2012-10-02T00:30:00Z',
      '2012-10-02T05:00:00.123+02:00',
      '2012/10/2 7:05',
    ]
    expect(derive(texts)).toEqual({
      when_day: [1, 1, 1, 1, 1],
      when_hour: [9, 23, 0, 5, 7],
      when_month: [10, 10, 10, 10, 10],
      ambiguous: false,
      warnings: [],
    })
  })

  it('infers day first or month first from one value above 12', () => {
    expect(derive(['01/02/2020', '13/02/2020'])).toMatchObject({ when_month: [2, 2], ambiguous: false })
    expect(derive(['01/02/2020', '02.13.20', '1-2-2020'])).toMatchObject({ when_month: [1, 2, 1], ambiguous: false })
  })

  it('flags dates whose order nothing settles, and reads them as told', () => {
    expect(derive(['03/04/2020'])).toMatchObject({ when_month: [4], when_day: [4], ambiguous: true })
    expect(derive(['03/04/2020'], 'monthFirst')).toMatchObject({ when_month: [3], when_day: [2], ambiguous: true })
  })

  it('does not let an answer overrule what the values prove', () => {
    expect(derive(['13/02/2020'], 'monthFirst')).toMatchObject({ when_month: [2], ambiguous: false })
  })

  it('refuses a column that mixes both orders, naming both rows', () => {
    expect(() => derive(['01/02/2020', '13/02/2020', '02/13/2020'])).toThrow(
      'Column when mixes two orders of day and month: "13/02/2020" in row 3 can only be day first, "02/13/2020" in row 4 only month first.',
    )
    expect(() => derive(['13/02/2020', '02/13/2020'])).toThrow(DataError)
  })

  it('reads 12-hour times', () => {
    const texts = ['1/13/2020 12:15 AM', '1/13/2020 12:15 PM', '1/13/2020 1:00:00 pm', '1/13/2020 11:59 a.m.']
    expect(derive(texts)).toMatchObject({ when_hour: [0, 12, 13, 11] })
    expect(parseDate('1/13/2020 13:00 PM')).toBeNull()
  })

  it('puts two-digit years where POSIX does', () => {
    expect(parseDate('31.12.68')?.year).toBe(2068)
    expect(parseDate('31.12.69')?.year).toBe(1969)
  })

  it('derives no hour where there is no time', () => {
    expect(Object.keys(derive(['2020-01-01', '2020-01-02 00:00'])!)).not.toContain('when_hour')
  })

  it('has no days that the calendar has not', () => {
    for (const text of [
      '2019-02-29',
      '2020-13-01',
      '31.04.2020',
      '2020-01-01 24:00',
      '2020-01-01 10:60',
      '2020-01/01',
    ]) {
      expect(parseDate(text)).toBeNull()
    }
    expect(parseDate('2020-02-29')).not.toBeNull()
  })

  it('reads a few values that are no dates as missing and names the first row; texts stay texts', () => {
    const dates = Array.from({ length: 40 }, (_, i) => `2020-01-${String((i % 28) + 1).padStart(2, '0')}`)
    const derived = derive([...dates, 'soon'])
    expect(derived?.warnings).toEqual([
      'when: 1 value is not a date and is read as missing, the first "soon" in row 42.',
    ])
    expect(derived?.when_day.at(-1)).toBeNaN()
    expect(derive(['2020-01-01', 'soon', 'later'])).toBeNull()
    expect(derive(['a', 'b'])).toBeNull()
  })

  it('reads Unix seconds and milliseconds only in a column named like a time', () => {
    const at = (name: string, value: number) =>
      deriveTimestamp({ name, type: 'integer', values: Float64Array.of(value, Number.NaN) })
    const hours = (derived: ReturnType<typeof at>) =>
      derived?.columns.map(({ column }) => column.type !== 'string' && column.values[0])
    expect(hours(at('timestamp', 964_982_703))).toEqual([6, 18, 7])
    expect(hours(at('created_at', 964_982_703_000))).toEqual([6, 18, 7])
    expect(at('amount', 964_982_703)).toBeNull()
    expect(at('time', 12)).toBeNull()
  })
})
