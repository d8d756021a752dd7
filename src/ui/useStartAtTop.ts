import { useLayoutEffect, useRef } from 'react'
import { useAppStore } from './useApp'

/** Another lab begins at its top: whatever scrolls, the page itself where it is narrow, kept its place from the one before. */
export function useStartAtTop(): void {
  const lab = useAppStore(({ page, experiment: { dataset } }) => `${page} ${dataset.source} ${dataset.name}`)
  const shown = useRef(lab)
  useLayoutEffect(() => {
    if (shown.current === lab) return
    shown.current = lab
    scrollTo(0, 0)
    for (const part of document.querySelectorAll('.app > *')) part.scrollTop = 0
  }, [lab])
}
