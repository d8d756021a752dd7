import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { computePositions, positionsOfOther, spreadByDensity } from './mapPositions'
import { createMapTrails } from './mapTrails'

const random = createRandom(3)
const vectors = Float32Array.from({ length: 200 * 4 }, (_, i) => (i % 4 === 3 ? 5 : 1) * random.normal())

describe('positions on the map', () => {
  it('are the chosen two dimensions', () => {
    const { x, y, titles } = computePositions(vectors, 200, 4, { kind: 'plane', x: 3, y: 1 }, null)
    expect([x[7], y[7]]).toEqual([vectors[31], vectors[29]])
    expect(titles).toEqual({ x: 'dimension 4', y: 'dimension 2' })
  })

  it('by PCA lie along the widest dimension and say its share of the variance', () => {
    const { x, titles } = computePositions(vectors, 200, 4, { kind: 'pca' }, null)
    let product = 0
    for (let row = 0; row < 200; row++) product += x[row]! * vectors[row * 4 + 3]!
    expect(Math.abs(product)).toBeGreaterThan(0.9 * 200 * 25 * 0.8)
    expect(titles.x).toMatch(/^principal axis 1 · (8|9)\d % of variance$/)
  })

  it('by PCA do not flip from one snapshot to the next', () => {
    // The same spread in every direction: the components themselves are arbitrary and exchange places.
    const moving = Float32Array.from({ length: 800 }, () => random.normal())
    let positions = computePositions(moving, 200, 4, { kind: 'pca' }, null)
    for (let step = 0; step < 60; step++) {
      const before = positions.x.slice()
      for (let i = 0; i < moving.length; i++) moving[i]! += 0.2 * random.normal()
      // The time since the last axes is made long, so that they are computed again.
      positions = computePositions(moving, 200, 4, { kind: 'pca' }, { ...positions, projectedAtMs: -1e9 })
      let product = 0
      for (let row = 0; row < 200; row++) product += before[row]! * positions.x[row]!
      const length = (values: Float32Array) => Math.hypot(...values)
      expect(product).toBeGreaterThan(0.2 * length(before) * length(positions.x))
    }
  })

  it('of one dimension in PCA have height 0', () => {
    const { y } = computePositions(vectors.subarray(0, 50), 50, 1, { kind: 'pca' }, null)
    expect(y.every((value) => value === 0)).toBe(true)
  })
})

describe('the spread of points on a line', () => {
  it('is wide where many are and narrow where few are, within −1 … 1, the same each time', () => {
    const x = Float32Array.from({ length: 1000 }, (_, row) => (row < 20 ? 5 + 0.1 * random.normal() : random.normal()))
    const y = new Float32Array(1000)
    spreadByDensity(x, y)
    const reach = (from: number, to: number) =>
      y.slice(from, to).reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    expect(reach(20, 1000)).toBeGreaterThan(0.9)
    expect(reach(20, 1000)).toBeLessThanOrEqual(1)
    expect(reach(0, 20)).toBeLessThan(0.6)
    const again = new Float32Array(1000)
    spreadByDensity(x, again)
    expect(again).toEqual(y)
  })

  it('is finite when all points are equal', () => {
    const y = new Float32Array(10)
    spreadByDensity(new Float32Array(10).fill(3), y)
    expect(y.every(Number.isFinite)).toBe(true)
  })
})

describe('trails', () => {
  it('keep the last snapshots, copied, no more than ten a second', () => {
    const trails = createMapTrails()
    trails.setLength(3)
    const x = new Float32Array(1)
    for (let ms = 0; ms < 1000; ms += 20) {
      x[0] = ms
      trails.push(x, x, ms)
    }
    expect(trails.past.map((past) => past.x[0])).toEqual([700, 800, 900])
    trails.setLength(1)
    expect(trails.past.map((past) => past.x[0])).toEqual([900])
    trails.clear()
    expect(trails.past).toEqual([])
  })
})

describe('another run laid over', () => {
  const other = Float32Array.from(vectors, (value, i) => value + (i % 4))
  it.each([{ kind: 'plane', x: 1, y: 3 }, { kind: 'pca' }] as const)('is placed by the same axes: $kind', (view) => {
    const own = computePositions(vectors, 200, 4, view, null)
    const same = positionsOfOther(vectors, 200, 4, view, own)
    expect([same.x, same.y]).toEqual([own.x, own.y])
    const moved = positionsOfOther(other, 200, 4, view, own)
    const shift = moved.x[0]! - own.x[0]!
    expect(Math.abs(shift)).toBeGreaterThan(0.5)
    expect(moved.x[9]! - own.x[9]!).toBeCloseTo(shift, 4)
  })

  it('moves along a line only', () => {
    const view = { kind: 'line', axis: 2 } as const
    const own = computePositions(vectors, 200, 4, view, null)
    const moved = positionsOfOther(other, 200, 4, view, own)
    expect(moved.x[5]! - own.x[5]!).toBeCloseTo(2)
    expect(moved.y).toEqual(own.y)
  })
})

it('directions of one’s own place the points along them, and a single one as a line', () => {
  const axes = {
    k: 1,
    dimension: 4,
    mean: new Float64Array(4),
    axes: Float64Array.of(0, 0, 0.6, 0.8),
    explained: new Float64Array(1),
  }
  const titles = { x: 'from → to', y: '' }
  const { x, titles: shown } = computePositions(vectors, 200, 4, { kind: 'axes', name: 'a', axes, titles }, null)
  expect(x[3]).toBeCloseTo(0.6 * vectors[14]! + 0.8 * vectors[15]!, 4)
  expect(shown).toBe(titles)
})
