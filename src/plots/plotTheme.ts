/** What a plot takes from the page, read from CSS custom properties of its container. */
export interface PlotTheme {
  dark: boolean
  /** CSS colours `rgb(r, g, b)`: `--plot-ink` (text), `--plot-grid`, `--plot-accent`, `--plot-surface` (background), `--plot-muted` (secondary text). */
  ink: string
  grid: string
  accent: string
  surface: string
  muted: string
  fontFamily: string
}

type ThemeColor = 'ink' | 'grid' | 'accent' | 'surface' | 'muted'

/** Used where the page sets no custom property. */
const defaults: Record<'light' | 'dark', Record<ThemeColor, string>> = {
  light: { ink: '#1c1b19', grid: '#efeeeb', accent: '#3355d1', surface: '#fbfbfa', muted: '#6f6c66' },
  dark: { ink: '#ecebe8', grid: '#232325', accent: '#8aa1ff', surface: '#141414', muted: '#9a9791' },
}

const ATTRIBUTE = 'data-mantine-color-scheme'

/** Resolves any CSS colour (also `var()`, `light-dark()`, `oklch()`) by asking the browser to paint one pixel. */
export function readTheme(container: HTMLElement): PlotTheme {
  const dark = document.documentElement.getAttribute(ATTRIBUTE) === 'dark'
  const probe = document.createElement('span')
  probe.style.display = 'none'
  container.append(probe)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 1
  const context = canvas.getContext('2d', { willReadFrequently: true })!
  const resolve = (name: ThemeColor) => {
    probe.style.color = `var(--plot-${name}, ${defaults[dark ? 'dark' : 'light'][name]})`
    context.fillStyle = getComputedStyle(probe).color
    context.fillRect(0, 0, 1, 1)
    const [r, g, b] = context.getImageData(0, 0, 1, 1).data
    return `rgb(${r}, ${g}, ${b})`
  }
  const theme = {
    dark,
    ink: resolve('ink'),
    grid: resolve('grid'),
    accent: resolve('accent'),
    surface: resolve('surface'),
    muted: resolve('muted'),
    fontFamily: getComputedStyle(container).fontFamily,
  }
  probe.remove()
  return theme
}

/** Calls back after the page changes its colour scheme. Returns the function that ends it. */
export function watchTheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed)
  observer.observe(document.documentElement, { attributes: true, attributeFilter: [ATTRIBUTE] })
  return () => observer.disconnect()
}

/** Asked for in every frame, and made once: the query stays live. */
let reducedMotion: MediaQueryList | undefined

export function prefersReducedMotion(): boolean {
  reducedMotion ??= matchMedia('(prefers-reduced-motion: reduce)')
  return reducedMotion.matches
}
