import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { LinkSync } from '../store/linkSync'
import type { Store } from '../store/slice'
import type { App } from '../store/store'
import type { SweepPorts } from '../sweep/runSweep'

/** What a component may reach: the store, questions to the worker, the way back, further trainers. */
export type AppHandles = Pick<App, 'store' | 'ask'> & Pick<LinkSync, 'undo' | 'redo'> & Pick<SweepPorts, 'startTrainer'>

export const AppContext = createContext<AppHandles | null>(null)

export function useApp(): AppHandles {
  const app = useContext(AppContext)
  if (!app) throw new Error('A component that uses the store must stand inside <AppContext>.')
  return app
}

/**
 * Renders when the selected part changes; objects and arrays are compared member by member.
 * For settings and rare events: what changes with every snapshot reaches a plot through `usePlot`.
 */
export function useAppStore<T>(select: (state: Store) => T): T {
  return useStore(useApp().store, useShallow(select))
}
