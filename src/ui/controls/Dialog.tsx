import { CloseButton } from '@mantine/core'
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import classes from './dialog.module.css'

interface Props {
  title: string
  widthPx: number
  onClose(): void
  children: ReactNode
}

/** A dialog of the browser's own: it holds the focus, Escape closes it, a click beside it too; the page behind is inert. Open while rendered. */
export function Dialog({ title, widthPx, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const closeRef = useRef(onClose)
  closeRef.current = onClose
  const id = useId()
  // Closed while it is still on the page: only then does the browser give the focus back to what had it.
  useLayoutEffect(() => {
    const element = dialog.current
    if (!element) return
    const onClick = (event: MouseEvent) => event.target === element && closeRef.current()
    element.addEventListener('click', onClick)
    element.showModal()
    return () => {
      element.removeEventListener('click', onClick)
      element.close()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      style={{ width: widthPx }}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <div className={classes.content}>
        <div className={classes.head}>
          <h2 id={id}>{title}</h2>
          <CloseButton aria-label="Close" onClick={onClose} />
        </div>
        {children}
      </div>
    </dialog>
  )
}
