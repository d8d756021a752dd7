import type { CSSProperties } from 'react'

/** Values that a style sheet reads. */
export function cssVariables(values: Record<`--${string}`, string | number>): CSSProperties {
  return values as CSSProperties
}
