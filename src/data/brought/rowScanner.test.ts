import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../lib/random'
import { DataError } from '../table'
import { RowScanner } from './rowScanner'

function scan(
  text: string,
  options: { separator?: string; quoted?: boolean; chunk?: number; names?: string[] } = {},
): string[][] {
  const rows: string[][] = []
  const decoder = new TextDecoder()
  const scanner = new RowScanner(
    { separator: options.separator ?? ',', quoted: options.quoted ?? true },
    ({ bytes, starts, ends, count }) =>
      rows.push(Array.from({ length: count }, (_, f) => decoder.decode(bytes.subarray(starts[f], ends[f])))),
    'x.csv',
    options.names,
  )
  const bytes = new TextEncoder().encode(text)
  const size = options.chunk ?? bytes.length
  for (let at = 0; at < bytes.length; at += size) scanner.push(bytes.slice(at, at + size))
  scanner.end()
  return rows
}

describe('RowScanner', () => {
  it('cuts random quoted fields as Papa Parse does, wherever the chunks end', () => {
    const random = createRandom(7)
    const pieces = ['a', 'é', '"', ',', '\n', ' x', '12', '', '—', '""']
    const field = () => Array.from({ length: random.integer(4) }, () => pieces[random.integer(pieces.length)]).join('')
    for (let round = 0; round < 200; round++) {
      const rows = Array.from({ length: 1 + random.integer(4) }, () => Array.from({ length: 3 }, field))
      const text = Papa.unparse(rows, { quotes: random.integer(2) === 1, newline: '\n' })
      const expected = Papa.parse<string[]>(text, { delimiter: ',', newline: '\n' }).data
      expect(scan(text, { chunk: 1 + random.integer(9) })).toEqual(expected)
    }
  })

  it('takes \\n, \\r\\n and \\r for the end of a row', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      for (const chunk of [1, 2, 3, 100])
        expect(scan(`a,b${end}1,"2"${end}`, { chunk })).toEqual([
          ['a', 'b'],
          ['1', '2'],
        ])
    }
  })

  it('cuts at a separator of two bytes', () => {
    for (const chunk of [1, 2, 3, 5]) {
      expect(scan('1::Toy: Story::5\n2::"Quoted"::3', { separator: '::', quoted: false, chunk })).toEqual([
        ['1', 'Toy: Story', '5'],
        ['2', '"Quoted"', '3'],
      ])
    }
  })

  it('leaves quotation marks alone that do not begin a field', () => {
    expect(scan('5" pipe,"a ""b"" c" , "d"\n')).toEqual([['5" pipe', 'a "b" c', 'd']])
  })

  it('names row and column of a quotation mark in the wrong place', () => {
    const fault = (text: string) => {
      try {
        scan(text, { names: ['id', 'title'] })
      } catch (error) {
        if (error instanceof DataError) return { message: error.message, ...error.where }
        throw error
      }
      return null
    }
    expect(fault('id,title\n1,"a" b\n')).toEqual({
      message: 'Row 2, title: there is text after a closing quotation mark.',
      file: 'x.csv',
      row: 2,
      column: 'title',
    })
    expect(fault('id,title\n1,a\n2,"b\n3,c\n')).toMatchObject({ row: 3, column: 'title' })
  })

  it('tells a file without lines from a quotation mark that is never closed', () => {
    const long = 'x'.repeat((16 << 20) + 1)
    expect(() => scan(`a,${long}`, { quoted: false })).toThrow('Row 1, field 2: there is no line break in 16 MB')
    expect(() => scan(`a,${long}`)).toThrow('there is no line break in 16 MB')
    expect(() => scan(`a,"${long}`)).toThrow('a quotation mark is opened and not closed again')
  })
})
