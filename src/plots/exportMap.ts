import type { EmbeddingMap } from './embeddingMap'
import type { LegendItem } from './legend'
import { importance, markStroke } from './mapOverlay'
import type { MapScene, SceneDot } from './mapScene'
import type { PlotTheme } from './plotTheme'

export interface MapExportOptions {
  title: string
  /** One line below the title: data set, epoch, what is simulated. '' for none. */
  caption: string
  /** Categories with their colours; [] for none. */
  legend: readonly Pick<LegendItem, 'label' | 'color'>[]
}

type Theme = Pick<PlotTheme, 'ink' | 'grid' | 'accent' | 'surface' | 'muted' | 'fontFamily'>

/** The map as plain shapes: what both exports are made from. */
export interface MapPicture {
  scene: MapScene
  dots: readonly SceneDot[]
  theme: Theme
}

/** A text of an export, in CSS pixels of the whole picture. */
interface ExportText {
  x: number
  y: number
  text: string
  size: number
  weight: number
  fill: string
  anchor: 'start' | 'middle' | 'end'
  halo: boolean
}

const HEADER_HEIGHT = 52
const LEGEND_LINE = 24

/** The current view as a vector drawing, standing alone: no script, no style sheet, no foreign font. */
export function mapToSvg({ scene, dots, theme }: MapPicture, options: MapExportOptions): string {
  const legend = legendOf(scene.width, theme, options.legend)
  const height = HEADER_HEIGHT + scene.height + legend.height
  const { left, top, width: planeWidth, height: planeHeight } = scene.plane
  const inPlane = [
    ...dots.map((dot) => circle(dot.x, dot.y, dot.radius, dot.color, ` fill-opacity="${dot.opacity}"`)),
    ...scene.links.map(
      (link) =>
        `<line x1="${round(link.x1)}" y1="${round(link.y1)}" x2="${round(link.x2)}" y2="${round(link.y2)}" stroke="${theme.accent}" stroke-width="1.25" stroke-opacity="0.6"/>`,
    ),
    ...sortedMarks(scene).map((mark) =>
      circle(mark.x, mark.y, mark.radius, mark.color, ` stroke="${markStroke(mark, theme)}" stroke-width="2"`),
    ),
  ]
  const grid = gridOf(scene).map(
    ([x1, y1, x2, y2]) =>
      `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${theme.grid}"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${height}" viewBox="0 0 ${scene.width} ${height}" font-family="${escapeXml(theme.fontFamily)}" role="img">`,
    `<title>${escapeXml(options.title)}</title>`,
    `<rect width="100%" height="100%" fill="${theme.surface}"/>`,
    ...grid,
    `<svg x="${left}" y="${HEADER_HEIGHT + top}" width="${planeWidth}" height="${planeHeight}" overflow="hidden">`,
    ...inPlane,
    '</svg>',
    ...legend.dots.map((dot) => circle(dot.x, HEADER_HEIGHT + scene.height + dot.y, 4, dot.color, '')),
    ...textsOf(scene, theme, options, legend).map((text) => svgText(text, theme)),
    '</svg>',
  ].join('\n')
}

/** The current view as an image with `scale` pixels per CSS pixel. Throws when there is nothing to draw yet. */
export function mapToPng(map: EmbeddingMap, options: MapExportOptions, scale = 2): Promise<Blob> {
  const picture = map.picture()
  if (!picture) throw new Error('There is no map to export yet: start training first.')
  const { scene, theme } = picture
  const legend = legendOf(scene.width, theme, options.legend)
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(scene.width * scale)
  canvas.height = Math.round((HEADER_HEIGHT + scene.height + legend.height) * scale)
  const context = canvas.getContext('2d')!
  context.scale(scale, scale)
  context.fillStyle = theme.surface
  context.fillRect(0, 0, canvas.width, canvas.height)
  drawShapes(context, picture)
  for (const dot of legend.dots) disc(context, dot.x, HEADER_HEIGHT + scene.height + dot.y, 4, dot.color)
  for (const text of textsOf(scene, theme, options, legend)) drawText(context, text, theme)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser could not write the image.'))),
      'image/png',
    )
  })
}

function drawShapes(context: CanvasRenderingContext2D, { scene, dots, theme }: MapPicture): void {
  context.strokeStyle = theme.grid
  for (const [x1, y1, x2, y2] of gridOf(scene)) strokeLine(context, x1, y1, x2, y2)
  const { left, top, width, height } = scene.plane
  context.save()
  context.translate(left, HEADER_HEIGHT + top)
  context.beginPath()
  context.rect(0, 0, width, height)
  context.clip()
  for (const dot of dots) {
    context.globalAlpha = dot.opacity
    disc(context, dot.x, dot.y, dot.radius, dot.color)
  }
  context.globalAlpha = 0.6
  context.strokeStyle = theme.accent
  context.lineWidth = 1.25
  for (const link of scene.links) strokeLine(context, link.x1, link.y1, link.x2, link.y2)
  context.globalAlpha = 1
  context.lineWidth = 2
  for (const mark of sortedMarks(scene)) {
    disc(context, mark.x, mark.y, mark.radius, mark.color)
    context.strokeStyle = markStroke(mark, theme)
    context.stroke()
  }
  context.restore()
}

