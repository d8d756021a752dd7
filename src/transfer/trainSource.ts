import type { Experiment } from '../experiment/experiment'
import type { Evaluation, TrainerEvent } from '../protocol/trainer'
import type { SweepPorts } from '../sweep/runSweep'

/** Weights to start from, as every trainer gets them. */
export interface Source {
  /** A weights file. */
  bytes: ArrayBuffer
  fingerprint: string
}

export interface TrainedSource extends Source {
  last: Evaluation
}

interface Listener {
  /** Epochs so far. */
  progress(epoch: number): void
  done(source: TrainedSource): void
  failed(message: string): void
}

/** Trains the source in a thread of its own, to the end of its epochs. Returns the function that ends it before. */
export function trainSource(
  experiment: Experiment,
  startTrainer: SweepPorts['startTrainer'],
  { progress, done, failed }: Listener,
): () => void {
  let bytes: ArrayBuffer | null = null
  let last: Evaluation | null = null
  let ended = false
  const trainer = startTrainer((event) => {
    // A trainer in this thread may have something on its way when it is ended.
    const told = ended ? null : read(event)
    if (!told) return
    end()
    if ('message' in told) failed(told.message)
    else done(told)
  })

  function end(): void {
    ended = true
    trainer.destroy()
  }

  function read(event: TrainerEvent): TrainedSource | { message: string } | null {
    switch (event.type) {
      case 'progress':
        progress(event.epoch)
        return null
      case 'evaluated':
        last = event.evaluations.at(-1) ?? last
        return null
      case 'paused':
        if (event.reason.why === 'notFinite') return { message: 'The numbers of the source overflowed.' }
        if (event.reason.why === 'epochs') trainer.send({ type: 'exportWeights', requestId: 1, optimizerState: false })
        return null
      case 'exported':
        bytes = event.bytes
        // The trainer tells the fingerprint that students name it by.
        trainer.send({ type: 'addCheckpoint', requestId: 2, bytes })
        return null
      case 'checkpointAdded':
        if (!bytes || !last) return { message: 'The source ended before it was measured.' }
        return { bytes, fingerprint: event.checkpoint.fingerprint, last }
      case 'failed':
      case 'refused':
        return { message: event.message }
      default:
        return null
    }
  }

  trainer.send({ type: 'watch', table: null, grid: false, standingOnly: true })
  trainer.send({ type: 'start', runId: 1, experiment, play: true })
  return end
}
