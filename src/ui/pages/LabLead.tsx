import type { ReactNode } from 'react'
import { LessonButton } from '../lessons/LessonButton'
import classes from './labPage.module.css'

/** What a lab is about, and its lesson. */
export function LabLead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className={classes.lead}>
      <div className={classes.heading}>
        <h1 className={classes.title}>{title}</h1>
        <LessonButton />
      </div>
      {children}
    </div>
  )
}
