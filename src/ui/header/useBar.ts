import { type RefObject, useEffect, useRef } from 'react'

/**
 * A bar that scrolls sideways where it has no room: what is current in it is brought into sight whenever `current` changes, and its
 * attribute `data-more` says at which ends there is more (`start`, `end`, both), for the style sheet to show.
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
    observer.observe(element)
    element.addEventListener('scroll', tell, { passive: true })
    return () => {
      observer.disconnect()
      element.removeEventListener('scroll', tell)
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is current.
  useEffect(() => {
    if (bar.current) bringCurrent(bar.current)
  }, [current])
  return bar
}

/** Scrolls the bar alone, never the page. */
function bringCurrent(bar: HTMLElement): void {
  const item = bar.querySelector<HTMLElement>('[aria-current]')
  if (!item || bar.scrollWidth <= bar.clientWidth) return
  const middle = item.offsetLeft - bar.offsetLeft + item.offsetWidth / 2
  bar.scrollTo({ left: middle - bar.clientWidth / 2 })
}
