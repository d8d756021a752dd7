import { Progress } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import classes from './labPage.module.css'

interface Props {
  /** Of the bar: `Progress of the sweep`. */
  label: string
  /** What is trained, in words. */
  title: ReactNode
  /** How far it is; read out as it changes. */
  status: string
  /** 0 … 1. */
  share: number
  isGoing: boolean
  /** Why it could not be done. */
  fault?: string | null
  /** The buttons that hold or end it, while it goes. */
  children?: ReactNode
}

/** What a lab trains, how far it is, and the buttons that hold or end it. As high before as after. */
export function LabProgress({ label, title, status, share, isGoing, fault, children }: Props) {
  const row = useRef<HTMLDivElement>(null)
  const buttons = useRef<HTMLSpanElement>(null)
  const wasGoing = useRef(false)
  // The button that started it, or those that ended it, are gone, and the focus with them.
  useEffect(() => {
    if (wasGoing.current === isGoing) return
    wasGoing.current = isGoing
    const { activeElement } = document
    const isDisabled = activeElement instanceof HTMLButtonElement && activeElement.disabled
    if (activeElement !== document.body && !isDisabled) return
    const next = buttons.current?.querySelector('button') ?? row.current
    next?.focus({ preventScroll: true })
    // On a phone it is below what is asked for.
    if (isGoing && row.current && isOutOfSight(row.current)) row.current.scrollIntoView({ block: 'start' })
  }, [isGoing])
  return (
    <div className={classes.progress} ref={row} tabIndex={-1}>
      <p>{title}</p>
      <div className={classes.going}>
        <p role="status">{status}</p>
        {isGoing && (
          <span className={classes.end} ref={buttons}>
            {children}
          </span>
        )}
      </div>
      <Progress className={isGoing ? undefined : classes.ended} aria-label={label} value={100 * share} />
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
    </div>
  )
}

function isOutOfSight(element: HTMLElement): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return top < 0 || bottom > window.innerHeight
}
