import { createStore } from 'zustand/vanilla'
import type { SweepPlan } from '../../sweep/planSweep'
import { runSweep, type Sweep } from '../../sweep/runSweep'
import type { AppHandles } from '../useApp'
import { checkpointsOf, filesOf, sweepWorkers } from './sweepWorkers'

/** What the lab keeps while another page is looked at: a sweep goes on, its results wait. */
export interface DimensionsLabState {
  sweep: Sweep | null
  /** The one before, on the same data: to compare. */
  before: Sweep | null
  /** Ids of the runs that are looked at: one, and one laid over it. */
  shown: string | null
  over: string | null
  /** What colours their map, by name; null: the table's own choice. */
  colorBy: string | null
}

const nothing: DimensionsLabState = { sweep: null, before: null, shown: null, over: null, colorBy: null }

export const lab = createStore<DimensionsLabState>(() => nothing)

/** Ends the sweep that runs, and starts this one; all is dropped when other data come. */
export function startSweep(plan: SweepPlan, { store, startTrainer }: Pick<AppHandles, 'store' | 'startTrainer'>): void {
  const { sweep: last } = lab.getState()
  last?.cancel()
  const state = store.getState()
  const ports = { startTrainer, workers: sweepWorkers(), files: filesOf(state), checkpoints: checkpointsOf(state) }
  const sweep = runSweep(plan, ports)
  lab.setState({ ...nothing, sweep, before: last && hasResults(last) ? last : null })
  const dataset = JSON.stringify(plan.base.dataset)
  const stop = store.subscribe((state) => {
    const isCurrent = lab.getState().sweep === sweep
    if (isCurrent && JSON.stringify(state.experiment.dataset) === dataset) return
    stop()
    if (!isCurrent) return
    sweep.cancel()
    lab.setState(nothing)
  })
}

function hasResults({ state }: Sweep): boolean {
  return state.cells.some((cell) => cell.state === 'done')
}
