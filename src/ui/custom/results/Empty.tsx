import type { ReactNode } from 'react'
import classes from './results.module.css'

/** Stands where a chart or a map will stand, as tall as it, and says what it will show. */
export function Empty({ tall = false, children }: { tall?: boolean; children: ReactNode }) {
  return <p className={`${classes.empty} ${tall ? classes.tall : ''}`}>{children}</p>
}
