import { checkExperiment } from '../experiment/checkExperiment'
import type { DataSummary } from '../experiment/dataSummary'
import type { Experiment } from '../experiment/experiment'
import { suggestExperiment } from '../experiment/suggestExperiment'
import type { CheckpointInfo, DataProblem, TrainerEvent } from '../protocol/trainer'
import { selectAwaitedFile } from './selectors'
import type { Slice, Store, Worker } from './slice'

export type Opening =
  | {
      state: 'reading'
      requestId: number
      files: File[]
      fileNames: string[]
      bytesRead: number
      bytesTotal: number
      rows: number
    }
  /** Read; the person confirms label and columns. */
  | { state: 'confirming'; summary: DataSummary; suggestion: Experiment }
  | { state: 'failed'; problem: DataProblem }

export interface KeptCheckpoint extends CheckpointInfo {
  /** What a person calls it: `Run 3`, or the name of a file. */
  name: string
  bytes: ArrayBuffer
}

export interface DataSlice {
  /** The data set of the current experiment; null until the worker has read it. */
  summary: DataSummary | null
  /** A file on its way in; the current run goes on beside it. */
  opening: Opening | null
  /** What was read in this visit, by fingerprint: another trainer opens it again. */
  broughtFiles: Record<string, File[]>
  /** Weights that columns start from, by fingerprint: the trainer has them, and others get them. */
  checkpoints: Record<string, KeptCheckpoint>
  /** Hands weights to the trainer, for columns to start from. `name`: what a person calls them. Rejects with the trainer's words for bytes that are no weights file. */
  keepCheckpoint(bytes: ArrayBuffer, name: string): Promise<KeptCheckpoint>
  openFiles(files: File[]): void
  /** Another label or reading of dates for the file being confirmed. */
  reviseSuggestion(suggestion: Experiment): void
  confirmOpening(): void
  cancelOpening(): void
  applyDataEvent(event: Extract<TrainerEvent, { type: 'dataProgress' | 'dataLoaded' | 'dataFailed' }>): void
}

export const createDataSlice =
  (worker: Worker): Slice<DataSlice> =>
  (set, get) => ({
    summary: null,
    opening: null,
    broughtFiles: {},
    checkpoints: {},
    async keepCheckpoint(bytes, name) {
      const { checkpoint } = await worker.requests.ask({ type: 'addCheckpoint', bytes })
      const kept = { ...checkpoint, name, bytes }
      set({ checkpoints: { ...get().checkpoints, [kept.fingerprint]: kept } })
      return kept
    },
    openFiles(files) {
      const requestId = worker.requests.nextId()
      set({
        opening: {
          state: 'reading',
          requestId,
          files,
          fileNames: files.map((file) => file.name),
          bytesRead: 0,
          bytesTotal: files.reduce((sum, file) => sum + file.size, 0),
          rows: 0,
        },
      })
      worker.send({ type: 'openFiles', requestId, files, dateOrders: {} })
    },
    reviseSuggestion(suggestion) {
      const { opening } = get()
      if (opening?.state === 'confirming') set({ opening: { ...opening, suggestion } })
    },
    confirmOpening() {
      const { opening, edit, resetView } = get()
      if (opening?.state !== 'confirming') return
      resetView()
      set({ opening: null, summary: opening.summary })
      edit(() => opening.suggestion)
    },
    cancelOpening() {
      const { opening } = get()
      if (opening?.state === 'reading') worker.send({ type: 'cancelOpening', requestId: opening.requestId })
      set({ opening: null })
    },
    applyDataEvent(event) {
      const { opening, experiment, restart } = get()
      if (opening?.state !== 'reading' || opening.requestId !== event.requestId) return
      if (event.type === 'dataProgress') {
        set({ opening: { ...opening, bytesRead: event.bytesRead, bytesTotal: event.bytesTotal, rows: event.rows } })
        return
      }
      if (event.type === 'dataFailed') {
        set({ opening: { state: 'failed', problem: event.problem } })
        return
      }
      set({ broughtFiles: { ...get().broughtFiles, [event.summary.fingerprint]: opening.files } })
      if (isAwaited(get(), event.summary)) {
        // A link or weights named this very file: their experiment runs as it came.
        set({ opening: null, summary: event.summary, problems: checkExperiment(experiment, event.summary) })
        restart()
      } else {
        set({ opening: { state: 'confirming', summary: event.summary, suggestion: suggestExperiment(event.summary) } })
      }
    },
  })

/** The run cannot start without this file; dropped while it runs, it is asked what to train on it. */
function isAwaited(state: Store, { fingerprint }: DataSummary): boolean {
  const { dataset } = state.experiment
  const named = dataset.source === 'file' && dataset.fingerprint === fingerprint
  return named && (state.summary === null || selectAwaitedFile(state) !== null)
}
