import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { BuiltinName } from '../../experiment/experiment'
import { DataError, type DataSet } from '../table'
import { loadBuiltin } from './loadBuiltin'
import { readPublicFile } from './readPublicFile'

/** sha256 of the rows behind each fingerprint. When rows change on purpose, raise the number in the fingerprint too: exported weights name it. */
const pinned: Record<BuiltinName, { fingerprint: string; rows: string }> = {
  dayHour: { fingerprint: 'builtin-dayHour-1', rows: 'e15b2d5228fc3bcd' },
  movies: { fingerprint: 'builtin-movies-1', rows: 'baa99302066b9c8b' },
  airports: { fingerprint: 'builtin-airports-1', rows: '2e3b542b64b01748' },
  television: { fingerprint: 'builtin-television-1', rows: 'ab46c4c20bc47b2f' },
}

function hashRows({ table }: DataSet): string {
  const hash = createHash('sha256')
  for (const column of table.columns) {
    hash.update(column.name)
    if (column.type === 'string') hash.update(JSON.stringify(column.values)).update(column.codes)
    else hash.update(column.values)
  }
  return hash.digest('hex').slice(0, 16)
}

describe.each(Object.keys(pinned) as BuiltinName[])('the built-in data set %s', async (name) => {
  const data = await loadBuiltin(name, readPublicFile)
  const { table, summary, entities } = data

  it('has the rows that its fingerprint stands for', () => {
    expect({ fingerprint: data.summary.fingerprint, rows: hashRows(data) }).toEqual(pinned[name])
  })

  it('has a value in every cell', () => {
    for (const column of table.columns) {
      const values = column.type === 'string' ? column.codes : column.values
      expect(values).toHaveLength(table.rowCount)
      const upper = column.type === 'string' ? column.values.length - 1 : Number.MAX_VALUE
      expect(values.every((value) => value >= 0 && value <= upper)).toBe(true)
      if (column.type === 'integer') expect(column.values.every(Number.isInteger)).toBe(true)
    }
  })

  it('has a card that agrees with its rows', () => {
    expect(summary.name).toBe(name)
    expect(summary.rowCount).toBe(table.rowCount)
    expect(summary.columns.map((column) => column.name)).toEqual(table.columns.map((column) => column.name))
    expect(summary.sampleRows).toHaveLength(5)
    expect(summary.sampleRows.every((row) => row.length === table.columns.length && row.every(Boolean))).toBe(true)
    for (const text of [summary.title, summary.source, summary.licence, summary.natureText]) expect(text).not.toBe('')
  })

  it('has entities whose keys are the values of their column and whose attributes are whole', () => {
    for (const entity of entities) {
      const column = table.columns.find((candidate) => candidate.name === entity.column)!
      const values = column.type === 'string' ? column.values : [...new Set<number>(column.values)].map(String)
      expect(new Set(values)).toEqual(new Set(entity.index.keys()))
      expect(new Set(entity.labels).size).toBe(entity.index.size)
      for (const attribute of entity.attributes) {
        const facts = attribute.kind === 'category' ? attribute.codes : attribute.values
        expect(facts).toHaveLength(entity.labels.length)
        expect(facts.every(Number.isFinite)).toBe(true)
      }
      expect(entity.attributes.map((attribute) => attribute.name)).toContain(entity.colorBy)
    }
  })
})

describe('loadBuiltin', () => {
  it('says that the data did not arrive, and from where', async () => {
    const error = await loadBuiltin('movies', () => Promise.reject(new Error('404'))).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(DataError)
    expect(error).toMatchObject({
      message: expect.stringContaining('did not arrive: 404'),
      where: { file: 'data/movies.json' },
    })
  })

  it('refuses a file that was cut off or is of another shape', async () => {
    const bytes = await readPublicFile('data/airports.json')
    await expect(loadBuiltin('airports', async () => bytes.slice(0, 5000))).rejects.toThrow('damaged')
    await expect(loadBuiltin('dayHour', async () => bytes)).rejects.toThrow(DataError)
  })
})
