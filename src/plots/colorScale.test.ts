import { describe, expect, it } from 'vitest'
import type { Attribute } from '../protocol/trainer'
import { categoryColors, cyclicColor, numberDomain, pixelsOf, rampColor, type Scheme, unknownColor } from './colorScale'
import { formatNumber, formatQuantity, legendItems } from './legend'
import { fromHex, oklab, oklch, type Rgb, toPixel } from './oklch'

const schemes: Scheme[] = ['light', 'dark']
const background: Record<Scheme, Rgb> = { light: fromHex('#fbfbfa'), dark: fromHex('#141414') }
const distance = (a: Rgb, b: Rgb) => Math.hypot(...oklab(a).map((value, i) => value - oklab(b)[i]!))

/** What a person without green cones sees (Machado, Oliveira, Fernandes 2009, severity 1, in linear light). */
function deuteranopia(rgb: Rgb): Rgb {
  const linear = rgb.map((value) =>
    value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4,
  )
  const rows = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ]
  return rows.map((row) => {
    const value = Math.min(
      1,
      Math.max(
        0,
        row.reduce((sum, weight, i) => sum + weight * linear[i]!, 0),
      ),
    )
    return Math.round(255 * (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055))
  }) as unknown as Rgb
}

const eight: Extract<Attribute, { kind: 'category' }> = {
  kind: 'category',
  name: 'genre',
  title: 'Genre',
  categories: Array.from({ length: 12 }, (_, i) => `genre ${i}`),
  ordered: false,
  codes: Int16Array.from({ length: 120 }, (_, row) => (row < 100 ? row % 8 : 8 + (row % 4))),
}

describe('colours of categories', () => {
  for (const scheme of schemes) {
    it(`can be told apart, from each other and from the ${scheme} background, also without green cones`, () => {
      const colors = [...new Set(categoryColors(eight, scheme).map(String))].map(
        (text) => text.split(',').map(Number) as unknown as Rgb,
      )
      expect(colors).toHaveLength(9)
      for (const sees of [(rgb: Rgb) => rgb, deuteranopia]) {
        colors.forEach((a, i) => {
          expect(distance(sees(a), background[scheme])).toBeGreaterThan(0.15)
          for (const b of colors.slice(i + 1)) expect(distance(sees(a), sees(b))).toBeGreaterThan(0.055)
        })
      }
    })
  }

  it('go to the most frequent eight; the others and the unknown are grey', () => {
    const colors = categoryColors(eight, 'light')
    expect(colors.slice(8)).toEqual(Array(4).fill(unknownColor('light')))
    const pixels = pixelsOf({ ...eight, codes: Int16Array.of(0, -1) }, 2, 'light', [0, 0, 0])
    expect(pixels[1]).toBe(toPixel(unknownColor('light')))
    expect(pixels[0]).not.toBe(pixels[1])
  })

  it('follow the order where there is one, by falling or rising lightness without a turn', () => {
    for (const scheme of schemes) {
      const ordered = { ...eight, categories: ['G', 'PG', 'PG-13', 'R'], ordered: true }
      const lightness = categoryColors(ordered, scheme).map((color) => oklab(color)[0])
      expect(lightness).toEqual([...lightness].sort((a, b) => b - a))
    }
  })

  it('stand in the legend with their counts, unknown last', () => {
    const items = legendItems({ ...eight, codes: Int16Array.of(2, 2, 0, -1) }, 'light')
    expect(items.map(({ label, count }) => [label, count])).toEqual([
      ['genre 0', 1],
      ['genre 2', 2],
      ['unknown', 1],
    ])
  })
})

describe('the circle of hours', () => {
  for (const scheme of schemes) {
    it(`has even steps and no seam at midnight (${scheme})`, () => {
      const steps = Array.from({ length: 24 }, (_, h) =>
        distance(cyclicColor(h / 24, scheme), cyclicColor((h + 1) / 24, scheme)),
      )
      expect(Math.max(...steps) / Math.min(...steps)).toBeLessThan(3)
      expect(cyclicColor(1, scheme)).toEqual(cyclicColor(0, scheme))
      expect(cyclicColor(-0.25, scheme)).toEqual(cyclicColor(0.75, scheme))
    })

    it(`keeps opposite hours apart without green cones (${scheme})`, () => {
      for (let h = 0; h < 12; h++) {
        const [a, b] = [cyclicColor(h / 24, scheme), cyclicColor((h + 12) / 24, scheme)]
        expect(distance(deuteranopia(a), deuteranopia(b))).toBeGreaterThan(0.12)
      }
    })
  }
})

describe('numbers', () => {
  it('span the 2nd to the 98th percentile', () => {
    const values = Float32Array.from({ length: 101 }, (_, i) => (i === 100 ? 1e9 : i))
    expect(numberDomain(values)).toEqual([2, 98])
    expect(numberDomain(Float32Array.of(Number.NaN))).toBeNull()
    expect(numberDomain(Float32Array.of(5, 5))).toEqual([5, 5])
  })

  it('have colours of one direction of lightness, grey where missing', () => {
    const attribute: Attribute = {
      kind: 'number',
      name: 'x',
      title: 'x',
      unit: null,
      values: Float32Array.of(0, 1, Number.NaN),
    }
    const pixels = pixelsOf(attribute, 3, 'light', [0, 0, 0])
    expect(pixels[0]).toBe(toPixel(rampColor(0, 'light')))
    expect(pixels[2]).toBe(toPixel(unknownColor('light')))
    for (const scheme of schemes) {
      const lightness = Array.from({ length: 11 }, (_, i) => oklab(rampColor(i / 10, scheme))[0])
      const rising = [...lightness].sort((a, b) => a - b)
      expect([rising, rising.toReversed()].map(String)).toContain(String(lightness))
    }
  })

  it('read short, with a true minus and years without a comma', () => {
    expect([0, 1234, 1999, -3.1449, 0.5, 12345.6, 2.5e6].map(formatNumber)).toEqual([
      '0',
      '1,234',
      '1999',
      '−3.14',
      '0.5',
      '12,346',
      '2.5M',
    ])
  })

  it('have a comma where they are no years, whole or not, and below nought', () => {
    expect([1886, 1886.4, -1886.4, 1999, 0, -3.1449, 0.000123].map(formatQuantity)).toEqual([
      '1,886',
      '1,886',
      '−1,886',
      '1,999',
      '0',
      '−3.14',
      '0.000123',
    ])
  })
})

describe('OKLCH', () => {
  it('gives the sRGB of published values and keeps grey grey', () => {
    // Björn Ottosson, "A perceptual color space for image processing": white, and CSS Color 4's red.
    expect(oklch(1, 0, 0)).toEqual([255, 255, 255])
    expect(oklch(0.627955, 0.257683, 29.2339)).toEqual([255, 0, 0])
    expect(oklab([255, 0, 0]).map((value) => Math.round(value * 1e3) / 1e3)).toEqual([0.628, 0.225, 0.126])
  })
})
