import { type RefObject, useEffect, useRef } from 'react'

/**
 * Takes the focus when `when` changes and what had it has gone from the page, so that Tab goes on from here and not from the top. With `fromStart` also
 * where it is new itself, but never as the page opens.
 */
export function useLostFocus<E extends HTMLElement>(when: unknown, { fromStart = false } = {}): RefObject<E | null> {
  const ref = useRef<E>(null)
  const known = useRef<unknown>(fromStart ? ref : when)
  useEffect(() => {
    const isNew = known.current !== when
    known.current = when
    const isLost = document.activeElement === document.body && navigator.userActivation.hasBeenActive
    if (isNew && isLost) ref.current?.focus()
  }, [when])
  return ref
}
