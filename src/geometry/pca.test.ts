import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { alignTo, type Projection, principalComponents, project } from './pca'

/** Points with standard deviations `spread` along the axes of a fixed rotation of the first two coordinates by 30°. */
function planted(rows: number, spread: number[], seed = 1): Float32Array {
  const random = createRandom(seed)
  const dimension = spread.length
  const vectors = new Float32Array(rows * dimension)
  const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
  for (let row = 0; row < rows; row++) {
    const z = spread.map((deviation) => deviation * random.normal())
    vectors.set([c * z[0]! - s * z[1]!, s * z[0]! + c * z[1]!, ...z.slice(2)], row * dimension)
  }
  return vectors
}

const axis = (projection: Projection, i: number) =>
  Array.from(projection.axes.subarray(i * projection.dimension, (i + 1) * projection.dimension))
const dot = (a: number[], b: number[]) => a.reduce((sum, value, d) => sum + value * b[d]!, 0)

describe('principal components', () => {
  it('find the axes and variances of a known covariance', () => {
    const projection = principalComponents(planted(20_000, [3, 1, 0.3]), 20_000, 3)
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)]
    expect(Math.abs(dot(axis(projection, 0), [c, s, 0]))).toBeGreaterThan(0.9995)
    expect(Math.abs(dot(axis(projection, 1), [-s, c, 0]))).toBeGreaterThan(0.9995)
    expect(projection.explained[0]).toBeCloseTo(9 / 10.09, 2)
    expect(projection.explained[1]).toBeCloseTo(1 / 10.09, 2)
  })

  it('agree between Jacobi (dimension 32) and subspace iteration (the same data padded to 40)', () => {
    const spread = Array.from({ length: 32 }, (_, d) => 3 * 0.9 ** d)
    const vectors = planted(500, spread)
    const padded = new Float32Array(500 * 40)
    for (let row = 0; row < 500; row++) padded.set(vectors.subarray(row * 32, (row + 1) * 32), row * 40)
    const exact = principalComponents(vectors, 500, 32, { k: 2 })
    const iterated = principalComponents(padded, 500, 40, { k: 2 })
    for (const i of [0, 1]) {
      expect(Math.abs(dot(axis(exact, i), axis(iterated, i)))).toBeGreaterThan(1 - 1e-6)
      expect(iterated.explained[i]).toBeCloseTo(exact.explained[i]!, 9)
    }
  })

  it('project the mean to the origin and keep distances inside the plane', () => {
    const vectors = Float32Array.from([0, 0, 5, 4, 0, 5, 0, 2, 5, 4, 2, 5])
    const out = project(principalComponents(vectors, 4, 3), vectors, 4)
    expect(Math.hypot(out[0]! - out[2]!, out[1]! - out[3]!)).toBeCloseTo(4, 5)
    expect(Math.hypot(out[0]! - out[4]!, out[1]! - out[5]!)).toBeCloseTo(2, 5)
    expect(out[0]! + out[2]! + out[4]! + out[6]!).toBeCloseTo(0, 5)
  })

  it('leave out rows that are not finite', () => {
    const vectors = planted(400, [3, 1])
    const broken = Float32Array.from([...vectors, Number.NaN, 1])
    expect(axis(principalComponents(broken, 401, 2), 0)).toEqual(axis(principalComponents(vectors, 400, 2), 0))
  })
})

describe('alignment', () => {
  it('undoes a flip and an exchange of the axes', () => {
    const before = principalComponents(planted(300, [3, 2, 0.5]), 300, 3)
    const [first, second] = [axis(before, 0), axis(before, 1)]
    const flipped = { ...before, axes: Float64Array.from([...second, ...first.map((value) => -value)]) }
    const aligned = alignTo(flipped, before)
    aligned.axes.forEach((value, i) => {
      expect(value).toBeCloseTo(before.axes[i]!, 10)
    })
  })

  it('keeps every frame of a turning cloud within a small step of the last', () => {
    // Equal variances: the raw components are arbitrary and jump; the aligned picture must not.
    const random = createRandom(5)
    const vectors = Float32Array.from({ length: 900 }, () => random.normal())
    let last = principalComponents(vectors, 300, 3)
    let lastPicture = project(last, vectors, 300)
    for (let frame = 0; frame < 30; frame++) {
      for (let i = 0; i < vectors.length; i++) vectors[i]! += 0.02 * random.normal()
      const aligned = alignTo(principalComponents(vectors, 300, 3), last)
      const picture = project(aligned, vectors, 300)
      let same = 0
      for (let i = 0; i < picture.length; i++) same += picture[i]! * lastPicture[i]!
      expect(same).toBeGreaterThan(0)
      expect(dot(axis(aligned, 0), axis(last, 0))).toBeGreaterThan(0.8)
      expect(dot(axis(aligned, 0), axis(aligned, 1))).toBeCloseTo(0, 9)
      last = aligned
      lastPicture = picture
    }
  })

  it('shares out the explained variance of the turned axes without losing any', () => {
    const now = principalComponents(planted(300, [3, 2, 0.5]), 300, 3)
    const s = Math.SQRT1_2
    const [a, b] = [axis(now, 0), axis(now, 1)]
    const turned = a.map((value, d) => s * (value + b[d]!)).concat(a.map((value, d) => s * (b[d]! - value)))
    const aligned = alignTo(now, { ...now, axes: Float64Array.from(turned) })
    expect(aligned.explained[0]).toBeCloseTo((now.explained[0]! + now.explained[1]!) / 2, 9)
    expect(aligned.explained[0]! + aligned.explained[1]!).toBeCloseTo(now.explained[0]! + now.explained[1]!, 9)
  })
})
