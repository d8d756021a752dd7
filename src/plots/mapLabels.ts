import { LABEL_BASELINE, LABEL_HEIGHT, type SceneLabel } from './mapScene'
import { type PlotTheme, prefersReducedMotion } from './plotTheme'

const FONT_SIZE = 11
/** Stroke in the colour of the surface behind the letters, CSS pixels. */
const HALO = 3
const FADE_MS = 160
/** A sprite of a label is about 10 kB. */
const MAX_SPRITES = 1000

/**
 * Names beside the points. Each is written once into a bitmap and copied from there: text laid out anew in every frame (SVG, or `fillText` with
 * its halo) took a quarter of the frame. A new label fades in.
 */
export function createMapLabels() {
  const sprites = new Map<string, HTMLCanvasElement>()
  let shownSince = new Map<number, number>()
  let drawnFor = ''

  return {
    /** Draws in CSS pixels of the plane. Returns whether a label is still fading in. */
    paint(
      context: CanvasRenderingContext2D,
      labels: readonly SceneLabel[],
      theme: PlotTheme,
      pixelRatio: number,
      now: number,
    ): boolean {
      const key = `${theme.ink} ${theme.surface} ${theme.fontFamily} ${pixelRatio}`
      if (key !== drawnFor || sprites.size > MAX_SPRITES) sprites.clear()
      drawnFor = key
      const since = new Map<number, number>()
      const still = prefersReducedMotion()
      let fading = false
      for (const label of labels) {
        const start = shownSince.get(label.row) ?? (still ? Number.NEGATIVE_INFINITY : now)
        since.set(label.row, start)
        const shown = Math.min(1, (now - start) / FADE_MS)
        if (shown < 1) fading = true
        const name = `${label.strong ? 1 : 0}${label.text}`
        let sprite = sprites.get(name)
        if (!sprite) {
          sprite = writeLabel(label, theme, pixelRatio)
          sprites.set(name, sprite)
        }
        context.globalAlpha = shown
        const [left, top] = [label.x - HALO, label.y - LABEL_BASELINE - HALO]
        context.drawImage(sprite, left, top, sprite.width / pixelRatio, sprite.height / pixelRatio)
      }
      context.globalAlpha = 1
      shownSince = since
      return fading
    },
    /** After a change of the font: bitmaps hold the old one. */
    clear: () => sprites.clear(),
  }
}

function writeLabel({ text, strong }: SceneLabel, theme: PlotTheme, pixelRatio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d')!
  const font = `${strong ? 650 : 450} ${FONT_SIZE}px ${theme.fontFamily}`
  context.font = font
  canvas.width = Math.ceil((context.measureText(text).width + 2 * HALO) * pixelRatio)
  canvas.height = Math.ceil((LABEL_HEIGHT + 2 * HALO) * pixelRatio)
  context.scale(pixelRatio, pixelRatio)
  context.font = font
  context.lineJoin = 'round'
  context.lineWidth = HALO
  context.strokeStyle = theme.surface
  context.strokeText(text, HALO, HALO + LABEL_BASELINE)
  context.fillStyle = theme.ink
  context.fillText(text, HALO, HALO + LABEL_BASELINE)
  return canvas
}
