import { describe, expect, it } from 'vitest'
import { airportsFileSchema } from './builtinFiles'
import { loadBuiltin } from './loadBuiltin'
import { readPublicFile } from './readPublicFile'

const { table, summary, entities } = await loadBuiltin('airports', readPublicFile)
const file = airportsFileSchema.parse(JSON.parse(new TextDecoder().decode(await readPublicFile('data/airports.json'))))

function codes(name: string): Int32Array {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column?.type !== 'string') throw new Error(`no strings ${name}`)
  return column.codes
}

describe('airports', () => {
  it('samples each pair of airports as often as it is flown, and no flight twice', () => {
    const sampled = new Map<number, number>()
    const origins = codes('origin')
    const destinations = codes('destination')
    for (let row = 0; row < table.rowCount; row++) {
      const pair = origins[row]! * 1000 + destinations[row]!
      sampled.set(pair, (sampled.get(pair) ?? 0) + 1)
    }
    expect(origins).toHaveLength(300_000)
    const share = 300_000 / file.flights.reduce((sum, [, , count]) => sum + count, 0)
    const drawnOf = ([origin, destination]: [number, number, number]) => sampled.get(origin * 1000 + destination) ?? 0
    expect(file.flights.filter((pair) => drawnOf(pair) > pair[2])).toEqual([])
    expect(file.flights.reduce((sum, pair) => sum + drawnOf(pair), 0)).toBe(300_000)
    // Drawn without replacement the squares average 1, with replacement 1 / (1 - share) = 1.12.
    const squares = file.flights.map((pair) => (drawnOf(pair) - pair[2] * share) ** 2 / (pair[2] * share * (1 - share)))
    expect(squares.reduce((sum, square) => sum + square, 0) / squares.length).toBeCloseTo(1, 1)
  })

  it('does not sort the rows by airport', () => {
    expect(new Set(codes('origin').subarray(0, 500)).size).toBeGreaterThan(60)
  })

  it('has both ends of a flight under the same names and places', () => {
    const [origin, destination] = entities
    expect(origin!.column).toBe('origin')
    expect(destination!.column).toBe('destination')
    expect(origin!.labels).toEqual(destination!.labels)
    expect(origin!.labels[0]).toBe('ORD Chicago')
  })

  it('knows where airports are: Los Angeles west of Chicago west of Boston', () => {
    const { attributes, index } = entities[0]!
    const longitude = attributes.find(({ name }) => name === 'longitude')
    if (longitude?.kind !== 'number') throw new Error('no longitude')
    const [lax, ord, bos] = ['LAX', 'ORD', 'BOS'].map((iata) => longitude.values[index.get(iata)!]!)
    expect(lax).toBeLessThan(ord!)
    expect(ord).toBeLessThan(bos!)
    expect(longitude.probe).toBe(true)
    expect(longitude.values.every((degrees) => degrees > -180 && degrees < -60)).toBe(true)
  })

  it('has airports with at least 1,000 departures, and says that the flights are measured', () => {
    expect(file.airports).toHaveLength(154)
    expect(Math.min(...file.airports.map(({ flights }) => flights))).toBeGreaterThanOrEqual(1000)
    for (const [i, { flights }] of file.airports.entries()) {
      const departures = file.flights.filter(([origin]) => origin === i).reduce((sum, [, , count]) => sum + count, 0)
      expect(departures).toBe(flights)
    }
    expect(summary.nature).toBe('measured')
    expect(summary.natureText).toContain('300,000')
  })
})
