/** `3 s`, `45 s`, `4 min`, `2 h`: as exact as an estimate is. */
export function durationWords(ms: number): string {
  const seconds = Math.max(1, ms / 1000)
  if (seconds < 10) return `${Math.round(seconds)} s`
  if (seconds < 90) return `${5 * Math.round(seconds / 5)} s`
  const minutes = seconds / 60
  return minutes < 90 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`
}
