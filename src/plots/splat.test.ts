import { describe, expect, it } from 'vitest'
import { createDisc, drawLine, drawRule, mix, type PixelBuffer, splat } from './splat'

const WHITE = 0xffffffff | 0
const BLACK = 0xff000000 | 0
const RED = 0xff0000ff | 0

function blank(width: number, height: number, color = WHITE): PixelBuffer {
  return { width, height, pixels: new Int32Array(width * height).fill(color) }
}
const channel = (pixel: number, byte: number) => (pixel >>> (8 * byte)) & 255
const ink = (buffer: PixelBuffer) => buffer.pixels.reduce((sum, pixel) => sum + (255 - channel(pixel, 0)) / 255, 0)

describe('a splatted disc', () => {
  it('covers its centre in full, leaves the far pixels, and has the area of a circle', () => {
    const buffer = blank(21, 21)
    splat(buffer, 10.5, 10.5, createDisc(5, 1), BLACK, WHITE)
    expect(buffer.pixels[10 * 21 + 10]).toBe(BLACK)
    expect(buffer.pixels[10 * 21 + 17]).toBe(WHITE)
    expect(ink(buffer)).toBeGreaterThan(Math.PI * 25 * 0.97)
    expect(ink(buffer)).toBeLessThan(Math.PI * 25 * 1.03)
  })

  it('blends half of its colour at half opacity, each channel by itself, and stays opaque', () => {
    const buffer = blank(9, 9)
    splat(buffer, 4.5, 4.5, createDisc(3, 0.5), RED, WHITE)
    const pixel = buffer.pixels[4 * 9 + 4]!
    expect([0, 1, 2, 3].map((byte) => channel(pixel, byte))).toEqual([255, 127, 127, 255])
  })

  it('moves its weight with a quarter pixel', () => {
    const buffers = [10.1, 10.4].map((x) => {
      const buffer = blank(21, 21)
      splat(buffer, x, 10.5, createDisc(3, 1), BLACK, WHITE)
      return buffer
    })
    const centre = (buffer: PixelBuffer) => {
      let sum = 0
      buffer.pixels.forEach((pixel, i) => {
        sum += ((i % 21) + 0.5) * (255 - channel(pixel, 0))
      })
      return sum / 255 / ink(buffer)
    }
    expect(centre(buffers[1]!) - centre(buffers[0]!)).toBeCloseTo(0.25, 1)
  })

  it('puts a ring of the surface between two discs that overlap', () => {
    const buffer = blank(30, 11)
    const disc = createDisc(4, 1, 2)
    splat(buffer, 8.5, 5.5, disc, BLACK, WHITE)
    splat(buffer, 13.5, 5.5, disc, RED, WHITE)
    expect(buffer.pixels[5 * 30 + 13]).toBe(RED)
    expect(channel(buffer.pixels[5 * 30 + 8]!, 1)).toBeGreaterThan(200)
    expect(buffer.pixels[5 * 30 + 6]).toBe(BLACK)
  })

  it('is cut at every edge and writes nothing outside', () => {
    for (const [x, y] of [
      [0, 0],
      [20, 20],
      [-3, 10],
      [10, 23],
      [-50, 5],
      [Number.NaN, 3],
    ] as const) {
      const buffer = blank(20, 20)
      splat(buffer, x, y, createDisc(5, 1), BLACK, WHITE)
      const right = Array.from({ length: 20 }, (_, row) => buffer.pixels[row * 20 + 19])
      if (x < 10) expect(right.every((pixel) => pixel === WHITE)).toBe(true)
    }
  })

  it('fades instead of vanishing when smaller than a pixel', () => {
    const inks = [0.4, 0.2, 0.1].map((radius) => {
      const buffer = blank(9, 9)
      splat(buffer, 4.5, 4.5, createDisc(radius, 1), BLACK, WHITE)
      return ink(buffer)
    })
    expect(inks[0]!).toBeGreaterThan(inks[1]!)
    expect(inks[1]!).toBeGreaterThan(inks[2]!)
    expect(inks[2]!).toBeGreaterThan(0)
  })
})

describe('lines', () => {
  it('of the grid fill one row or column and ignore what lies outside', () => {
    const buffer = blank(6, 4)
    drawRule(buffer, 'down', 2.2, BLACK)
    drawRule(buffer, 'across', 3, RED)
    drawRule(buffer, 'across', 4, BLACK)
    drawRule(buffer, 'down', -1, BLACK)
    expect(Array.from(buffer.pixels.subarray(0, 6))).toEqual([WHITE, WHITE, BLACK, WHITE, WHITE, WHITE])
    expect(Array.from(buffer.pixels.subarray(18)).every((pixel) => pixel === RED)).toBe(true)
  })

  it('carry the same ink whatever their slope, by their longer side', () => {
    for (const [x, y] of [
      [30, 5],
      [5, 30],
      [30, 30],
    ] as const) {
      const buffer = blank(40, 40)
      drawLine(buffer, 5, 5, x, y, BLACK, 256)
      expect(ink(buffer)).toBeCloseTo(25, 0)
    }
  })

  it('mix by weight', () => {
    expect(mix(WHITE, BLACK, 0)).toBe(WHITE)
    expect(mix(WHITE, BLACK, 256)).toBe(BLACK)
    expect(channel(mix(WHITE, BLACK, 64), 1)).toBe(191)
  })
})
