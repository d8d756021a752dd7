import type { Experiment } from '../experiment/experiment'
import type { Evaluation } from '../protocol/trainer'
import { type BestMoment, bytesOfMoments, type Moment } from './checkpoints'

/** All that is needed to rebuild a run: the rest follows from its experiment. */
export interface RunState {
  /** With the learning rate as it was last tuned. */
  experiment: Experiment
  now: Moment
  best: BestMoment | null
  lastFinite: Moment | null
  evaluations: Evaluation[]
  /** Epoch at which it stops next; null = never. */
  epochLimit: number | null
  /** Epoch from which patience counts. */
  patienceFrom: number
}

const MOST_RUNS = 8
const MOST_BYTES = 256 * 2 ** 20

/** Replaced runs, for undo: the newest 8 within 256 MB. */
export interface KeptRuns {
  keep(runId: number, state: RunState): void
  /** Hands the run over; it is no longer kept. */
  take(runId: number): RunState | null
  /** The run stays kept. */
  peek(runId: number): RunState | null
  bytes(): number
}

export function createKeptRuns(mostBytes = MOST_BYTES): KeptRuns {
  const runs = new Map<number, RunState>()
  const sizeOf = (state: RunState) => bytesOfMoments([state.now, state.best, state.lastFinite])
  const bytes = () => [...runs.values()].reduce((sum, state) => sum + sizeOf(state), 0)
  return {
    keep(runId, state) {
      runs.delete(runId)
      runs.set(runId, state)
      for (const oldest of [...runs.keys()]) {
        if (runs.size <= MOST_RUNS && bytes() <= mostBytes) break
        runs.delete(oldest)
      }
    },
    take(runId) {
      const state = runs.get(runId) ?? null
      runs.delete(runId)
      return state
    },
    peek: (runId) => runs.get(runId) ?? null,
    bytes,
  }
}
