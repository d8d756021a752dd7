import { plainText, wrapText } from './exportLegend'
import { readTheme } from './plotTheme'

const SVG = 'http://www.w3.org/2000/svg'
const CAPTION_SIZE = 12
const CAPTION_LINE = 16
const EDGE = 16

export interface ChartPicture {
  svg: string
  width: number
  height: number
}

/**
 * The chart that stands in `container` as a drawing of its own, with title and caption above it: no script, no style sheet, no foreign font.
 * null before it is drawn.
 */
export function exportChart(container: HTMLElement, title: string, caption: string): ChartPicture | null {
  const chart = container.querySelector('svg')
  if (!chart) return null
  const theme = readTheme(container)
  const { width, height } = chart.getBoundingClientRect()
  const lines = wrapText(caption, CAPTION_SIZE, width)
  const header = 40 + CAPTION_LINE * lines.length
  const size = { width: Math.round(width + 2 * EDGE), height: Math.round(height + header + EDGE) }
  const picture = element('svg', { ...size, viewBox: `0 0 ${size.width} ${size.height}`, role: 'img' })
  picture.setAttribute('font-family', theme.fontFamily)
  picture.append(element('rect', { width: '100%', height: '100%', fill: theme.surface }))
  picture.append(textElement(title, 26, { 'font-size': 15, 'font-weight': 600, fill: theme.ink }))
  lines.forEach((line, i) => {
    const look = { 'font-size': CAPTION_SIZE, 'font-weight': plainText.weight, fill: theme.muted }
    picture.append(textElement(line, 46 + CAPTION_LINE * i, look))
  })
  const copy = chart.cloneNode(true) as SVGSVGElement
  for (const name of ['style', 'tabindex', 'role', 'aria-label']) copy.removeAttribute(name)
  for (const [name, value] of Object.entries({ x: EDGE, y: header, width, height })) copy.setAttribute(name, `${value}`)
  picture.append(copy)
  return { svg: new XMLSerializer().serializeToString(picture), ...size }
}

/** As an image with `scale` pixels per CSS pixel. */
export async function chartToPng({ svg, width, height }: ChartPicture, scale = 2): Promise<Blob> {
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * scale
  canvas.height = height * scale
  canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser could not write the image.'))),
      'image/png',
    )
  })
}

function element(name: string, attributes: Record<string, string | number>): SVGElement {
  const made = document.createElementNS(SVG, name)
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, `${value}`)
  return made
}

function textElement(text: string, y: number, look: Record<string, string | number>): SVGElement {
  const made = element('text', { x: EDGE, y, ...look })
  made.textContent = text
  return made
}
