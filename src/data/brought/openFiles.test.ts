import { fileURLToPath } from 'node:url'
import { gzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { fileFrom, i94Csv } from '../../../tests/sharedData'
import { type Column, DataError, type DataSet } from '../table'
import { openFiles } from './openFiles'
import { applyDateOrders } from './tableDataSet'

const encode = (text: string) => new TextEncoder().encode(text)
const file = (content: string | Uint8Array, name = 'x.csv') =>
  new File([typeof content === 'string' ? content : content.slice()], name)

function open(...files: File[]): Promise<DataSet> {
  return openFiles(files, { dateOrders: {}, onProgress: () => undefined })
}

/** Columns as plain values; null = missing. */
function plain({ table }: DataSet): Record<string, (string | number | null)[]> {
  const values = (column: Column) =>
    column.type === 'string'
      ? Array.from(column.codes, (code) => column.values[code] ?? null)
      : Array.from(column.values, (value) => (Number.isNaN(value) ? null : value))
  return Object.fromEntries(table.columns.map((column) => [column.name, values(column)]))
}

async function fault(...files: File[]) {
  try {
    await open(...files)
  } catch (error) {
    if (error instanceof DataError) return { message: error.message, ...error.where }
    throw error
  }
  throw new Error('The file was read without fault.')
}

const CITIES = 'city,temp,n\nZürich,12.5,3\n"Paris, France",-1,4\n'
const CITY_VALUES = { city: ['Zürich', 'Paris, France'], temp: [12.5, -1], n: [3, 4] }

describe('openFiles: tables', () => {
  it('reads text, numbers and whole numbers, and fills the card', async () => {
    const { table, summary } = await open(file(CITIES, 'cities.csv'))
    expect(table.columns.map((column) => column.type)).toEqual(['string', 'number', 'integer'])
    expect(summary).toMatchObject({
      name: 'cities.csv',
      title: 'cities',
      rowCount: 2,
      kind: 'table',
      nature: 'yours',
      sampleRows: [
        ['Zürich', '12.5', '3'],
        ['Paris, France', '-1', '4'],
      ],
      warnings: [],
    })
    expect(summary.columns[1]).toMatchObject({
      name: 'temp',
      distinct: 2,
      missing: 0,
      min: -1,
      max: 12.5,
      samples: ['12.5', '-1'],
    })
    expect(summary.natureText).toContain('never leaves this machine')
  })

  it('reads the same from any separator, encoding and packing', async () => {
    const utf16 = (text: string, little: boolean) => {
      const bytes = new Uint8Array(text.length * 2)
      const view = new DataView(bytes.buffer)
      for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), little)
      return bytes
    }
    const variants: Record<string, File> = {
      'byte order mark': file(`\uFEFF${CITIES}`),
      'no line break at the end, blank lines': file(`${CITIES}\r\n\r\n`),
      'Windows line breaks': file(CITIES.replaceAll('\n', '\r\n')),
      tabs: file('city\ttemp\tn\nZürich\t12.5\t3\nParis, France\t-1\t4', 'x.tsv'),
      bars: file('city|temp|n\nZürich|12.5|3\nParis, France|-1|4', 'x.txt'),
      'semicolons and decimal commas': file('city;temp;n\nZürich;12,5;3\nParis, France;-1;4\n'),
      'quoted decimal commas': file('city,temp,n\n"Zürich","12,5","3"\n"Paris, France","-1","4"\n'),
      'UTF-16 LE with mark': file(utf16(`\uFEFF${CITIES}`, true)),
      'UTF-16 BE with mark': file(utf16(`\uFEFF${CITIES}`, false)),
      'UTF-16 LE': file(utf16(CITIES, true)),
      'UTF-16 BE': file(utf16(CITIES, false)),
      gzip: file(gzipSync(encode(CITIES)), 'x.csv.gz'),
      'gzip in two members': file(
        new Uint8Array([...gzipSync(encode(CITIES.slice(0, 20))), ...gzipSync(encode(CITIES.slice(20)))]),
        'x.gz',
      ),
      zip: file(zipSync({ 'folder/README.txt': encode('About.'), 'folder/cities.csv': encode(CITIES) }), 'x.zip'),
      'JSON lines': file('{"city":"Zürich","temp":12.5,"n":3}\n{"n":4,"temp":-1,"city":"Paris, France"}\n', 'x.jsonl'),
    }
    for (const [name, variant] of Object.entries(variants)) {
      expect(plain(await open(variant)), name).toEqual(CITY_VALUES)
    }
  })

  it('takes points for thousands separators where a semicolon separates and nothing speaks against it', async () => {
    expect(plain(await open(file('a;b\n1;1.234\n2;2.345\n')))).toEqual({ a: [1, 2], b: [1234, 2345] })
    expect(plain(await open(file('a;b\n1.5;1.234\n2;3\n')))).toEqual({ a: [1.5, 2], b: [1.234, 3] })
  })

  it('falls back to windows-1252 for bytes that are no UTF-8, even late in the file, and says so', async () => {
    const rows = `${'a,1\n'.repeat(100_000)}Z\xFCrich \x80,2\n`
    const data = await open(file(Uint8Array.from(`city,n\n${rows}`, (c) => c.charCodeAt(0))))
    expect(plain(data).city?.at(-1)).toBe('Zürich €')
    expect(data.summary.warnings).toEqual(['The text is not valid UTF-8: it is read as windows-1252.'])
  })

  it('reads a number beyond all measure as missing, and says so', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => (i === 5 ? '1e400' : String(i)))
    const data = await open(file(`x,y\n${rows.map((row) => `${row},1\n`).join('')}`))
    expect(data.summary.columns[0]).toMatchObject({ name: 'x', missing: 1, max: 59 })
    expect(data.summary.warnings[0]).toContain('read as missing, the first "1e400" in row 7')
  })

  it('knows a file without a header', async () => {
    const data = await open(file('1,2012-01-01,5\n2,2012-01-02,6\n'))
    expect(plain(data)).toMatchObject({ column_1: [1, 2], column_3: [5, 6], column_2_day: [6, 0] })
    expect(data.summary.warnings[0]).toContain('The first row holds values')
  })

  it('repairs empty and repeated names, and says so', async () => {
    const data = await open(file('a,,a\n1,2,3\n4,5,6\n'))
    expect(Object.keys(plain(data))).toEqual(['a', 'column_2', 'a_2'])
    expect(data.summary.warnings).toHaveLength(2)
  })

  it('keeps quoted line breaks, and numbers that are codes', async () => {
    expect(plain(await open(file('note,zip\n"two\nlines",01234\nx,98765\n')))).toEqual({
      note: ['two\nlines', 'x'],
      zip: ['01234', '98765'],
    })
  })

  it('reads the usual words for a missing value', async () => {
    const data = plain(await open(file('t,x\na,1\n,NA\nNaN,\nnull,N/A\n?,?\n-,-\n')))
    expect(data).toEqual({ t: ['a', null, null, null, null, '-'], x: [1, null, null, null, null, null] })
  })

  it('reads a few bad numbers as missing, naming column and row; many make the column text', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => `${i},${i === 60 ? 'abc' : i}`)
    const data = await open(file(`id,x\n${rows.join('\n')}\n`))
    expect(plain(data).x?.[60]).toBeNull()
    expect(data.summary.warnings).toEqual([
      'x: 1 value is not a number and is read as missing, the first "abc" in row 62.',
    ])
    const text = await open(file(`id,x\n${'7,7\n'.repeat(5000)}${'1,abc\n'.repeat(50)}`))
    expect(text.summary.columns[1]).toMatchObject({ name: 'x', type: 'string', distinct: 2, missing: 0 })
  })

  it('counts repeated moments and says so', async () => {
    const data = await open(
      file(
        'at,sky,cars\n2020-01-01 05:00,rain,7\n2020-01-01 05:00,fog,7\n2020-01-01 06:00,rain,8\n2020-01-01 07:00,rain,9\n',
      ),
    )
    expect(data.summary.warnings[0]).toContain('1 row repeats the at of an earlier row with the same cars')
  })

  it('recognizes a table that looks like ratings', async () => {
    expect((await open(file('user_id,book,score\na,b,3\na,c,4\n'))).summary.kind).toBe('ratings')
  })

  it('tells progress, and the same content by the same fingerprint', async () => {
    const seen: number[] = []
    const onProgress = ({ bytesRead, bytesTotal }: { bytesRead: number; bytesTotal: number }) =>
      seen.push(bytesRead / bytesTotal)
    const { summary } = await openFiles([file(CITIES)], { dateOrders: {}, onProgress })
    expect(seen.at(-1)).toBe(1)
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', encode(CITIES)))
    expect(summary.fingerprint).toBe(`sha256-${Buffer.from(hash).toString('hex')}`)
    expect((await open(file(CITIES, 'other.csv'))).summary.fingerprint).toBe(summary.fingerprint)
    expect((await open(file(`${CITIES}x,1,1`))).summary.fingerprint).not.toBe(summary.fingerprint)
  })
})

