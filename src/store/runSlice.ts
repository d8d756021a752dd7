import type { Experiment } from '../experiment/experiment'
import type {
  BackendInfo,
  Comparison,
  Evaluation,
  ObservedGrid,
  PauseReason,
  PointsInfo,
  Probe,
  RunEvent,
  RunInfo,
} from '../protocol/trainer'
import type { Slice, Worker } from './slice'
import { stateAfter } from './stateAfter'

export interface Snapshot {
  step: number
  table: string
  rows: number
  dimension: number
  /** [rows × dimension]; detached once a newer snapshot is in the store. */
  vectors: Float32Array<ArrayBuffer>
}

/** A run of this visit, for comparing: which settings, how well. */
export interface RunRecord {
  runId: number
  experiment: Experiment
  last: Evaluation | null
  best: Evaluation | null
  /** It began from the vectors of the run before it, not from first ones. */
  keptVectors: boolean
}

export interface RunSlice {
  runId: number
  status: 'starting' | 'playing' | 'paused' | 'failed'
  /** What the next start should do; the play button's last word. */
  wantsToPlay: boolean
  backends: BackendInfo[]
  run: RunInfo | null
  step: number
  epoch: number
  examplesPerSecond: number
  memoryBytes: number
  trainLoss: number
  pauseReason: PauseReason | null
  failure: { message: string; field: string | null; stack: string | null } | null
  /** Something happened that the person should know, but the run goes on (a lost GPU). */
  notice: string | null
  evaluations: Evaluation[]
  points: PointsInfo | null
  snapshot: Snapshot | null
  gridObserved: ObservedGrid | null
  gridPredicted: { step: number; values: Float32Array } | null
  probes: { step: number; table: string; probes: Probe[]; comparisons: Comparison[] } | null
  /** Runs of this visit, oldest first, at most 12. */
  history: RunRecord[]
  /** Of an opened weights file, until a run has started from them: the file that they belong to may have to be opened first. */
  pendingWeights: ArrayBuffer | null

  beginRun(runId: number, experiment: Experiment, options?: { keptVectors?: boolean }): void
  applyRunEvent(event: RunEvent): void
  play(): void
  pause(): void
  togglePlay(): void
  stepOnce(unit: 'batch' | 'epoch'): void
  /** The same experiment from the same initial weights, or from those that still wait for their file. */
  restart(): void
  /** Opens an exported weights file and goes on from it. */
  importWeights(bytes: ArrayBuffer, experiment: Experiment): void
  returnToCheckpoint(which: 'best' | 'lastFinite'): void
  /** Steps a second; null = as fast as it goes. Of each run what is usual for it, until the person chooses. */
  pace: number | null
  paceIsChosen: boolean
  setPace(stepsPerSecond: number | null): void
  dismissNotice(): void
}

const WATCHING_STEPS_PER_SECOND = 120

/** A built-in lab is there to be watched while its points find their places, unless a step is a single row: an epoch would take minutes. A file is brought to be trained. */
function usualPace({ dataset, batchSize }: Experiment): number | null {
  return dataset.source === 'builtin' && batchSize > 1 ? WATCHING_STEPS_PER_SECOND : null
}

const cleared = {
  step: 0,
  epoch: 0,
  examplesPerSecond: 0,
  trainLoss: Number.NaN,
  pauseReason: null,
  failure: null,
  evaluations: [],
  gridPredicted: null,
} as const satisfies Partial<RunSlice>

export const createRunSlice =
  (worker: Worker, wantsToPlay: boolean): Slice<RunSlice> =>
  (set, get) => {
    function changePace(pace: number | null): void {
      set({ pace })
      worker.send({ type: 'pace', stepsPerSecond: pace })
    }

    /** A transfer empties the buffer, and the file that the weights belong to may still have to be opened: a copy goes. */
    function startFrom(weights: ArrayBuffer | null, experiment: Experiment): void {
      const runId = worker.nextRunId()
      get().beginRun(runId, experiment)
      const start = { type: 'start', runId, experiment, play: get().wantsToPlay } as const
      if (weights) {
        set({ pendingWeights: weights })
        const copy = weights.slice(0)
        worker.send({ ...start, weights: copy }, [copy])
      } else worker.send(start)
    }

    return {
      runId: 0,
      status: 'starting',
      wantsToPlay,
      backends: [],
      run: null,
      memoryBytes: 0,
      notice: null,
      points: null,
      snapshot: null,
      gridObserved: null,
      probes: null,
      history: [],
      pendingWeights: null,
      // The worker's own, until it is told another.
      pace: null,
      paceIsChosen: false,
      ...cleared,
      evaluations: [],

      beginRun(runId, experiment, { keptVectors = false } = {}) {
        if (!get().paceIsChosen && get().pace !== usualPace(experiment)) changePace(usualPace(experiment))
        const known = get().history.find((record) => record.runId === runId)
        // A setting that was only passed by, without a step, left nothing to compare.
        const others = get().history.filter((record) => record.runId !== runId && (record.last?.step ?? 0) > 0)
        set({
          ...cleared,
          evaluations: [],
          runId,
          status: 'starting',
          // It is the playground that shows a run.
          page: 'playground',
          pendingWeights: null,
          history: [...others, known ?? { runId, experiment, last: null, best: null, keptVectors }].slice(-12),
        })
      },

      applyRunEvent(event) {
        if (event.runId !== get().runId) return // from a run already replaced
        const { snapshot: old } = get()
        // Plots switch over here, before the old vectors are detached.
        set(stateAfter(get(), event))
        // The first picture of a visit comes from a file, not from the worker's two buffers.
        if (event.type === 'snapshot' && old && old.step >= 0)
          worker.send({ type: 'returnSnapshot', vectors: old.vectors }, [old.vectors.buffer])
      },
      play() {
        set({ wantsToPlay: true })
        worker.send({ type: 'play' })
      },
      pause() {
        set({ wantsToPlay: false })
        worker.send({ type: 'pause' })
      },
      togglePlay() {
        const { status, wantsToPlay, pause, play } = get()
        // While it starts there is no run to toggle yet: the word given is kept for it.
        if (status === 'playing' || (status === 'starting' && wantsToPlay)) pause()
        else play()
      },
      stepOnce(unit) {
        set({ wantsToPlay: false })
        worker.send({ type: 'step', unit })
      },
      restart() {
        const { experiment, problems, pendingWeights } = get()
        if (problems.length > 0) return
        startFrom(pendingWeights, experiment)
      },
      importWeights(weights, experiment) {
        const { experiment: before, resetView } = get()
        resetView()
        if (JSON.stringify(before.dataset) !== JSON.stringify(experiment.dataset)) set({ summary: null })
        const position = get().position + 1
        set({ experiment, problems: [], wantsToPlay: false, position, lastPosition: position })
        startFrom(weights, experiment)
      },
      returnToCheckpoint(which) {
        set({ wantsToPlay: false })
        worker.send({ type: 'returnToCheckpoint', which })
      },
      setPace(stepsPerSecond) {
        set({ paceIsChosen: true })
        changePace(stepsPerSecond)
      },
      dismissNotice: () => set({ notice: null }),
    }
  }
