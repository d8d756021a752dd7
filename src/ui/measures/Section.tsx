import { type ReactNode, useId } from 'react'
import layout from '../controls/layout.module.css'
import classes from './measures.module.css'

/** A titled part of the right column; `aside` stands at the end of its head line. */
export function Section({ title, aside, children }: { title: string; aside?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section className={layout.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} title={title}>
          {title}
        </h2>
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </div>
      {children}
    </section>
  )
}
