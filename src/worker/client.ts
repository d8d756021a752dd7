import type { TrainerCommand, TrainerEvent } from '../protocol/trainer'

/** The main thread's end of the trainer. */
export interface TrainerClient {
  /** `transfer`: buffers in the command that are given away. */
  send(command: TrainerCommand, transfer?: Transferable[]): void
  destroy(): void
}

/**
 * Starts the worker. Every event comes to `onEvent`, in order. When the worker itself breaks (it did not load, it threw), every question without an
 * answer is refused, and the newest run fails, with its words: nothing waits for ever.
 */
export function createTrainerClient(onEvent: (event: TrainerEvent) => void): TrainerClient {
  const worker = new Worker(new URL('./trainer.worker.ts', import.meta.url), { type: 'module', name: document.baseURI })
  return connectTrainer(worker, onEvent)
}

/** What the client needs of a Worker. */
export type TrainerPort = Pick<Worker, 'postMessage' | 'terminate' | 'addEventListener'>

export function connectTrainer(worker: TrainerPort, onEvent: (event: TrainerEvent) => void): TrainerClient {
  const unanswered = new Map<number, TrainerCommand['type']>()
  let runId = 0
  let broken: string | null = null

  function breakDown(message: string): void {
    broken = message
    for (const [requestId, asked] of unanswered) onEvent(refusal(requestId, asked, message))
    unanswered.clear()
    onEvent({ type: 'failed', runId, message, field: null, stack: null })
  }

  worker.addEventListener('message', ({ data }: MessageEvent<TrainerEvent>) => {
    if ('requestId' in data && data.type !== 'dataProgress') unanswered.delete(data.requestId)
    onEvent(data)
  })
  worker.addEventListener('error', (event: ErrorEvent) => {
    event.preventDefault()
    breakDown(`Training stopped: ${event.message || 'its code did not load'}. Reload the page to go on.`)
  })
  worker.addEventListener('messageerror', () =>
    breakDown('Training stopped: a message could not be read. Reload the page to go on.'),
  )

  return {
    send(command, transfer = []) {
      if ('runId' in command) runId = command.runId
      if ('requestId' in command) {
        if (broken !== null) return onEvent(refusal(command.requestId, command.type, broken))
        unanswered.set(command.requestId, command.type)
      } else if (broken !== null && 'runId' in command) {
        return onEvent({ type: 'failed', runId, message: broken, field: null, stack: null })
      }
      worker.postMessage(command, transfer)
    },
    destroy: () => worker.terminate(),
  }
}

function refusal(requestId: number, asked: TrainerCommand['type'], message: string): TrainerEvent {
  if (asked !== 'openFiles' && asked !== 'openBuiltin') return { type: 'refused', requestId, message }
  return { type: 'dataFailed', requestId, problem: { message, file: null, row: null, column: null } }
}
