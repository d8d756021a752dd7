import { useSyncExternalStore } from 'react'
import type { RunPlan, Sweep, SweepState } from '../../sweep/runSweep'

/** The state of a sweep as it goes on. */
export function useSweep(sweep: Sweep<RunPlan>): SweepState {
  return useSyncExternalStore(sweep.subscribe, () => sweep.state)
}
