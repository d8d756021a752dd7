import type { CSSProperties } from 'react'
import classes from './measures.module.css'

/** A bar from 0 to 1; what is no number, or below 0, is empty. Its number stands beside it. */
export function Bar({ value, fill }: { value: number; fill: string }) {
  const share = Math.min(1, Math.max(0, Number.isFinite(value) ? value : 0))
  const style: CSSProperties & Record<`--${string}`, string | number> = { '--share': share, '--fill': fill }
  return (
    <span className={classes.track}>
      <span className={classes.fill} style={{ ...style, display: 'block' }} />
    </span>
  )
}
