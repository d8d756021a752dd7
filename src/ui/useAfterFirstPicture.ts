import { startTransition, useEffect, useState } from 'react'

/**
 * false until the page has been drawn once: the map comes first, what stands beside it a moment later. Two frames: effects hand the plots
 * their boxes after the first, the second draws in them.
 */
export function useAfterFirstPicture(): boolean {
  const [after, setAfter] = useState(false)
  useEffect(() => {
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => startTransition(() => setAfter(true)))
    })
    return () => cancelAnimationFrame(frame)
  }, [])
  return after
}
