import { type RefObject, useEffect, useRef } from 'react'
import { shallow } from 'zustand/shallow'
import type { Plot } from '../plots/plot'
import type { Store } from '../store/slice'
import { useApp } from './useApp'

/**
 * Gives a plot the div that React owns, and what it draws by subscription: training data never goes through a render.
 * `create` and `select` must be stable (module level, or memoized): a new one makes a new plot. `intervalMs`: at most one update in this time,
 * and one more after the last change.
 */
export function usePlot<Props>(
  create: (container: HTMLDivElement) => Plot<Props>,
  select: (state: Store) => Props,
  intervalMs = 0,
): RefObject<HTMLDivElement | null> {
  const { store } = useApp()
  const container = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!container.current) return
    const plot = create(container.current)
    let timer: ReturnType<typeof setTimeout> | undefined
    const update = (props: Props) => {
      if (intervalMs === 0) return plot.update(props)
      timer ??= setTimeout(() => {
        timer = undefined
        plot.update(select(store.getState()))
      }, intervalMs)
    }
    plot.update(select(store.getState()))
    const stop = store.subscribe(select, update, { equalityFn: shallow })
    return () => {
      stop()
      clearTimeout(timer)
      plot.destroy()
    }
  }, [store, create, select, intervalMs])
  return container
}
