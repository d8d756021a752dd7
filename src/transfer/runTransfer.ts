import type { StartFrom } from '../experiment/experiment'
import type { TransferSettings } from '../experiment/transferSettings'
import type { Evaluation } from '../protocol/trainer'
import { runSweep, type Sweep, type SweepPorts } from '../sweep/runSweep'
import type { CellState } from '../sweep/sweepResults'
import { planTransfer, sourceExperiment, type TransferPlan, transferredTable } from './planTransfer'
import { type Source, trainSource } from './trainSource'

export type TransferPorts = Pick<SweepPorts, 'startTrainer' | 'workers'>

/** Vectors that were learnt elsewhere: a run of the visit, or a weights file. */
export interface GivenSource extends Source {
  /** What a person calls it. */
  title: string
  /** Its table of day × hour. */
  tensor: string
}

export interface TransferState {
  status: 'source' | 'students' | 'done' | 'cancelled' | 'failed'
  /** Why it failed, in words. */
  message: string | null
  /** 0 … 1 of the source's epochs. */
  sourceDone: number
  /** The source's own measures; null for one that was given, and before it is trained. */
  sourceLast: Evaluation | null
  /** What the students start from; null before the source is trained. */
  source: Source | null
  plan: TransferPlan | null
  /** Beside `plan.cells`. */
  cells: readonly CellState[]
  /** Trainers that live. */
  workers: number
}

export interface Transfer {
  readonly settings: TransferSettings
  /** null: the source is trained here. */
  readonly given: GivenSource | null
  /** Another object after each change. */
  readonly state: TransferState
  /** Ends every trainer; what is done stays. */
  cancel(): void
  /** Returns the function that ends it. */
  subscribe(onChange: () => void): () => void
}

const initial: TransferState = {
  status: 'source',
  message: null,
  sourceDone: 0,
  sourceLast: null,
  source: null,
  plan: null,
  cells: [],
  workers: 1,
}

/** Trains the source, unless one is given, then the three students at every size, in trainers of their own. */
export function runTransfer(settings: TransferSettings, ports: TransferPorts, given: GivenSource | null): Transfer {
  const listeners = new Set<() => void>()
  let state = initial
  let endSource = () => {}
  let sweep: Sweep<TransferPlan> | null = null

  function change(part: Partial<TransferState>): void {
    state = { ...state, ...part }
    for (const listener of listeners) listener()
  }

  function teach(source: Source, startFrom: StartFrom): void {
    const plan = planTransfer(settings, startFrom)
    sweep = runSweep(plan, { ...ports, files: null, checkpoints: [source.bytes] })
    const follow = ({ state: now }: Sweep<TransferPlan>) => {
      // Each epoch of each student is told: who listens wants to hear of students.
      if (endedOf(now.cells) === endedOf(state.cells) && now.status === 'running') return
      change(studentsOf(now))
    }
    const running = sweep
    sweep.subscribe(() => follow(running))
    change({ source, plan, ...studentsOf(sweep.state) })
  }

  function startSource(): void {
    const experiment = sourceExperiment(settings)
    endSource = trainSource(experiment, ports.startTrainer, {
      progress: (epoch) => change({ sourceDone: epoch / experiment.stop.epochs! }),
      failed: (message) => change({ status: 'failed', message, workers: 0 }),
      done({ last, ...source }) {
        change({ sourceDone: 1, sourceLast: last })
        teach(source, { ckptToLoadFrom: 'source', fingerprint: source.fingerprint, tensorNameInCkpt: transferredTable })
      },
    })
  }

  if (given)
    teach(given, { ckptToLoadFrom: given.title, fingerprint: given.fingerprint, tensorNameInCkpt: given.tensor })
  else startSource()
  return {
    settings,
    given,
    get state() {
      return state
    },
    cancel() {
      if (state.status !== 'source' && state.status !== 'students') return
      endSource()
      sweep?.cancel()
      change({ status: 'cancelled', workers: 0 })
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}

function endedOf(cells: readonly CellState[]): number {
  return cells.filter(({ state }) => state === 'done' || state === 'failed').length
}

/** Students that all fail share a reason: the first one's words are enough. */
function studentsOf({ status, cells, workers }: Sweep['state']): Partial<TransferState> {
  if (status === 'running' || status === 'paused') return { status: 'students', cells, workers }
  if (status === 'cancelled') return { cells, workers }
  const failed = cells.find((cell) => cell.state === 'failed')
  if (failed && !cells.some(({ state }) => state === 'done'))
    return { status: 'failed', message: failed.message, cells, workers }
  return { status: 'done', cells, workers }
}
