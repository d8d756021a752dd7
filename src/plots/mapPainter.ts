import type { MapTransform } from './mapFrame'
import { createMapLabels } from './mapLabels'
import { drawGrid, drawPoints, drawTrails, type PointStyle } from './mapPoints'
import { type EmbeddingMapProps, isLine } from './mapProps'
import type { MapScene } from './mapScene'
import type { MapState } from './mapState'
import { fromCss, toPixel } from './oklch'
import { paintMarks } from './paintMarks'
import type { PlotTheme } from './plotTheme'
import { mix, type PixelBuffer, splat } from './splat'

/** More device pixels than this per CSS pixel cannot be told apart in a dot, and cost. */
const MAX_PIXEL_RATIO = 2

/** The pixels of the plane: grid, trails, points, what stands out, names. */
export function createMapPainter(canvas: HTMLCanvasElement) {
  const context = canvas.getContext('2d', { alpha: false })!
  let image = context.createImageData(1, 1)
  let pixels = new Int32Array(image.data.buffer)
  let x = new Float32Array(0)
  let y = new Float32Array(0)
  const labels = createMapLabels()
  return {
    /** After a change of the font. */
    forgetLabels: labels.clear,
    get pixelRatio() {
      return Math.min(MAX_PIXEL_RATIO, devicePixelRatio || 1)
    },
    clear(theme: PlotTheme): void {
      context.fillStyle = theme.surface
      context.fillRect(0, 0, canvas.width, canvas.height)
    },
    /** Returns whether the picture has come to rest. */
    paint(
      state: MapState,
      props: EmbeddingMapProps,
      scene: MapScene,
      style: PointStyle,
      colors: Uint32Array,
      past: readonly { x: Float32Array; y: Float32Array }[],
    ): boolean {
      const ratio = this.pixelRatio
      const { left, top } = scene.plane
      const width = Math.round(scene.plane.width * ratio)
      const height = Math.round(scene.plane.height * ratio)
      if (canvas.width !== width || canvas.height !== height || image.width !== width) {
        canvas.width = width
        canvas.height = height
        Object.assign(canvas.style, { width: `${scene.plane.width}px`, height: `${scene.plane.height}px` })
        Object.assign(canvas.style, { left: `${left}px`, top: `${top}px` })
        image = context.createImageData(width, height)
        pixels = new Int32Array(image.data.buffer)
      }
      if (x.length !== state.screenX.length) {
        x = new Float32Array(state.screenX.length)
        y = new Float32Array(state.screenX.length)
      }
      for (let row = 0; row < x.length; row++) {
        x[row] = state.screenX[row]! * ratio
        y[row] = state.screenY[row]! * ratio
      }
      const surface = toPixel(fromCss(state.theme.surface))
      const buffer = { width, height, pixels }
      pixels.fill(surface)
      const grid = toPixel(fromCss(state.theme.grid))
      const across = isLine(props.view) ? [] : scene.ticksY.map((tick) => tick.at * ratio)
      drawGrid(
        buffer,
        scene.ticksX.map((tick) => tick.at * ratio),
        across,
        grid,
      )
      // The origin is where cosines are measured from: its lines are a little stronger.
      const { xOffset, yOffset } = state.transform!
      drawGrid(buffer, [xOffset * ratio], [yOffset * ratio], mix(grid, toPixel(fromCss(state.theme.muted)), 56))
      drawTrails(buffer, { x, y, colors }, past, inBuffer(state.transform!, ratio), props)
      if (state.other) drawOther(buffer, state.other, inBuffer(state.transform!, ratio), { colors, style, surface })
      drawPoints(buffer, { x, y, colors }, style, props, surface)
      context.putImageData(image, 0, 0)
      context.setTransform(ratio, 0, 0, ratio, 0, 0)
      paintMarks(context, scene, state.theme)
      const fading = labels.paint(context, scene.labels, state.theme, ratio, performance.now())
      context.setTransform(1, 0, 0, 1, 0, 0)
      return !fading
    },
  }
}

/** The dots of a run that is laid over. */
function drawOther(
  buffer: PixelBuffer,
  { x, y }: { x: Float32Array; y: Float32Array },
  { xScale, xOffset, yScale, yOffset }: MapTransform,
  { colors, style, surface }: { colors: Uint32Array; style: PointStyle; surface: number },
): void {
  for (const row of style.order) {
    const disc = style.faintDiscs[style.size[row]!]!
    splat(buffer, xScale * x[row]! + xOffset, yScale * y[row]! + yOffset, disc, colors[row]!, surface)
  }
}

/** From CSS pixels to pixels of the buffer. */
function inBuffer({ xScale, xOffset, yScale, yOffset }: MapTransform, ratio: number): MapTransform {
  return { xScale: xScale * ratio, xOffset: xOffset * ratio, yScale: yScale * ratio, yOffset: yOffset * ratio }
}
