import type { Evaluation, RunEvent, RunInfo } from '../protocol/trainer'
import type { CellState } from './sweepResults'

/** Makes what is kept of a run from what its trainer tells. */
export interface CellRecorder {
  /** What the event makes of the cell; null when it changes nothing. */
  read(event: RunEvent): CellState | null
}

/** `epochs`: after which the run is done; a pause before that is a person's. */
export function createCellRecorder(epochs: number): CellRecorder {
  let run: RunInfo | null = null
  let examplesPerSecond = Number.NaN
  let evaluations: Evaluation[] = []

  function finished(): CellState {
    const last = evaluations.findLast(({ epoch }) => epoch === epochs)
    const best = evaluations.findLast(({ isBest, step }) => isBest && step > 0)
    if (!run || !last) return { state: 'failed', message: 'The run ended before it was measured.' }
    const { parameters, bytes, trainRows } = run
    const msPerEpoch = (1000 * trainRows) / examplesPerSecond
    return { state: 'done', last, best: best ?? last, msPerEpoch, parameters, bytes }
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