describe('openFiles: dates', () => {
  const ambiguous = 'when,x\n03/04/2020 10:00,1\n05/06/2020 11:00,2\n'

  it('puts day, hour and month behind their date and marks it', async () => {
    const { summary } = await open(file('when,x\n2012-10-02 09:00:00,1\n2012-10-03 10:00:00,2\n'))
    expect(summary.columns.map(({ name, type, derivedFrom, meaning }) => [name, type, derivedFrom, meaning])).toEqual([
      ['when', 'date', null, null],
      ['when_day', 'integer', 'when', 'dayOfWeek'],
      ['when_hour', 'integer', 'when', 'hourOfDay'],
      ['when_month', 'integer', 'when', 'month'],
      ['x', 'integer', null, null],
    ])
  })

  it('asks about an ambiguous order, and takes the answer with or without reading again', async () => {
    const provisional = await open(file(ambiguous))
    expect(provisional.summary.columns[0]?.ambiguousDate).toBe(true)
    expect(plain(provisional).when_month).toEqual([4, 6])
    const answered = applyDateOrders(provisional, { when: 'monthFirst' })
    expect(plain(answered).when_month).toEqual([3, 5])
    expect(answered.summary.sampleRows[0]).toEqual(['03/04/2020 10:00', '2', '10', '3', '1'])
    const reread = await openFiles([file(ambiguous)], {
      dateOrders: { when: 'monthFirst' },
      onProgress: () => undefined,
    })
    expect(plain(reread)).toEqual(plain(answered))
    expect(plain(provisional).when_month).toEqual([4, 6])
  })

  it('reads the traffic of I-94, packed', async () => {
    const path = fileURLToPath(new URL('../../../tests/data/i94-traffic.csv.gz', import.meta.url))
    const { table, summary } = await open(await fileFrom(path))
    expect(table.rowCount).toBe(48_204)
    expect(summary.title).toBe('i94-traffic')
    expect(summary.columns.map(({ name, distinct }) => [name, distinct])).toEqual([
      ['date_time', 40_575],
      ['date_time_day', 7],
      ['date_time_hour', 24],
      ['date_time_month', 12],
      ['traffic_volume', 6704],
    ])
  })

  it.skipIf(i94Csv === null)('reads I-94 as it is', async () => {
    const { table, summary } = await open(await fileFrom(i94Csv ?? ''))
    expect(table.rowCount).toBe(48_204)
    const column = (name: string) => summary.columns.find((column) => column.name === name)
    expect(column('date_time')).toMatchObject({ type: 'date', distinct: 40_575, ambiguousDate: false })
    expect(column('date_time_hour')).toMatchObject({ distinct: 24, min: 0, max: 23, missing: 0 })
    expect(column('traffic_volume')).toMatchObject({ type: 'integer', min: 0, max: 7280, missing: 0 })
    expect(summary.warnings.join()).toContain('7,629 rows repeat the date_time')
  })
})

