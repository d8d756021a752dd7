import { formatNumber } from '../../plots/legend'

const directions: Readonly<Record<string, [positive: string, negative: string]>> = {
  'degrees east': ['E', 'W'],
  'degrees north': ['N', 'S'],
}

/** Whether the unit is part of each value (`84.4° W`), so that a scale needs none beside it. */
export function isSaidInValue(unit: string | null): boolean {
  return unit !== null && unit in directions
}

/** A number with its unit as it is said: `12 years`, `84.4° W`. */
export function valueText(value: number, unit: string | null): string {
  const sides = unit === null ? undefined : directions[unit]
  if (sides) return `${formatNumber(Math.abs(value))}° ${sides[value < 0 ? 1 : 0]}`
  return unit ? `${formatNumber(value)} ${unit}` : formatNumber(value)
}
