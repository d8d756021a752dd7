import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { directionAxes } from './directionAxes'
import { project } from './pca'

const random = createRandom(9)
const rows = 300
// The groups differ along the third number; the first spreads most.
const vectors = Float32Array.from({ length: rows * 4 }, (_, i) => {
  const isOfSecond = Math.floor(i / 4) >= rows / 2
  return [3, 0.5, 0.2, 0.1][i % 4]! * random.normal() + (i % 4 === 2 && isOfSecond ? 4 : 0)
})
const half = Array.from({ length: rows / 2 }, (_, row) => row)
const from = half
const to = half.map((row) => row + rows / 2)

describe('axes along a direction', () => {
  it('go from the mean of one group to that of the other, in the lengths of the table', () => {
    const axes = directionAxes(vectors, rows, 4, from, to, null)!
    const places = project(axes, vectors, rows)
    const mean = (group: number[]) => group.reduce((sum, row) => sum + places[2 * row]!, 0) / group.length
    expect(mean(from)).toBeCloseTo(0, 3)
    expect(mean(to)).toBeGreaterThan(3.9)
  })

  it('show at right angles where the rows spread most, and keep it that way round', () => {
    const axes = directionAxes(vectors, rows, 4, from, to, null)!
    const [along, across] = [axes.axes.subarray(0, 4), axes.axes.subarray(4)]
    expect(along.reduce((sum, value, d) => sum + value * across[d]!, 0)).toBeCloseTo(0, 5)
    expect(Math.hypot(...across)).toBeCloseTo(1)
    expect(Math.abs(across[0]!)).toBeGreaterThan(0.95)
    const flipped = { ...axes, axes: axes.axes.map((value, i) => (i < 4 ? value : -value)) }
    expect(directionAxes(vectors, rows, 4, from, to, flipped)!.axes[4]).toBeCloseTo(-across[0]!)
  })

  it('are one in one dimension, and none for an empty group', () => {
    const line = Float32Array.of(1, 2, 3, 4)
    expect([...directionAxes(line, 4, 1, [0, 1], [2, 3], null)!.axes]).toEqual([1])
    expect(directionAxes(line, 4, 1, [0], [], null)).toBeNull()
  })
})
