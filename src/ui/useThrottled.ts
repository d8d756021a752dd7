import { useCallback, useSyncExternalStore } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { Store } from '../store/slice'
import { useApp } from './useApp'

/**
 * Like `useAppStore` for values that move with training: renders at most once in `intervalMs`, and once more after the last change.
 * What `select` returns must not hold a snapshot's vectors: they are gone by the next render.
 */
export function useThrottled<T>(select: (state: Store) => T, intervalMs: number): T {
  const { store } = useApp()
  const stable = useShallow(select)
  const subscribe = useCallback(
    (onChange: () => void) => {
      let timer: ReturnType<typeof setTimeout> | undefined
      const stop = store.subscribe(() => {
        timer ??= setTimeout(() => {
          timer = undefined
          onChange()
        }, intervalMs)
      })
      return () => {
        stop()
        clearTimeout(timer)
      }
    },
    [store, intervalMs],
  )
  return useSyncExternalStore(subscribe, () => stable(store.getState()))
}
