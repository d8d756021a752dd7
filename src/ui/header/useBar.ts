import { type RefObject, useEffect, useRef } from 'react'

/**
 * A bar that scrolls sideways where it has no room: what is current in it is brought into sight whenever `current` changes, what the keyboard
 * reaches at once, and its attribute `data-more` says at which ends there is more (`start`, `end`, both), for the style sheet to show.
 */
export function useBar(current: string): RefObject<HTMLElement | null> {
  const bar = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = bar.current
    if (!element) return
    const tell = () => {
      const rest = element.scrollWidth - element.clientWidth - element.scrollLeft
      element.dataset.more = `${element.scrollLeft > 1 ? 'start' : ''} ${rest > 1 ? 'end' : ''}`.trim()
    }
    const observer = new ResizeObserver(() => {
      bringCurrent(element)
      tell()
    })
    // The browser leaves alone what is partly in sight. A press must not move what is under it.
    const follow = ({ target }: FocusEvent) => {
      if (target instanceof HTMLElement && target.matches(':focus-visible')) bring(element, target)
    }
    observer.observe(element)
    element.addEventListener('focusin', follow)
    element.addEventListener('scroll', tell, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('focusin', follow)
      element.removeEventListener('scroll', tell)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is current.
  useEffect(() => {
    if (bar.current) bringCurrent(bar.current)
  }, [current])
  return bar
}

function bringCurrent(bar: HTMLElement): void {
  const item = bar.querySelector<HTMLElement>('[aria-current]')
  if (item) bring(bar, item)
}

/** Into the middle; scrolls the bar alone, never the page. */
function bring(bar: HTMLElement, item: HTMLElement): void {
  if (bar.scrollWidth <= bar.clientWidth) return
  const middle = item.offsetLeft - bar.offsetLeft + item.offsetWidth / 2
  bar.scrollTo({ left: middle - bar.clientWidth / 2 })
}
