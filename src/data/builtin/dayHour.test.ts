import { describe, expect, it } from 'vitest'
import { dayHourFileSchema } from './builtinFiles'
import { loadBuiltin } from './loadBuiltin'
import { readPublicFile } from './readPublicFile'

const { table, summary } = await loadBuiltin('dayHour', readPublicFile)
const { profiles } = dayHourFileSchema.parse(
  JSON.parse(new TextDecoder().decode(await readPublicFile('data/day-hour.json'))),
)

function integers(name: string): ArrayLike<number> {
  const column = table.columns.find((candidate) => candidate.name === name)
  if (column?.type !== 'integer') throw new Error(`no integers ${name}`)
  return column.values
}

/** Of the 200 draws of one hour of the week. */
function moments(values: ArrayLike<number>, cell: number): { mean: number; deviation: number } {
  const draws = Array.from({ length: table.rowCount / 168 }, (_, week) => values[week * 168 + cell]!)
  const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length
  const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws.length - 1)
  return { mean, deviation: Math.sqrt(variance) }
}

describe('day × hour', () => {
  it('holds 200 whole weeks, Monday 0 h first', () => {
    expect(table.rowCount).toBe(33_600)
    const day = integers('day')
    const hour = integers('hour')
    const hourOfWeek = Array.from({ length: table.rowCount }, (_, row) => day[row]! * 24 + hour[row]!)
    expect(hourOfWeek.every((value, row) => value === row % 168)).toBe(true)
    expect([Math.min(...hourOfWeek), Math.max(...hourOfWeek)]).toEqual([0, 167])
  })

  it('tells what day and hour mean, and the unit of every count', () => {
    expect(summary.columns.map(({ name, meaning }) => [name, meaning]).slice(0, 2)).toEqual([
      ['day', 'dayOfWeek'],
      ['hour', 'hourOfDay'],
    ])
    expect(summary.columns.slice(2).map(({ name, unit }) => `${name}: ${unit}`)).toEqual([
      'cars: vehicles per hour',
      'bike_members: rides per hour',
      'bike_visitors: rides per hour',
      'taxi_passengers: passengers per hour',
    ])
    expect(summary.nature).toBe('simulated')
    expect(summary.natureText).toContain('gamma')
  })

  it.each(profiles.map(({ column }) => column))('draws %s around the measured mean of every cell', (name) => {
    const { cells } = profiles.find(({ column }) => column === name)!
    const errors = cells.map(([mean, deviation], cell) => {
      return ((moments(integers(name), cell).mean - mean) / deviation) * Math.sqrt(200)
    })
    expect(Math.max(...errors.map(Math.abs))).toBeLessThan(4.5)
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length)
    expect(spread).toBeGreaterThan(0.8)
    expect(spread).toBeLessThan(1.2)
  })

  it.each(profiles.map(({ column }) => column))('draws %s with the measured standard deviation', (name) => {
    const { cells } = profiles.find(({ column }) => column === name)!
    const ratios = cells.map(([, deviation], cell) => moments(integers(name), cell).deviation / deviation)
    const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length
    expect(mean).toBeGreaterThan(0.96)
    expect(mean).toBeLessThan(1.04)
    expect(Math.min(...ratios)).toBeGreaterThan(0.5)
  })
})
