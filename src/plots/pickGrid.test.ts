import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { createPickGrid } from './pickGrid'

const [WIDTH, HEIGHT, ROWS] = [320, 200, 700]
const random = createRandom(8)
const x = Float32Array.from({ length: ROWS }, () => (random.uniform() * 1.2 - 0.1) * WIDTH)
const y = Float32Array.from({ length: ROWS }, () => (random.uniform() * 1.2 - 0.1) * HEIGHT)

function byBruteForce(px: number, py: number, reach: number, visible: Uint8Array | null): number {
  let best = -1
  let bestSquare = reach * reach
  for (let row = 0; row < ROWS; row++) {
    if (visible?.[row] === 0 || x[row]! < 0 || x[row]! > WIDTH || y[row]! < 0 || y[row]! > HEIGHT) continue
    const square = (x[row]! - px) ** 2 + (y[row]! - py) ** 2
    if (square < bestSquare) {
      best = row
      bestSquare = square
    }
  }
  return best
}

describe('the pick grid', () => {
  it('finds what a look at every point finds, hidden ones left out', () => {
    const masks = [null, Uint8Array.from({ length: ROWS }, (_, row) => row % 3)]
    for (const visible of masks) {
      const grid = createPickGrid(x, y, ROWS, WIDTH, HEIGHT, visible)
      for (let i = 0; i < 500; i++) {
        const [px, py, reach] = [random.uniform() * WIDTH, random.uniform() * HEIGHT, 2 + random.uniform() * 40]
        expect(grid.nearest(px, py, reach)).toBe(byBruteForce(px, py, reach, visible))
      }
    }
  })

  it('gives the lower row of two in the same place, and -1 where nothing is near', () => {
    const grid = createPickGrid(Float32Array.of(50, 50), Float32Array.of(60, 60), 2, WIDTH, HEIGHT, null)
    expect(grid.nearest(51, 60, 5)).toBe(0)
    expect(grid.nearest(100, 60, 5)).toBe(-1)
  })

  it('survives points that are not finite and a pointer outside', () => {
    const grid = createPickGrid(Float32Array.of(Number.NaN, 10), Float32Array.of(3, 10), 2, WIDTH, HEIGHT, null)
    expect(grid.nearest(10, 10, 5)).toBe(1)
    expect(grid.nearest(-400, 900, 5)).toBe(-1)
  })
})
