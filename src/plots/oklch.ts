/** sRGB, each 0 … 255. */
export type Rgb = readonly [number, number, number]

/**
 * sRGB of an OKLCH colour (Ottosson 2020): lightness 0 … 1, chroma about 0 … 0.3, hue in degrees.
 * Chroma is lowered until the colour fits into sRGB, lightness and hue stay.
 */
export function oklch(lightness: number, chroma: number, hue: number): Rgb {
  const angle = (hue * Math.PI) / 180
  for (let c = chroma; ; c *= 0.95) {
    const linear = oklabToLinear(lightness, c * Math.cos(angle), c * Math.sin(angle))
    if (c < 1e-3 || linear.every((value) => value >= -1e-4 && value <= 1.0001)) {
      return linear.map((value) => Math.round(255 * encode(Math.min(1, Math.max(0, value))))) as unknown as Rgb
    }
  }
}

/** OKLab coordinates [L, a, b]: Euclidean distance is perceived difference, about. */
export function oklab([r, g, b]: Rgb): [number, number, number] {
  const [lr, lg, lb] = [decode(r / 255), decode(g / 255), decode(b / 255)]
  const l = Math.cbrt(0.4122214708 * lr + 0.5363325363 * lg + 0.0514459929 * lb)
  const m = Math.cbrt(0.2119034982 * lr + 0.6806995451 * lg + 0.1073969566 * lb)
  const s = Math.cbrt(0.0883024619 * lr + 0.2817188376 * lg + 0.6299787005 * lb)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** `#rrggbb` → sRGB. */
export function fromHex(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16)
  return [value >> 16, (value >> 8) & 255, value & 255]
}

/** `rgb(r, g, b)` → sRGB. */
export function fromCss(color: string): Rgb {
  const [r = 0, g = 0, b = 0] = (color.match(/\d+/g) ?? []).map(Number)
  return [r, g, b]
}

export function toCss([r, g, b]: Rgb): string {
  return `rgb(${r}, ${g}, ${b})`
}

/** As a pixel of ImageData seen through a Uint32Array (little-endian), opaque. */
export function toPixel([r, g, b]: Rgb): number {
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0
}

/** Colours evenly along a path through `stops`, in OKLab. `t` 0 … 1. */
export function interpolateStops(stops: readonly Rgb[], t: number): Rgb {
  const position = Math.min(1, Math.max(0, t)) * (stops.length - 1)
  const at = Math.min(stops.length - 2, Math.floor(position))
  const share = position - at
  const from = oklab(stops[at]!)
  const to = oklab(stops[at + 1]!)
  const [l, a, b] = from.map((value, i) => value + share * (to[i]! - value))
  return oklch(l!, Math.hypot(a!, b!), (Math.atan2(b!, a!) * 180) / Math.PI)
}

function oklabToLinear(lightness: number, a: number, b: number): [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function encode(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
}

function decode(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
}
