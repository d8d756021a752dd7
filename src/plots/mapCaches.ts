import { rowsByPopularity } from './buildMapScene'
import { pixelsOf } from './colorScale'
import { baseRadius, createPointStyle, type PointStyle } from './mapPoints'
import type { EmbeddingMapProps } from './mapProps'
import { fromCss } from './oklch'
import type { PlotTheme } from './plotTheme'

export type MapCaches = ReturnType<typeof createMapCaches>

/** What depends on less than a frame: colours, sizes, order of labels, widths of texts. */
export function createMapCaches() {
  const context = document.createElement('canvas').getContext('2d')!
  let colors: { by: EmbeddingMapProps['colorBy']; rows: number; pixels: Uint32Array } | null = null
  let style: { counts: Uint32Array | null; rows: number; base: number; pixelRatio: number; value: PointStyle } | null =
    null
  let popular: { counts: Uint32Array | null; rows: Int32Array } | null = null
  const widths = new Map<string, number>()
  return {
    colors({ colorBy, rows }: EmbeddingMapProps, theme: PlotTheme): Uint32Array {
      if (!colors || colors.by !== colorBy || colors.rows !== rows) {
        const pixels = pixelsOf(colorBy, rows, theme.dark ? 'dark' : 'light', fromCss(theme.accent))
        colors = { by: colorBy, rows, pixels }
      }
      return colors.pixels
    },
    style(
      { counts, rows }: EmbeddingMapProps,
      { width, height }: { width: number; height: number },
      pixelRatio: number,
    ): PointStyle {
      const base = Math.round(8 * baseRadius(rows, width, height)) / 8
      if (
        !style ||
        style.counts !== counts ||
        style.rows !== rows ||
        style.base !== base ||
        style.pixelRatio !== pixelRatio
      ) {
        style = { counts, rows, base, pixelRatio, value: createPointStyle(rows, counts, base, pixelRatio) }
      }
      return style.value
    },
    popular({ counts, rows }: EmbeddingMapProps): Int32Array {
      if (!popular || popular.counts !== counts || popular.rows.length !== rows) {
        popular = { counts, rows: rowsByPopularity(rows, counts) }
      }
      return popular.rows
    },
    measure(text: string, strong: boolean, fontFamily: string): number {
      const key = `${strong ? 1 : 0}${text}`
      let width = widths.get(key)
      if (width === undefined) {
        context.font = `${strong ? 650 : 450} 11px ${fontFamily}`
        width = context.measureText(text).width
        if (widths.size > 5000) widths.clear()
        widths.set(key, width)
      }
      return width
    },
    clear() {
      colors = null
      widths.clear()
    },
  }
}
