import type { ReactNode } from 'react'
import classes from './results.module.css'

/** Stands where a chart will stand, as tall as it, and says what it will show. */
export function Empty({ children }: { children: ReactNode }) {
  return <p className={classes.empty}>{children}</p>
}
