import type { CSSProperties } from 'react'
import { formatCount } from '../../lib/formatNumber'
import flowClasses from './flow.module.css'
import classes from './inspect.module.css'

/** Numbers shown of a long vector. */
const MOST = 16

/** A vector as its numbers; the deeper the tint, the larger, accent above zero and amber below. */
export function VectorCells({ values, label }: { values: readonly number[]; label: string }) {
  const largest = Math.max(...values.map(Math.abs), 1e-9)
  const shown = values.slice(0, MOST)
  // The order of the numbers is all that tells them apart, and it never changes.
  const cells = shown.map((value, i) => ({ key: `${i}`, value }))
  return (
    <span className={flowClasses.vector} role="img" aria-label={`${label}: ${values.map(numberText).join(', ')}`}>
      {cells.map(({ key, value }) => (
        <span
          key={key}
          className={flowClasses.cell}
          data-sign={value < 0 ? 'below' : 'above'}
          style={{ '--share': `${Math.round((32 * Math.abs(value)) / largest)}%` } as CSSProperties}
        >
          {numberText(value)}
        </span>
      ))}
      {values.length > MOST && <span className={classes.quiet}>… {values.length - MOST} more</span>}
    </span>
  )
}

/** A count as it is, another weight as `numberText` has it. */
export function weightText(weight: number): string {
  return Number.isInteger(weight) ? formatCount(weight) : numberText(weight)
}

/** Three decimals with a true minus: `−0.020`. */
export function numberText(value: number): string {
  if (value === 0) return '0'
  const digits = Math.abs(value) < 0.001 ? value.toExponential(1) : value.toFixed(3)
  return digits.replace('-', '−')
}
