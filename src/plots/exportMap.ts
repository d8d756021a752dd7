import type { EmbeddingMap } from './embeddingMap'
import {
  type ExportLegend,
  type ExportText,
  type LegendShapes,
  legendShapes,
  plainText,
  wrapText,
} from './exportLegend'
import type { MapScene, SceneDot, SceneTrail } from './mapScene'
import { markStroke, paintMarks, RING_OPACITY, RING_WIDTH, sortedMarks } from './paintMarks'
import type { PlotTheme } from './plotTheme'

export interface MapExportOptions extends ExportLegend {
  title: string
  /** Below the title, in as many lines as it needs: data set, epoch, what is simulated. '' for none. */
  caption: string
}

type Theme = Pick<PlotTheme, 'ink' | 'grid' | 'accent' | 'surface' | 'muted' | 'fontFamily'>

/** The map as plain shapes: what both exports are made from. */
export interface MapPicture {
  scene: MapScene
  dots: readonly SceneDot[]
  /** Where the points came from, as far as it is shown. */
  trails: readonly SceneTrail[]
  theme: Theme
}

const CAPTION_SIZE = 12
const CAPTION_LINE = 16

/** What stands above and below the plane. */
interface Surroundings {
  /** Height of title and caption. */
  header: number
  caption: string[]
  legend: LegendShapes
  height: number
}

function surroundingsOf(scene: MapScene, theme: Theme, options: MapExportOptions): Surroundings {
  const caption = wrapText(options.caption, CAPTION_SIZE, scene.width - 32)
  const header = 36 + CAPTION_LINE * caption.length
  const legend = legendShapes(scene.width, theme, options)
  return { header, caption, legend, height: header + scene.height + legend.height }
}

const TRAIL_OPACITY = 0.35

/** The current view as a vector drawing, standing alone: no script, no style sheet, no foreign font. */
export function mapToSvg({ scene, dots, trails, theme }: MapPicture, options: MapExportOptions): string {
  const around = surroundingsOf(scene, theme, options)
  const { header, legend, height } = around
  const below = header + scene.height
  const { left, top, width: planeWidth, height: planeHeight } = scene.plane
  const inPlane = [
    ...trails.map(
      ({ points, color }) =>
        `<polyline points="${points.map(round).join(' ')}" fill="none" stroke="${color}" stroke-opacity="${TRAIL_OPACITY}"/>`,
    ),
    ...dots.map((dot) => circle(dot.x, dot.y, dot.radius, dot.color, ` fill-opacity="${dot.opacity}"`)),
    ...scene.links.map(
      (link) =>
        `<line x1="${round(link.x1)}" y1="${round(link.y1)}" x2="${round(link.x2)}" y2="${round(link.y2)}" stroke="${theme.accent}" stroke-width="1.25" stroke-opacity="0.6"/>`,
    ),
    ...scene.rings.map(
      ({ x, y, radius }) =>
        `<circle cx="${round(x)}" cy="${round(y)}" r="${round(radius)}" fill="none" stroke="${theme.ink}" stroke-width="${RING_WIDTH}" stroke-opacity="${RING_OPACITY}"/>`,
    ),
    ...sortedMarks(scene).map((mark) =>
      circle(mark.x, mark.y, mark.radius, mark.color, ` stroke="${markStroke(mark, theme)}" stroke-width="2"`),
    ),
  ]
  const grid = gridOf(scene, header).map(
    ([x1, y1, x2, y2]) =>
      `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" stroke="${theme.grid}"/>`,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${height}" viewBox="0 0 ${scene.width} ${height}" font-family="${escapeXml(theme.fontFamily)}" role="img">`,
    `<title>${escapeXml(options.title)}</title>`,
    `<rect width="100%" height="100%" fill="${theme.surface}"/>`,
    ...grid,
    `<svg x="${left}" y="${header + top}" width="${planeWidth}" height="${planeHeight}" overflow="hidden">`,
    ...inPlane,
    '</svg>',
    ...legend.bars.map(
      (bar) =>
        `<rect x="${round(bar.x)}" y="${below + bar.y}" width="${round(bar.width)}" height="${bar.height}" fill="${bar.color}"/>`,
    ),
    ...legend.dots.map((dot) => circle(dot.x, below + dot.y, 4, dot.color, '')),
    ...textsOf(scene, theme, options.title, around).map((text) => svgText(text, theme)),
    '</svg>',
  ].join('\n')
}

/** The current view as an image with `scale` pixels per CSS pixel. Throws when there is nothing to draw yet. */
export function mapToPng(map: EmbeddingMap, options: MapExportOptions, scale = 2): Promise<Blob> {
  const picture = map.picture()
  if (!picture) throw new Error('There is no map to export yet: start training first.')
  const { scene, theme } = picture
  const around = surroundingsOf(scene, theme, options)
  const below = around.header + scene.height
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(scene.width * scale)
  canvas.height = Math.round(around.height * scale)
  const context = canvas.getContext('2d')!
  context.scale(scale, scale)
  context.fillStyle = theme.surface
  context.fillRect(0, 0, canvas.width, canvas.height)
  drawShapes(context, picture, around.header)
  for (const bar of around.legend.bars) {
    context.fillStyle = bar.color
    context.fillRect(bar.x, below + bar.y, bar.width, bar.height)
  }
  for (const dot of around.legend.dots) disc(context, dot.x, below + dot.y, 4, dot.color)
  for (const text of textsOf(scene, theme, options.title, around)) drawText(context, text, theme)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser could not write the image.'))),
      'image/png',
    )
  })
}

function drawShapes(
  context: CanvasRenderingContext2D,
  { scene, dots, trails, theme }: MapPicture,
  header: number,
): void {
  context.strokeStyle = theme.grid
  for (const [x1, y1, x2, y2] of gridOf(scene, header)) strokeLine(context, x1, y1, x2, y2)
  const { left, top, width, height } = scene.plane
  context.save()
  context.translate(left, header + top)
  context.beginPath()
  context.rect(0, 0, width, height)
  context.clip()
  context.globalAlpha = TRAIL_OPACITY
  for (const trail of trails) strokeTrail(context, trail)
  for (const dot of dots) {
    context.globalAlpha = dot.opacity
    disc(context, dot.x, dot.y, dot.radius, dot.color)
  }
  paintMarks(context, scene, theme)
  context.restore()
}

function gridOf({ plane, ticksX, ticksY }: MapScene, header: number): [number, number, number, number][] {
  const top = header + plane.top
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

function textsOf(
  scene: MapScene,
  theme: Theme,
  heading: string,
  { header, caption, legend }: Surroundings,
): ExportText[] {
  const { left, top, width, height } = scene.plane
  const y0 = header + top
  const muted = { ...plainText, fill: theme.muted }
  return [
    { ...plainText, x: 16, y: 26, text: heading, size: 15, weight: 600, fill: theme.ink },
    ...caption.map((text, i) => ({ ...muted, x: 16, y: 44 + CAPTION_LINE * i, text, size: CAPTION_SIZE })),
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
    { ...muted, x: left + width, y: header + scene.height - 4, text: scene.titles.x, anchor: 'end' as const },
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
    ...legend.texts.map((text) => ({ ...text, y: header + scene.height + text.y })),
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

function strokeTrail(context: CanvasRenderingContext2D, { points, color }: SceneTrail): void {
  context.strokeStyle = color
  context.beginPath()
  for (let i = 0; i < points.length; i += 2) context.lineTo(points[i]!, points[i + 1]!)
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
