import { describe, expect, it } from 'vitest'
import { expectedShare, loadTelevision, television } from './television'

const { table, summary } = loadTelevision()
const [day, hour, viewers] = table.columns.map(({ name }) => {
  const column = table.columns.find((candidate) => candidate.name === name)!
  if (column.type !== 'integer') throw new Error(`${name} is not whole numbers`)
  return column.values
}) as [Int32Array, Int32Array, Int32Array]

function meanOf(isAsked: (row: number) => boolean): number {
  let [sum, count] = [0, 0]
  for (let row = 0; row < table.rowCount; row++) {
    if (!isAsked(row)) continue
    sum += viewers[row]!
    count++
  }
  return sum / count / television.people
}

describe('the simulated television', () => {
  it.each(television.points.filter(([at]) => at > 0 && at < 24))(
    'has the survey’s point of a weekday: at %i h a share of %d',
    (at, share) => {
      expect(expectedShare(1, at)).toBeCloseTo(share, 10)
      const drawn = meanOf((row) => hour[row] === at && day[row]! < 5)
      expect(Math.abs(drawn - share)).toBeLessThan(0.02)
    },
  )

  it('has more viewers on weekends', () => {
    const byDay = (isWeekend: boolean) => meanOf((row) => hour[row] === 12 && day[row]! >= 5 === isWeekend)
    expect(byDay(true)).toBeGreaterThan(1.5 * byDay(false))
  })

  it('says plainly that it is simulated, and around what', () => {
    expect(summary.nature).toBe('simulated')
    expect(summary.natureText).toContain('Simulated viewers')
    expect(summary.source).toContain('American Time Use Survey')
  })
})
