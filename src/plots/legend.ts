import { format } from 'd3-format'
import type { Attribute } from '../protocol/trainer'
import {
  categoryColors,
  categoryCounts,
  cyclicColor,
  divergingColor,
  heatColor,
  numberDomain,
  rampColor,
  type Scheme,
  unknownColor,
} from './colorScale'
import { toCss } from './oklch'

/** An entry of a legend of categories; `code` as in the attribute, -1 = rows of unknown category. */
export interface LegendItem {
  code: number
  label: string
  color: string
  count: number
}

/** Categories that occur, in their order; last what stands for rows without one (`unknownLabel`), where there are such. */
export function legendItems(
  attribute: Extract<Attribute, { kind: 'category' }>,
  scheme: Scheme,
  unknownLabel = 'unknown',
): LegendItem[] {
  const counts = categoryCounts(attribute.categories.length, attribute.codes)
  const colors = categoryColors(attribute, scheme)
  const items = attribute.categories
    .map((label, code) => ({ code, label, color: toCss(colors[code]!), count: counts[code]! }))
    .filter((item) => item.count > 0)
  const missing = attribute.codes.reduce((sum, code) => sum + (code < 0 ? 1 : 0), 0)
  if (missing > 0) items.push({ code: -1, label: unknownLabel, color: unknownCss(scheme), count: missing })
  return items
}

/** Grey of points whose value is not known. */
export function unknownCss(scheme: Scheme): string {
  return toCss(unknownColor(scheme))
}

/** A band of colour with ticks: `at` 0 … 1 along it. `css` is a value for `background`. */
export interface LegendGradient {
  css: string
  colors: string[]
  ticks: { at: number; label: string }[]
}

/** Once around the circle, from 0 to the period. */
export function cyclicGradient(period: number, scheme: Scheme): LegendGradient {
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((at) => ({ at, label: formatNumber(at * period) }))
  return gradient((t) => toCss(cyclicColor(t, scheme)), period % 4 === 0 ? ticks : [ticks[0]!, ticks[4]!])
}

export function numberGradient(values: Float32Array, scheme: Scheme): LegendGradient {
  const [low, high] = numberDomain(values) ?? [0, 1]
  return gradient(
    (t) => toCss(rampColor(t, scheme)),
    [0, 0.5, 1].map((at) => ({ at, label: formatNumber(low + at * (high - low)) })),
  )
}

/** Of a heat map. For a domain given as [low, high]; `diverging` puts the neutral colour in the middle. */
export function heatGradient(domain: readonly [number, number], diverging: boolean, scheme: Scheme): LegendGradient {
  const [low, high] = domain
  return gradient(
    (t) => toCss(diverging ? divergingColor(2 * t - 1, scheme) : heatColor(t, scheme)),
    [0, 0.5, 1].map((at) => ({ at, label: formatNumber(low + at * (high - low)) })),
  )
}

/** Short, with a true minus: 1,234 · 0.52 · −3.1 · 1.2M. Whole numbers from 1800 to 2100 are taken for years: no comma. */
export function formatNumber(value: number): string {
  return Number.isInteger(value) && value >= 1800 && value <= 2100 ? String(value) : formatQuantity(value)
}

/** As short, of what is measured or predicted and never a year: 1,886. */
export function formatQuantity(value: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 1e6) return format('.3~s')(value).replace('G', 'B')
  if (size >= 100 || Number.isInteger(value)) return format(',.0f')(value)
  return format('.3~r')(value)
}

function gradient(color: (t: number) => string, ticks: LegendGradient['ticks']): LegendGradient {
  const colors = Array.from({ length: 17 }, (_, i) => color(i / 16))
  return { css: `linear-gradient(to right, ${colors.join(', ')})`, colors, ticks }
}
