import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { cutOff, lastPoint, nearestPoint, robustDomain, spreadOut } from './curveScales'
import { curvesFrame } from './curvesFrame'
import { decimate } from './decimate'

const x = Float64Array.from({ length: 100_000 }, (_, i) => i)

describe('decimation', () => {
  it('keeps every extreme of every bucket and the ends, in order, with at most four points a bucket', () => {
    const random = createRandom(2)
    const y = Float64Array.from(x, () => random.normal())
    y[51_234] = 99
    const kept = decimate({ x, y }, 200)
    expect(kept.length).toBeLessThanOrEqual(800)
    expect([kept[0], kept[kept.length - 1]]).toEqual([0, 99_999])
    expect(kept).toEqual(kept.slice().sort())
    for (let bucket = 0; bucket < 200; bucket++) {
      const part = y.subarray(bucket * 500, (bucket + 1) * 500)
      const shown = [...kept].filter((i) => i >= bucket * 500 && i < (bucket + 1) * 500).map((i) => y[i])
      expect(Math.max(...(shown as number[]))).toBe(Math.max(...part))
      expect(Math.min(...(shown as number[]))).toBe(Math.min(...part))
    }
  })

  it('leaves short curves whole, without their gaps', () => {
    expect([...decimate({ x: [0, 1, 2, 3], y: [5, Number.NaN, 6, 7] }, 100)]).toEqual([0, 2, 3])
    expect([...decimate({ x: [], y: [] }, 100)]).toEqual([])
  })
})

describe('the y axis', () => {
  const decay = (spike: number) => ({
    x: Array.from({ length: 50 }, (_, i) => i),
    y: Array.from({ length: 50 }, (_, i) => (i === 0 ? spike : 0.8 + 0.3 * Math.exp(-i / 10))),
  })

  it('is not stretched by an initial spike, but spans an ordinary fall', () => {
    expect(robustDomain([decay(60)], false)[1]).toBeLessThan(1.5)
    expect(robustDomain([decay(1.1)], false)[1]).toBe(1.1)
  })

  it('shows a steep fall from its start, and says how high a cut spike is', () => {
    expect(robustDomain([decay(3)], false)[1]).toBe(3)
    const high = robustDomain([decay(60)], false)[1]
    expect(cutOff([decay(60)], high)).toBe(60)
    expect(cutOff([decay(3)], 3)).toBeNull()
  })

  it('keeps a spike that comes later: that is news', () => {
    const late = decay(1.1)
    late.y[30] = 40
    expect(robustDomain([late], false)[1]).toBe(40)
  })

  it('has height for one value, for none and for zeros on a logarithmic axis', () => {
    const [low, high] = robustDomain([{ x: [1], y: [0.5] }], false)
    expect(low).toBeLessThan(0.5)
    expect(high).toBeGreaterThan(0.5)
    expect(robustDomain([], false)).toEqual([0, 1])
    expect(robustDomain([{ x: [0, 1], y: [0, 10] }], true)[0]).toBeGreaterThan(0)
  })

  it('has ticks inside the plane on both scales, also within one decade', () => {
    const props = { title: '', xName: 'epoch', best: null, ariaLabel: '' }
    for (const yScale of ['linear', 'log'] as const) {
      const curves = [{ ...decay(1.1), name: 'validation', role: 'main' as const }]
      const frame = curvesFrame({ width: 300, height: 150 }, { ...props, yScale, curves })
      expect(frame.yTicks.length).toBeGreaterThanOrEqual(2)
      for (const tick of frame.yTicks) {
        expect(tick.at).toBeGreaterThanOrEqual(frame.top - 0.5)
        expect(tick.at).toBeLessThanOrEqual(frame.bottom + 0.5)
      }
    }
  })
})

describe('labels at line ends', () => {
  it('keep their distance, their order and to the plane', () => {
    const random = createRandom(4)
    for (let round = 0; round < 50; round++) {
      const wished = Array.from({ length: 4 }, () => 20 + 100 * random.uniform())
      const placed = spreadOut(wished, 24, 20, 120)
      const order = [0, 1, 2, 3].sort((a, b) => wished[a]! - wished[b]!)
      order.slice(1).forEach((i, k) => {
        expect(placed[i]! - placed[order[k]!]!).toBeGreaterThanOrEqual(24 - 1e-9)
      })
      expect(Math.min(...placed)).toBeGreaterThanOrEqual(20 - 1e-9)
      expect(Math.max(...placed)).toBeLessThanOrEqual(120 + 1e-9)
    }
  })
})

describe('the number beside a line', () => {
  it('is the last value there is', () => {
    expect(lastPoint({ x: [0, 1, 2], y: [4.298, 4.15, 4.14] })).toBe(2)
    expect(lastPoint({ x: [0, 1, 2], y: [1, 2, Number.NaN] })).toBe(1)
    expect(lastPoint({ x: [], y: [] })).toBe(-1)
  })
})

describe('the crosshair', () => {
  it('finds the nearest point that has a value', () => {
    const curve = { x: [0, 1, 2, 3, 10], y: [1, 1, Number.NaN, 1, 1] }
    expect([-5, 0.4, 0.6, 2.2, 6, 7, 99].map((at) => nearestPoint(curve, at))).toEqual([0, 0, 1, 3, 3, 4, 4])
    expect(nearestPoint({ x: [1], y: [Number.NaN] }, 1)).toBe(-1)
    expect(nearestPoint({ x: [], y: [] }, 1)).toBe(-1)
  })
})
