import type { Experiment } from '../experiment/experiment'
import type { TrainerCommand, TrainerEvent } from '../protocol/trainer'
import { createCellRecorder } from './cellRecorder'
import type { SweepPlan } from './planSweep'
import type { CellState } from './sweepResults'
import { createTableStore } from './tableStore'

/** One trainer in a thread of its own. */
export interface SweepTrainer {
  /** `transfer`: buffers in the command that are given away. */
  send(command: TrainerCommand, transfer?: Transferable[]): void
  /** Ends the thread. */
  destroy(): void
}

export interface SweepPorts {
  startTrainer(onEvent: (event: TrainerEvent) => void): SweepTrainer
  /** Trainers at once, at least 1. */
  workers: number
  /** The files of brought data: every trainer opens them for itself. null for built-in data. */
  files: File[] | null
  /** Weights files that columns start from: every trainer gets them. */
  checkpoints?: readonly ArrayBuffer[]
}

/** Runs to be made, one by one in this order. Each ends after its experiment's epochs. */
export interface RunPlan {
  base: Pick<Experiment, 'dateOrders'>
  cells: readonly { experiment: Experiment }[]
}

export interface SweepState {
  status: 'running' | 'paused' | 'done' | 'cancelled'
  /** Beside `plan.cells`. */
  cells: readonly CellState[]
  /** Trainers that live. */
  workers: number
}

export interface Sweep<P extends RunPlan = SweepPlan> {
  readonly plan: P
  /** Another object after each change. */
  readonly state: SweepState
  pause(): void
  resume(): void
  /** Milliseconds that every trainer leaves the processor to the page after each stretch of training. */
  rest(ms: number): void
  /** Ends every trainer; what is done stays. */
  cancel(): void
  /** Returns the function that ends it. */
  subscribe(onChange: () => void): () => void
}

interface Worker {
  trainer: SweepTrainer
  /** Index of the cell it runs; -1 before its data are open. */
  cell: number
}

/** Starts the sweep. Trainers live until the last cell is taken, the sweep is cancelled, or a run of theirs broke. */
export function runSweep<P extends RunPlan>(
  plan: P,
  { startTrainer, workers, files, checkpoints = [] }: SweepPorts,
): Sweep<P> {
  const listeners = new Set<() => void>()
  const busy = new Set<Worker>()
  const keep = createTableStore()
  let restMs = 0
  let state: SweepState = { status: 'running', cells: plan.cells.map(() => ({ state: 'waiting' })), workers: 0 }

  function change(part: Partial<SweepState>): void {
    state = { ...state, ...part, workers: busy.size }
    for (const listener of listeners) listener()
  }

  function setCell(index: number, cell: CellState): void {
    change({ cells: state.cells.with(index, cell) })
  }

  function nextWaiting(): number {
    return state.cells.findIndex((cell) => cell.state === 'waiting')
  }

  function end(worker: Worker): void {
    worker.trainer.destroy()
    busy.delete(worker)
  }

  /** Keeps as many trainers as there is work for; says when all is done. */
  function employ(): void {
    if (state.status !== 'running') return
    const waiting = state.cells.filter((cell) => cell.state === 'waiting').length
    const opening = [...busy].filter(({ cell }) => cell < 0).length
    for (let more = Math.min(workers - busy.size, waiting - opening); more > 0; more--) hire()
    change(busy.size === 0 && waiting === 0 ? { status: 'done' } : {})
  }

  function hire(): void {
    const giveBack = (vectors: Float32Array<ArrayBuffer>) =>
      trainer.send({ type: 'returnSnapshot', vectors }, [vectors.buffer])
    let recorder = createCellRecorder(0, { giveBack, keep })
    const trainer = startTrainer((event) => {
      if (!busy.has(worker)) return
      if (event.type === 'dataLoaded') return begin()
      if (event.type === 'dataFailed') return failAll(event.problem.message)
      if (event.type === 'refused') return failAll(event.message)
      if (!('runId' in event) || event.runId !== worker.cell + 1) return
      const cell = recorder.read(event)
      if (!cell) return
      setCell(worker.cell, cell)
      if (cell.state === 'done') begin()
      else if (cell.state === 'failed') {
        // The thread itself may have broken: the next run gets a fresh one.
        end(worker)
        employ()
      }
    })
    const worker: Worker = { trainer, cell: -1 }
    busy.add(worker)

    function begin(): void {
      worker.cell = nextWaiting()
      if (worker.cell < 0 || state.status !== 'running') {
        end(worker)
        employ()
        return
      }
      const { experiment } = plan.cells[worker.cell]!
      recorder = createCellRecorder(experiment.stop.epochs ?? 0, { giveBack, keep })
      setCell(worker.cell, { state: 'running', epoch: 0 })
      trainer.send({ type: 'start', runId: worker.cell + 1, experiment, play: true })
    }

    trainer.send({ type: 'watch', table: null, grid: false, standingOnly: true })
    if (restMs > 0) trainer.send({ type: 'rest', ms: restMs })
    for (const bytes of checkpoints) trainer.send({ type: 'addCheckpoint', requestId: 2, bytes })
    if (files) trainer.send({ type: 'openFiles', requestId: 1, files, dateOrders: plan.base.dateOrders })
    else begin()
  }

  function failAll(message: string): void {
    for (const worker of [...busy]) end(worker)
    const cells = state.cells.map((cell): CellState => (cell.state === 'done' ? cell : { state: 'failed', message }))
    change({ cells, status: 'done' })
  }

  employ()
  return {
    plan,
    get state() {
      return state
    },
    pause() {
      if (state.status !== 'running') return
      for (const { trainer } of busy) trainer.send({ type: 'pause' })
      change({ status: 'paused' })
    },
    resume() {
      if (state.status !== 'paused') return
      change({ status: 'running' })
      for (const { trainer } of busy) trainer.send({ type: 'play' })
      employ()
    },
    rest(ms) {
      restMs = ms
      for (const { trainer } of busy) trainer.send({ type: 'rest', ms })
    },
    cancel() {
      if (state.status === 'done' || state.status === 'cancelled') return
      for (const worker of [...busy]) end(worker)
      const cells = state.cells.map((cell): CellState => (cell.state === 'running' ? { state: 'waiting' } : cell))
      change({ status: 'cancelled', cells })
    },
    subscribe(onChange) {
      listeners.add(onChange)
      return () => listeners.delete(onChange)
    },
  }
}
