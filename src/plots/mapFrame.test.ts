import { describe, expect, it } from 'vitest'
import { createRandom } from '../lib/random'
import { type Extent, extentOf, fitFrame, nextFrame, zoomAfterResize, zoomed } from './mapFrame'

const inside = (points: Extent, frame: Extent) =>
  points.x0 >= frame.x0 && points.x1 <= frame.x1 && points.y0 >= frame.y0 && points.y1 <= frame.y1

describe('the frame of the map', () => {
  it('never cuts a point off, whatever the points do', () => {
    const random = createRandom(1)
    let frame: Extent | null = null
    for (let step = 0; step < 300; step++) {
      const size = Math.exp(2 * random.normal())
      const points = { x0: -size, x1: size * random.uniform(), y0: -size * random.uniform(), y1: size }
      frame = nextFrame(frame, points, true).frame
      expect(inside(points, frame)).toBe(true)
    }
  })

  it('stands still while points tremble, and closes in slowly on a cloud that shrank', () => {
    const points = { x0: -1, x1: 1, y0: -1, y1: 1 }
    const start = nextFrame(null, points, true).frame
    const trembled = nextFrame(start, { x0: -0.97, x1: 1.02, y0: -1.01, y1: 0.99 }, true)
    expect(trembled.frame).toEqual(start)
    expect(trembled.settled).toBe(true)
    const shrunk = { x0: -0.1, x1: 0.1, y0: -0.1, y1: 0.1 }
    let next = nextFrame(start, shrunk, true)
    expect(next.frame.x1).toBeGreaterThan(0.95)
    let frames = 1
    for (; !next.settled && frames < 1000; frames++) next = nextFrame(next.frame, shrunk, true)
    expect(next.frame.x1).toBeLessThan(0.16)
    expect(frames).toBeGreaterThan(30)
    expect(frames).toBeLessThan(300)
  })

  it('goes straight to its end without motion', () => {
    const { frame, settled } = nextFrame({ x0: -9, x1: 9, y0: -9, y1: 9 }, { x0: 0, x1: 1, y0: 0, y1: 1 }, false)
    expect(settled).toBe(true)
    expect(frame.x1).toBeCloseTo(1.07)
  })

  it('has room around a single point and around points on a line', () => {
    for (const points of [
      { x0: 2, x1: 2, y0: 3, y1: 3 },
      { x0: 0, x1: 0, y0: 0, y1: 0 },
      { x0: 0, x1: 5, y0: 1, y1: 1 },
    ]) {
      const { frame } = nextFrame(null, points, true)
      expect(frame.x1 - frame.x0).toBeGreaterThan(0)
      expect(frame.y1 - frame.y0).toBeGreaterThan(0)
    }
  })

  it('leaves out hidden points and points that are not finite', () => {
    const x = Float32Array.of(1, 2, Number.NaN, 50)
    const y = Float32Array.of(1, 2, 3, 50)
    expect(extentOf(x, y, 4, Uint8Array.of(1, 1, 1, 0))).toEqual({ x0: 1, x1: 2, y0: 1, y1: 2 })
    expect(extentOf(x, y, 0, null)).toBeNull()
  })
})

describe('the transform', () => {
  const frame = { x0: -2, x1: 2, y0: -1, y1: 1 }

  it('keeps one unit the same length both ways, centred, y upwards', () => {
    const t = fitFrame(frame, 400, 400, true)
    expect(t.xScale).toBe(100)
    expect(t.yScale).toBe(-100)
    expect([t.xOffset, t.yOffset]).toEqual([200, 200])
    expect(fitFrame(frame, 400, 400, false).yScale).toBe(-200)
  })

  it('keeps the middle of a zoomed picture in the middle when the size changes', () => {
    const [small, large] = [
      { width: 300, height: 500 },
      { width: 900, height: 400 },
    ]
    const base = (size: typeof small) => fitFrame(frame, size.width, size.height, true)
    const zoom = { k: 3, x: -250, y: -420 }
    const before = zoomed(base(small), zoom, false)
    const after = zoomed(base(large), zoomAfterResize(zoom, base(small), base(large), small, large), false)
    expect((450 - after.xOffset) / after.xScale).toBeCloseTo((150 - before.xOffset) / before.xScale, 9)
    expect((200 - after.yOffset) / after.yScale).toBeCloseTo((250 - before.yOffset) / before.yScale, 9)
  })

  it('zooms about what d3-zoom says, on a line only sideways', () => {
    const base = fitFrame(frame, 400, 400, true)
    expect(zoomed(base, { k: 2, x: -200, y: -100 }, false)).toEqual({
      xScale: 200,
      xOffset: 200,
      yScale: -200,
      yOffset: 300,
    })
    expect(zoomed(base, { k: 2, x: -200, y: -100 }, true)).toMatchObject({ yScale: -100, yOffset: 200 })
  })
})
