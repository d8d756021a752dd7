import { useCallback, useSyncExternalStore } from 'react'
import type { RunPlan, Sweep, SweepState } from '../../sweep/runSweep'

/** A trainer tells of its progress up to sixty times a second; nobody reads a table as often. */
const INTERVAL_MS = 250

/** The state of a sweep as it goes on: its progress four times a second at most, a pause or its end at once. null without one. */
export function useSweep(sweep: Sweep<RunPlan> | null): SweepState | null {
  const subscribe = useCallback(
    (onChange: () => void) => {
      if (!sweep) return () => undefined
      let timer: ReturnType<typeof setTimeout> | undefined
      let { status } = sweep.state
      const tell = () => {
        clearTimeout(timer)
        timer = undefined
        status = sweep.state.status
        onChange()
      }
      const stop = sweep.subscribe(() => {
        if (sweep.state.status !== status) tell()
        else timer ??= setTimeout(tell, INTERVAL_MS)
      })
      return () => {
        stop()
        clearTimeout(timer)
      }
    },
    [sweep],
  )
  return useSyncExternalStore(subscribe, () => sweep?.state ?? null)
}
