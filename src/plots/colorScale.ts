import type { Attribute } from '../protocol/trainer'
import { fromHex, interpolateStops, oklch, type Rgb, toPixel } from './oklch'

/**
 * Colours of data. Never the only carrier of a meaning, and chosen for people who see fewer of them: categories after Okabe and Ito (2008),
 * numbers along a ramp of even lightness, hours on a circle whose midnight is dark and whose noon is bright.
 */
export type Scheme = 'light' | 'dark'

/** Distinct colours for categories without an order; what has none of them is grey. */
const categorical: Record<Scheme, readonly Rgb[]> = {
  light: ['#d9822b', '#0a8f6c', '#3355d1', '#b0468f', '#49a8d8', '#b3261e', '#8a7a10', '#5a3a9a'].map(fromHex),
  dark: ['#f0a04b', '#1fae86', '#6f8cff', '#ec9ad2', '#93e0ff', '#dd4a3a', '#ece06a', '#a05fd6'].map(fromHex),
}

const unknown: Record<Scheme, Rgb> = { light: fromHex('#b4b1ab'), dark: fromHex('#55534f') }

/** Ramp for numbers and for categories in order: bright gold → green → blue → violet on light, ends exchanged on dark, so that more always stands out more. */
const ramp: Record<Scheme, readonly Rgb[]> = {
  light: ['#e3ae3a', '#4fae7c', '#2f83b8', '#4a55c0', '#7a2a90'].map(fromHex),
  dark: ['#8a6ad0', '#6288e8', '#3fa6c4', '#63c98c', '#f5d565'].map(fromHex),
}

const diverging: Record<Scheme, readonly Rgb[]> = {
  light: ['#1f4fa8', '#7aa6dc', '#f2f1ee', '#e9a25f', '#a8480c'].map(fromHex),
  dark: ['#7db1ff', '#3a62a0', '#2a2a2c', '#a8622a', '#ffb066'].map(fromHex),
}

/** For areas: begins near the background, so that much of little stays quiet. */
const heat: Record<Scheme, readonly Rgb[]> = {
  light: ['#f1efe6', '#c3e0c6', '#62b3b2', '#3a72b8', '#4b2a86'].map(fromHex),
  dark: ['#232433', '#3b4390', '#3f86b8', '#6cc7a0', '#f2e28a'].map(fromHex),
}

export function unknownColor(scheme: Scheme): Rgb {
  return unknown[scheme]
}

export function rampColor(t: number, scheme: Scheme): Rgb {
  return interpolateStops(ramp[scheme], t)
}

/** `t` 0 … 1, for the cells of a heat map. */
export function heatColor(t: number, scheme: Scheme): Rgb {
  return interpolateStops(heat[scheme], t)
}

/** `t` −1 … 1; 0 is neutral. */
export function divergingColor(t: number, scheme: Scheme): Rgb {
  return interpolateStops(diverging[scheme], (t + 1) / 2)
}

/** `turn` 0 … 1 around the circle: 0 (midnight) dark violet, ¼ blue, ½ (noon) bright green-yellow, ¾ orange. Morning and evening differ along blue–yellow, which nearly everybody sees. */
export function cyclicColor(turn: number, scheme: Scheme): Rgb {
  const phase = turn - Math.floor(turn)
  const height = (1 - Math.cos(2 * Math.PI * phase)) / 2
  const lightness = scheme === 'light' ? 0.4 + 0.4 * height : 0.52 + 0.36 * height
  return oklch(lightness, 0.15, 320 - 360 * phase - 14 * Math.sin(2 * Math.PI * phase))
}

/**
 * Which colour each category has. In order: along the ramp. Without an order: the most frequent eight have one each (ties by position),
 * the rest are grey: more colours than that cannot be told apart.
 */
export function categoryColors(attribute: Extract<Attribute, { kind: 'category' }>, scheme: Scheme): Rgb[] {
  const { categories, codes, ordered } = attribute
  if (ordered) {
    const last = Math.max(1, categories.length - 1)
    return categories.map((_, i) => rampColor(scheme === 'light' ? i / last : 1 - i / last, scheme))
  }
  const palette = categorical[scheme]
  const frequency = categoryCounts(categories.length, codes)
  const named = categories
    .map((_, i) => i)
    .sort((a, b) => frequency[b]! - frequency[a]! || a - b)
    .slice(0, palette.length)
    .sort((a, b) => a - b)
  const colors: Rgb[] = categories.map(() => unknown[scheme])
  named.forEach((category, i) => {
    colors[category] = palette[i]!
  })
  return colors
}

export function categoryCounts(categories: number, codes: Int16Array): Uint32Array {
  const counts = new Uint32Array(categories)
  for (const code of codes) if (code >= 0) counts[code]! += 1
  return counts
}

/** What a ramp spans: the 2nd to the 98th percentile, so that one extreme doesn't bleach the rest; null when nothing is known. */
export function numberDomain(values: Float32Array): [number, number] | null {
  const known = values.filter((value) => Number.isFinite(value)).sort()
  if (known.length === 0) return null
  const at = (share: number) => known[Math.round(share * (known.length - 1))]!
  const [low, high] = [at(0.02), at(0.98)]
  return high > low ? [low, high] : [known[0]!, known[known.length - 1]!]
}

/** One pixel colour a row (`toPixel`); rows without a value are grey. `attribute` null: all in `plain`. */
export function pixelsOf(attribute: Attribute | null, rows: number, scheme: Scheme, plain: Rgb): Uint32Array {
  const pixels = new Uint32Array(rows)
  const grey = toPixel(unknown[scheme])
  if (!attribute) return pixels.fill(toPixel(plain))
  if (attribute.kind === 'category') {
    const palette = categoryColors(attribute, scheme).map(toPixel)
    for (let row = 0; row < rows; row++) pixels[row] = palette[attribute.codes[row]!] ?? grey
    return pixels
  }
  const steps = 256
  const table = Uint32Array.from({ length: steps }, (_, i) =>
    toPixel(attribute.kind === 'cyclic' ? cyclicColor(i / steps, scheme) : rampColor(i / (steps - 1), scheme)),
  )
  const share = attribute.kind === 'cyclic' ? cyclicShare(attribute.period) : numberShare(attribute.values)
  for (let row = 0; row < rows; row++) {
    const t = share(attribute.values[row]!)
    pixels[row] = Number.isFinite(t) ? table[Math.min(steps - 1, Math.floor(t * steps))]! : grey
  }
  return pixels
}

function cyclicShare(period: number): (value: number) => number {
  return (value) => value / period - Math.floor(value / period)
}

function numberShare(values: Float32Array): (value: number) => number {
  const domain = numberDomain(values)
  if (!domain) return () => Number.NaN
  const [low, high] = domain
  if (high === low) return (value) => (Number.isNaN(value) ? value : 0.5)
  return (value) => Math.min(1, Math.max(0, (value - low) / (high - low)))
}
