import { checkExperiment, type Problem } from '../experiment/checkExperiment'
import type { BuiltinName, DenseColumn, EmbeddingColumn, Experiment } from '../experiment/experiment'
import { labDefaults } from '../experiment/labs'
import type { Slice, Worker } from './slice'

/** What is asked for: in the link, unlike the run and the view. */
export interface ExperimentSlice {
  /** What the form shows. The run keeps the last one without problems. */
  experiment: Experiment
  /** Why `experiment` can't run; each near its field. */
  problems: Problem[]
  /** Where the person is in the experiments of this visit; the browser's history holds the others. */
  position: number
  /** The furthest that redo can go: `position` after an edit, more after an undo. */
  lastPosition: number
  /** Edits the experiment and restarts the run with it, playing if it played. `keepVectors`: from the vectors of the present run, not from first ones. */
  edit(change: (experiment: Experiment) => Experiment, options?: { keepVectors?: boolean }): void
  setColumn(index: number, column: DenseColumn): void
  addColumn(column: DenseColumn): void
  removeColumn(index: number): void
  /** Sets the dimension of an embedding column; a dot product keeps both its sides equal. */
  setDimension(index: number, dimension: number): void
  /** Applies while training goes on; no restart. */
  tuneLearningRate(learningRate: number): void
  openLab(lab: BuiltinName): void
  /** Comes from the link (back, forward): returns to the kept run when there is one. */
  showExperiment(experiment: Experiment, runId: number | null, position: number): void
  newSeed(): void
  /** Drops an edit that can't run: the form shows again what the run is of. */
  discardEdit(): void
}

export const createExperimentSlice =
  (worker: Worker, initial: Experiment): Slice<ExperimentSlice> =>
  (set, get) => ({
    experiment: initial,
    problems: [],
    position: 0,
    lastPosition: 0,
    edit(change, { keepVectors = false } = {}) {
      const state = get()
      const experiment = change(state.experiment)
      if (JSON.stringify(experiment) === JSON.stringify(state.experiment)) return
      const problems = state.summary ? checkExperiment(experiment, state.summary) : []
      set({ experiment, problems })
      if (problems.length > 0) return
      const runId = worker.nextRunId()
      set({ position: state.position + 1, lastPosition: state.position + 1 })
      const keptVectors = keepVectors && state.run !== null
      state.beginRun(runId, experiment, { keptVectors })
      const openFrom = keptVectors ? { openFrom: state.runId } : {}
      worker.send({ type: 'start', runId, experiment, play: state.wantsToPlay, ...openFrom })
    },
    setColumn: (index, column) =>
      get().edit((experiment) => ({ ...experiment, columns: experiment.columns.with(index, column) })),
    addColumn: (column) => get().edit((experiment) => ({ ...experiment, columns: [...experiment.columns, column] })),
    removeColumn: (index) =>
      get().edit((experiment) => ({ ...experiment, columns: experiment.columns.toSpliced(index, 1) })),
    setDimension: (index, dimension) =>
      get().edit((experiment) => ({
        ...experiment,
        columns: experiment.columns.map((column, i) =>
          column.type === 'embedding' && (i === index || isTiedTo(index, column, experiment))
            ? { ...column, dimension }
            : column,
        ),
      })),
    tuneLearningRate(learningRate) {
      const tuned = (experiment: Experiment) => ({
        ...experiment,
        optimizer: { ...experiment.optimizer, learningRate },
      })
      const { experiment, history, runId } = get()
      set({
        experiment: tuned(experiment),
        history: history.map((run) => (run.runId === runId ? { ...run, experiment: tuned(run.experiment) } : run)),
      })
      worker.send({ type: 'tune', learningRate })
    },
    openLab(lab) {
      const sameData = JSON.stringify(get().experiment.dataset) === JSON.stringify(labDefaults[lab].dataset)
      get().resetView()
      // A lab that is open already keeps its data: no run may follow that would bring them again.
      if (!sameData) set({ summary: null })
      get().edit(() => labDefaults[lab])
      // Without a change no run has begun, which would have.
      get().openPage('playground')
    },
    showExperiment(experiment, runId, position) {
      const state = get()
      // Another page, of the same run.
      if (runId === state.runId) return set({ position, lastPosition: Math.max(position, state.lastPosition) })
      const sameData = JSON.stringify(experiment.dataset) === JSON.stringify(state.experiment.dataset)
      if (!sameData) {
        state.resetView()
        set({ summary: null })
      }
      const lastPosition = Math.max(position, state.lastPosition)
      // A link written by hand, while a run is there: like an edit that can't run.
      const isNew = sameData && runId === null && state.summary
      const problems = isNew ? checkExperiment(experiment, isNew) : []
      set({ experiment, position, lastPosition, problems })
      if (problems.length > 0) return
      const id = runId ?? worker.nextRunId()
      state.beginRun(id, experiment)
      worker.send(
        runId === null
          ? { type: 'start', runId: id, experiment, play: state.wantsToPlay }
          : { type: 'returnToRun', runId: id, experiment, play: state.wantsToPlay },
      )
    },
    newSeed: () => get().edit((experiment) => ({ ...experiment, seed: (experiment.seed + 1) >>> 0 })),
    discardEdit() {
      const { history, runId, experiment, problems } = get()
      const running = history.find((record) => record.runId === runId)?.experiment
      if (problems.length === 0 || !running) return
      const { learningRate } = experiment.optimizer // applied to the run already
      set({ experiment: { ...running, optimizer: { ...running.optimizer, learningRate } }, problems: [] })
    },
  })

/** A dot product has one dimension, and so has a table that several columns share. */
function isTiedTo(index: number, column: EmbeddingColumn, { columns, model }: Experiment): boolean {
  const changed = columns[index]
  if (model.type === 'dotProduct') return true
  const collection = changed?.type === 'embedding' ? changed.sharedEmbeddingCollectionName : undefined
  return collection !== undefined && column.sharedEmbeddingCollectionName === collection
}