describe('openFiles: faults', () => {
  it('names file, row and column of a row with too few or too many fields', async () => {
    expect(await fault(file('a,b,c\n1,2,3\n4,5\n6,7,8\n'))).toEqual({
      message: 'Row 3 has 2 fields, but the header has 3. The first one missing is c.',
      file: 'x.csv',
      row: 3,
      column: 'c',
    })
    expect(await fault(file('a,b\n1,2\n\n"x\ny",5,6\n7,8\n'))).toMatchObject({ row: 4, column: null })
    const many = `a,b\n${'1,2\n'.repeat(50_000)}3\n4,5\n`
    expect(await fault(file(many))).toMatchObject({ row: 50_002, column: 'b' })
  })

  it('leaves out a last row that is cut short, and fields too many that are empty', async () => {
    const data = await open(file('a,b\n1,2\n3,4,\n5'))
    expect(plain(data)).toEqual({ a: [1, 3], b: [2, 4] })
    expect(data.summary.warnings).toEqual(['The last row (4) is cut short and left out.'])
  })

  it('names a quotation mark that is never closed', async () => {
    expect(await fault(file(`a,b\n${'1,2\n'.repeat(100_000)}3,"4\n5,6\n`))).toMatchObject({
      file: 'x.csv',
      row: 100_002,
      column: 'b',
    })
  })

  it('names the line that is no JSON, or has a new key', async () => {
    expect(await fault(file('{"a":1}\n{"a":\n', 'x.jsonl'))).toMatchObject({ file: 'x.jsonl', row: 2 })
    const late = `${'{"a":1}\n'.repeat(1000)}{"b":1}\n`
    expect(await fault(file(late, 'x.ndjson'))).toMatchObject({ row: 1001, column: 'b' })
  })

  it('counts the rows of JSON lines from the first', async () => {
    const rows = Array.from({ length: 100 }, (_, i) => JSON.stringify({ x: i === 60 ? 'abc' : i, y: 1 }))
    expect((await open(file(rows.join('\n'), 'x.jsonl'))).summary.warnings[0]).toContain('"abc" in row 61')
  })

  it('says in words what it cannot read', async () => {
    expect((await fault(file(''))).message).toContain('empty')
    expect((await fault(file('a,b\n'))).message).toContain('no rows below')
    expect((await fault(file('a,b\n1,2\n'))).message).toContain('one row of values')
    expect(await fault(file('city\nParis\nOslo\n'))).toMatchObject({
      message: expect.stringContaining('one column only, city: it takes a second one'),
      column: 'city',
    })
    expect(await fault(file('id,title\n1,a\n2,"b\n3,c\n'))).toMatchObject({ row: 3, column: 'title' })
    expect((await fault(file('PAR1xxxx', 'x.parquet'))).message).toContain('Parquet is not read yet')
    expect((await fault(file(zipSync({ 'xl/workbook.xml': encode('<x/>') }), 'x.xlsx'))).message).toContain(
      'save the sheet as CSV',
    )
    expect((await fault(file(gzipSync(encode(CITIES.repeat(500))).slice(0, 60), 'x.csv.gz'))).message).toContain(
      'damaged or cut short',
    )
    expect((await fault(file(CITIES), file(CITIES, 'y.csv'))).message).toContain(
      'Several tables at once (x.csv, y.csv)',
    )
    expect((await fault(file('<!DOCTYPE html><p>a,b', 'page.csv'))).message).toContain('web page')
    expect((await fault(file('[{"a":1}]', 'list.json'))).message).toContain('one object a line')
    expect((await fault(file(Uint8Array.of(137, 80, 78, 71, 0, 0, 0, 13), 'a.png'))).message).toContain(
      'not a text file',
    )
    expect((await fault()).message).toContain('no file')
  })
})
