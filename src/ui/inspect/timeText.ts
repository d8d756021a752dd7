/** A time that was measured: `0.84 µs`, `12 ms`, `1.3 s`. */
export function timeText(ms: number): string {
  if (!Number.isFinite(ms)) return '–'
  const [value, unit] = ms < 1 ? [ms * 1000, 'µs'] : ms < 1000 ? [ms, 'ms'] : [ms / 1000, 's']
  return `${value < 9.95 ? value.toPrecision(2) : Math.round(value)} ${unit}`
}
