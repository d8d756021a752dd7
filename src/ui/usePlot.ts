import { type RefObject, useEffect, useRef } from 'react'
import { shallow } from 'zustand/shallow'
import type { Plot } from '../plots/plot'
import type { Store } from '../store/slice'
import { useApp } from './useApp'

/**
 * Gives a plot the div that React owns, and what it draws by subscription: training data never goes through a render.
 * `create` and `select` must be stable (module level, or memoized): a new one makes a new plot.
 */
export function usePlot<Props>(
  create: (container: HTMLDivElement) => Plot<Props>,
  select: (state: Store) => Props,
): RefObject<HTMLDivElement | null> {
  const { store } = useApp()
  const container = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!container.current) return
    const plot = create(container.current)
    const stop = store.subscribe(select, (props) => plot.update(props), { equalityFn: shallow, fireImmediately: true })
    return () => {
      stop()
      plot.destroy()
    }
  }, [store, create, select])
  return container
}
