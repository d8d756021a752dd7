/**
 * Points drawn by hand into the pixels of an ImageData: pre-computed anti-aliased discs, blended with integers. On a software renderer this is
 * the only way to draw 10,000 moving points at 60 frames a second; every other one costs over 10 ms. The buffer stays opaque.
 */
export interface PixelBuffer {
  width: number
  height: number
  /** 0xAABBGGRR a pixel (the bytes R, G, B, A of ImageData on a little-endian machine). Signed: engines keep such numbers out of the heap. */
  pixels: Int32Array
}

/** Positions inside a pixel that have a disc of their own, each way: movement of a quarter pixel is seen. */
const PHASES = 4

/** Weights out of 256 of fill and of ring, for each of the 16 positions of the centre inside its pixel. */
export interface Disc {
  side: number
  /** Pixels from the top left of the mask to the pixel of the centre. */
  reach: number
  fill: Uint16Array[]
  /** null: no ring. */
  ring: Uint16Array[] | null
  /** First and one past the last pixel with any weight in each line of a mask: [line 0 from, to, line 1 from, to, …]. */
  spans: Uint8Array[]
}

/** `radius`, `ringWidth` in pixels of the buffer; `opacity` 0 … 1. A ring in the colour of the surface keeps overlapping points apart. */
export function createDisc(radius: number, opacity: number, ringWidth = 0): Disc {
  const reach = Math.ceil(radius + ringWidth + 0.5)
  const side = 2 * reach + 1
  const fill: Uint16Array[] = []
  const ring: Uint16Array[] = []
  for (let phase = 0; phase < PHASES * PHASES; phase++) {
    const dx = ((phase % PHASES) + 0.5) / PHASES
    const dy = (Math.floor(phase / PHASES) + 0.5) / PHASES
    const inner = new Uint16Array(side * side)
    const outer = new Uint16Array(side * side)
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const distance = Math.hypot(x + 0.5 - reach - dx, y + 0.5 - reach - dy)
        const covered = coverage(radius, distance)
        inner[y * side + x] = Math.round(256 * opacity * covered)
        outer[y * side + x] = Math.round(256 * (coverage(radius + ringWidth, distance) - covered))
      }
    }
    fill.push(inner)
    ring.push(outer)
  }
  const spans = fill.map((inner, phase) => spansOf(side, (at) => inner[at]! + ring[phase]![at]! > 0))
  return { side, reach, fill, ring: ringWidth > 0 ? ring : null, spans }
}

function spansOf(side: number, isWeighted: (at: number) => boolean): Uint8Array {
  const spans = new Uint8Array(2 * side)
  for (let line = 0; line < side; line++) {
    let from = 0
    let to = side
    while (from < to && !isWeighted(line * side + from)) from++
    while (to > from && !isWeighted(line * side + to - 1)) to--
    spans[2 * line] = from
    spans[2 * line + 1] = to
  }
  return spans
}

/** Share of a pixel inside a disc, from the distance of their centres. Discs smaller than a pixel fade instead of vanishing. */
function coverage(radius: number, distance: number): number {
  const edge = Math.min(1, Math.max(0, radius + 0.5 - distance))
  return radius < 0.5 ? edge * radius * 2 : edge
}

/** Blends a disc around (x, y) in buffer pixels, cut at the edges. `color` and `surface` as pixels. */
export function splat(buffer: PixelBuffer, x: number, y: number, disc: Disc, color: number, surface: number): void {
  const { width, height, pixels } = buffer
  const { side, reach } = disc
  const cx = Math.floor(x)
  const cy = Math.floor(y)
  const phase = Math.floor((y - cy) * PHASES) * PHASES + Math.floor((x - cx) * PHASES)
  const left = cx - reach
  const top = cy - reach
  // Also where x or y is NaN: every comparison fails.
  if (!(left < width && left + side > 0 && top < height && top + side > 0)) return
  const x0 = left < 0 ? -left : 0
  const y0 = top < 0 ? -top : 0
  const x1 = left + side > width ? width - left : side
  const y1 = top + side > height ? height - top : side
  const fill = disc.fill[phase]!
  const ring = disc.ring?.[phase]
  const redBlue = color & 0xff00ff
  const green = color & 0x00ff00
  const spans = disc.spans[phase]!
  for (let my = y0; my < y1; my++) {
    const from = Math.max(x0, spans[2 * my]!)
    const to = Math.min(x1, spans[2 * my + 1]!)
    let mask = my * side + from
    let at = (top + my) * width + left + from
    for (let mx = from; mx < to; mx++, mask++, at++) {
      const weight = fill[mask]!
      let below = pixels[at]!
      if (ring && ring[mask]! > 0) below = mix(below, surface | 0, ring[mask]!)
      const keep = 256 - weight
      const rb = ((Math.imul(redBlue, weight) + Math.imul(below & 0xff00ff, keep)) >>> 8) & 0xff00ff
      const g = ((Math.imul(green, weight) + Math.imul(below & 0x00ff00, keep)) >>> 8) & 0x00ff00
      pixels[at] = 0xff000000 | rb | g
    }
  }
}

/** `weight` out of 256 of `above` over `below`. */
export function mix(below: number, above: number, weight: number): number {
  const keep = 256 - weight
  const rb = ((Math.imul(above & 0xff00ff, weight) + Math.imul(below & 0xff00ff, keep)) >>> 8) & 0xff00ff
  const g = ((Math.imul(above & 0x00ff00, weight) + Math.imul(below & 0x00ff00, keep)) >>> 8) & 0x00ff00
  return 0xff000000 | rb | g
}

/** A row or column of pixels in one colour: grid lines. */
export function drawRule(buffer: PixelBuffer, direction: 'across' | 'down', at: number, color: number): void {
  const { width, height, pixels } = buffer
  const pixel = Math.round(at)
  if (pixel < 0 || pixel >= (direction === 'across' ? height : width)) return
  if (direction === 'across') pixels.fill(color, pixel * width, (pixel + 1) * width)
  else for (let i = pixel; i < pixels.length; i += width) pixels[i] = color
}

/** A thin anti-aliased line (Wu 1991): two pixels share each step along the longer way. `weight` out of 256. */
export function drawLine(
  buffer: PixelBuffer,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  color: number,
  weight: number,
): void {
  const { width, height, pixels } = buffer
  const steep = Math.abs(y1 - y0) > Math.abs(x1 - x0)
  const length = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
  if (!(length < 4 * (width + height))) return
  const steps = Math.max(1, Math.round(length))
  for (let step = 0; step < steps; step++) {
    const x = x0 + ((x1 - x0) * step) / steps - 0.5
    const y = y0 + ((y1 - y0) * step) / steps - 0.5
    const px = steep ? Math.floor(x) : Math.round(x)
    const py = steep ? Math.round(y) : Math.floor(y)
    if (px < 0 || py < 0 || px >= width - 1 || py >= height - 1) continue
    const at = py * width + px
    const next = steep ? at + 1 : at + width
    const second = Math.round(weight * (steep ? x - px : y - py))
    pixels[at] = mix(pixels[at]!, color, weight - second)
    pixels[next] = mix(pixels[next]!, color, second)
  }
}