function gridOf({ plane, ticksX, ticksY }: MapScene): [number, number, number, number][] {
  const top = HEADER_HEIGHT + plane.top
  return [
    ...ticksX.map(({ at }): [number, number, number, number] => [
      plane.left + at,
      top,
      plane.left + at,
      top + plane.height,
    ]),
    ...ticksY.map(({ at }): [number, number, number, number] => [
      plane.left,
      top + at,
      plane.left + plane.width,
      top + at,
    ]),
  ]
}

function sortedMarks(scene: MapScene) {
  return [...scene.marks].sort((a, b) => importance(a) - importance(b))
}

/** Entries in lines, each as wide as its text needs (estimated at 6.5 pixels a character). */
function legendOf(width: number, theme: Theme, items: MapExportOptions['legend']) {
  let x = 16
  let line = 0
  const dots: { x: number; y: number; color: string }[] = []
  const texts: ExportText[] = []
  for (const { label, color } of items) {
    const needed = 32 + 6.5 * label.length
    if (x + needed > width && x > 16) {
      x = 16
      line++
    }
    const y = LEGEND_LINE * line + 12
    dots.push({ x: x + 4, y, color })
    texts.push({ ...plainText, x: x + 14, y: y + 4, text: label, fill: theme.ink })
    x += needed
  }
  return { dots, texts, height: items.length > 0 ? LEGEND_LINE * (line + 1) + 8 : 8 }
}

const plainText = { size: 11, weight: 400, anchor: 'start', halo: false } as const

function textsOf(
  scene: MapScene,
  theme: Theme,
  options: MapExportOptions,
  legend: ReturnType<typeof legendOf>,
): ExportText[] {
  const { left, top, width, height } = scene.plane
  const y0 = HEADER_HEIGHT + top
  const muted = { ...plainText, fill: theme.muted }
  return [
    { ...plainText, x: 16, y: 26, text: options.title, size: 15, weight: 600, fill: theme.ink },
    { ...muted, x: 16, y: 44, text: options.caption, size: 12 },
    ...scene.ticksX.map(({ at, label }) => ({
      ...muted,
      x: left + at,
      y: y0 + height + 15,
      text: label,
      anchor: 'middle' as const,
    })),
    ...scene.ticksY.map(({ at, label }) => ({
      ...muted,
      x: left - 8,
      y: y0 + at + 4,
      text: label,
      anchor: 'end' as const,
    })),
    { ...muted, x: left + width, y: HEADER_HEIGHT + scene.height - 4, text: scene.titles.x, anchor: 'end' as const },
    { ...muted, x: left + 6, y: y0 + 4, text: scene.titles.y },
    ...scene.labels.map(({ x, y, text, strong }) => ({
      ...plainText,
      x: left + x,
      y: y0 + y,
      text,
      weight: strong ? 650 : 450,
      fill: theme.ink,
      halo: true,
    })),
    ...legend.texts.map((text) => ({ ...text, y: HEADER_HEIGHT + scene.height + text.y })),
  ].filter((text) => text.text !== '')
}

function svgText(text: ExportText, theme: Theme): string {
  const halo = text.halo
    ? ` paint-order="stroke" stroke="${theme.surface}" stroke-width="3" stroke-linejoin="round"`
    : ''
  return `<text x="${round(text.x)}" y="${round(text.y)}" font-size="${text.size}" font-weight="${text.weight}" fill="${text.fill}" text-anchor="${text.anchor}"${halo}>${escapeXml(text.text)}</text>`
}

function drawText(context: CanvasRenderingContext2D, text: ExportText, theme: Theme): void {
  context.font = `${text.weight} ${text.size}px ${theme.fontFamily}`
  context.textAlign = text.anchor === 'middle' ? 'center' : text.anchor
  if (text.halo) {
    context.lineJoin = 'round'
    context.lineWidth = 3
    context.strokeStyle = theme.surface
    context.strokeText(text.text, text.x, text.y)
  }
  context.fillStyle = text.fill
  context.fillText(text.text, text.x, text.y)
}

function disc(context: CanvasRenderingContext2D, x: number, y: number, radius: number, color: string): void {
  context.fillStyle = color
  context.beginPath()
  context.arc(x, y, radius, 0, 2 * Math.PI)
  context.fill()
}

function strokeLine(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath()
  context.moveTo(x1, y1)
  context.lineTo(x2, y2)
  context.stroke()
}

function circle(x: number, y: number, radius: number, fill: string, more: string): string {
  return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="${fill}"${more}/>`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
