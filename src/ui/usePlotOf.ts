import { type RefObject, useEffect, useRef } from 'react'
import type { Plot } from '../plots/plot'

/** Gives a plot the div that React owns, and the props of every render. `create` must be stable. */
export function usePlotOf<Props>(
  create: (container: HTMLDivElement) => Plot<Props>,
  props: Props,
): RefObject<HTMLDivElement | null> {
  const container = useRef<HTMLDivElement>(null)
  const plot = useRef<Plot<Props> | null>(null)
  useEffect(() => {
    if (!container.current) return
    const created = create(container.current)
    plot.current = created
    return () => {
      plot.current = null
      created.destroy()
    }
  }, [create])
  useEffect(() => plot.current?.update(props))
  return container
}
