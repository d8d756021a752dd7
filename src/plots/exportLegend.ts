import type { LegendGradient, LegendItem } from './legend'
import type { PlotTheme } from './plotTheme'

/** What the colours of an exported picture mean. */
export interface ExportLegend {
  /** What is coloured: `MPAA rating`. */
  legendTitle?: string
  /** Categories with their colours, and what is grey; [] for none. */
  legend: readonly Pick<LegendItem, 'label' | 'color'>[]
  /** Scale of a number or a circle. */
  band?: { gradient: LegendGradient; unit: string | null } | null
}

/** A text of an export, in CSS pixels of the whole picture. */
export interface ExportText {
  x: number
  y: number
  text: string
  size: number
  weight: number
  fill: string
  anchor: 'start' | 'middle' | 'end'
  halo: boolean
}

export const plainText = { size: 11, weight: 400, anchor: 'start', halo: false } as const

/** Shapes of the legend; y from its own top. */
export interface LegendShapes {
  dots: { x: number; y: number; color: string }[]
  bars: { x: number; y: number; width: number; height: number; color: string }[]
  texts: ExportText[]
  height: number
}

const LINE = 24
const EDGE = 16
const BAND_WIDTH = 240

/** Pixels that a text takes, estimated at 0.58 of its size a character: rather too many than too few. */
export function estimatedWidth(text: string, size: number): number {
  return 0.58 * size * text.length
}

/** Title, band and entries in lines, each as wide as its text needs. */
export function legendShapes(
  width: number,
  theme: Pick<PlotTheme, 'ink' | 'muted'>,
  { legendTitle = '', legend, band = null }: ExportLegend,
): LegendShapes {
  const shapes: LegendShapes = { dots: [], bars: [], texts: [], height: 8 }
  if (legend.length === 0 && !band) return shapes
  let x = EDGE
  let top = 0
  const breakLine = (needed: number) => {
    if (x === EDGE || x + needed <= width) return
    x = EDGE
    top += LINE
  }
  if (legendTitle !== '') {
    shapes.texts.push({ ...plainText, x, y: 16, text: legendTitle, fill: theme.muted })
    x += estimatedWidth(legendTitle, 11) + 20
  }
  if (band) {
    breakLine(BAND_WIDTH + EDGE)
    addBand(shapes, { x, top, width: Math.min(BAND_WIDTH, width - x - EDGE) }, band, theme)
    x += BAND_WIDTH + 24 + (band.unit ? estimatedWidth(band.unit, 11) : 0)
  }
  for (const { label, color } of legend) {
    const needed = 32 + estimatedWidth(label, 11)
    breakLine(needed)
    shapes.dots.push({ x: x + 4, y: top + 12, color })
    shapes.texts.push({ ...plainText, x: x + 14, y: top + 16, text: label, fill: theme.ink })
    x += needed
  }
  shapes.height = top + LINE + (band ? 20 : 8)
  return shapes
}

function addBand(
  { bars, texts }: LegendShapes,
  { x, top, width }: { x: number; top: number; width: number },
  { gradient, unit }: NonNullable<ExportLegend['band']>,
  theme: Pick<PlotTheme, 'muted'>,
): void {
  const step = width / gradient.colors.length
  // A hair wider than its step, so that no seam shows between neighbours.
  gradient.colors.forEach((color, i) => {
    bars.push({ x: x + i * step, y: top + 8, width: step + 0.5, height: 8, color })
  })
  for (const { at, label } of gradient.ticks) {
    texts.push({ ...plainText, x: x + at * width, y: top + 29, text: label, anchor: 'middle', fill: theme.muted })
  }
  if (unit) texts.push({ ...plainText, x: x + width + 10, y: top + 16, text: unit, fill: theme.muted })
}

/** Lines of at most `width` pixels, broken between words. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const longer = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && estimatedWidth(longer, size) > width) lines.push(word)
    else lines[Math.max(0, lines.length - 1)] = longer
  }
  return lines.filter((line) => line !== '')
}
