const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const units = ['', ' k', ' M', ' G'] as const

/** `1,999`. */
export function formatCount(value: number): string {
  return whole.format(value)
}

/** Two or three significant digits with a prefix: `940`, `41 k`, `1.2 M`. For numbers that move. */
export function formatShort(value: number): string {
  if (!Number.isFinite(value)) return '–'
  let scaled = value
  let unit = 0
  while (scaled >= 999.5 && unit < units.length - 1) {
    scaled /= 1000
    unit++
  }
  return `${scaled < 9.95 && unit > 0 ? scaled.toFixed(1) : whole.format(scaled)}${units[unit]}`
}

/** `840 B`, `2.6 kB`, `31 MB`. Powers of 1,000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${whole.format(bytes)} B`
  const [value, unit] =
    bytes < 999_500 ? [bytes / 1e3, 'kB'] : bytes < 999_500_000 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB']
  return `${value < 9.95 ? value.toFixed(1) : whole.format(value)} ${unit}`
}

/** A setting as a person would type it: `0.0003`, `1`, `0.1`. */
export function formatSetting(value: number): string {
  return value === 0 ? '0' : String(Number(value.toPrecision(3)))
}
