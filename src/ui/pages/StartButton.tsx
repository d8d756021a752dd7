import { Button } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './labPage.module.css'

interface Props {
  /** What has to be mended before it can start; the button then still takes the focus, and says it. */
  fault: string | null
  /** Not now, whatever the fields hold. */
  disabled: boolean
  /** Stands under the button where there is no fault. */
  note: string
  onStart(): void
  children: ReactNode
}

/** Starts what a lab trains. */
export function StartButton({ fault, disabled, note, onStart, children }: Props) {
  const reason = useId()
  const isHeld = fault !== null
  return (
    <>
      <Button
        fullWidth
        variant="filled"
        disabled={disabled}
        data-disabled={isHeld}
        aria-disabled={isHeld}
        aria-describedby={reason}
        onClick={() => !isHeld && onStart()}
      >
        {children}
      </Button>
      <p id={reason} className={classes.quiet}>
        {fault ?? note}
      </p>
    </>
  )
}
