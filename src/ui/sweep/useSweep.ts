import { useSyncExternalStore } from 'react'
import type { Sweep, SweepState } from '../../sweep/runSweep'

/** The state of a sweep as it goes on. */
export function useSweep(sweep: Sweep): SweepState {
  return useSyncExternalStore(sweep.subscribe, () => sweep.state)
}
