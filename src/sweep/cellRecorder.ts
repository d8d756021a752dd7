import type { Evaluation, LearntTable, PointsInfo, RunEvent, RunInfo } from '../protocol/trainer'
import type { CellState } from './sweepResults'

/** Makes what is kept of a run from what its trainer tells. */
export interface CellRecorder {
  /** What the event makes of the cell; null when it changes nothing. */
  read(event: RunEvent): CellState | null
}

export interface RecorderPorts {
  /** Gives a trainer its buffer back: it has two, and sends nothing without one. */
  giveBack(vectors: Float32Array<ArrayBuffer>): void
  /** What is kept of a table that the run ends with. */
  keep(table: LearntTable): LearntTable | null
}

/** `epochs`: after which the run is done; a pause before that is a person's. */
export function createCellRecorder(epochs: number, { giveBack, keep }: RecorderPorts): CellRecorder {
  let run: RunInfo | null = null
  let examplesPerSecond = Number.NaN
  let evaluations: Evaluation[] = []
  let points: PointsInfo | null = null
  let snapshot: Extract<RunEvent, { type: 'snapshot' }> | null = null

  function finished(): CellState {
    const last = evaluations.findLast(({ epoch }) => epoch === epochs)
    const best = evaluations.findLast(({ isBest, step }) => isBest && step > 0)
    if (!run || !last) return { state: 'failed', message: 'The run ended before it was measured.' }
    const { parameters, bytes, trainRows } = run
    const msPerEpoch = (1000 * trainRows) / examplesPerSecond
    return { state: 'done', last, best: best ?? last, evaluations, table: table(), msPerEpoch, parameters, bytes }
  }

  function table(): LearntTable | null {
    if (!points || !snapshot) return null
    return keep({ points, dimension: snapshot.dimension, vectors: snapshot.vectors })
  }

  return {
    read(event) {
      switch (event.type) {
        case 'started':
          run = event.run
          return null
        case 'progress':
          examplesPerSecond = event.examplesPerSecond
          return { state: 'running', epoch: event.epoch }
        case 'evaluated':
          evaluations = [...evaluations, ...event.evaluations]
          return null
        case 'points':
          points = event.points
          return null
        case 'snapshot':
          if (snapshot) giveBack(snapshot.vectors)
          snapshot = event
          return null
        case 'failed':
          return { state: 'failed', message: event.message }
        case 'paused':
          if (event.reason.why === 'epochs') return finished()
          if (event.reason.why === 'notFinite') return { state: 'failed', message: 'Its numbers overflowed.' }
          return null
        default:
          return null
      }
    },
  }
}
