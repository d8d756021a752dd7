import type { DataSet } from '../data/table'
import { type CheckpointStorage, memoryStorage } from './checkpointStorage'
import type { RunObserver } from './runObserver'

/** What surrounds the code of a model: a page, or a program in Node. */
export interface Host {
  storage: CheckpointStorage
  observer: RunObserver
  /** Milliseconds; throttles and `saveCheckpointsSecs` go by it. */
  now(): number
  /** Lets other work of the thread in: messages, timers. Called about 60 times a second while training. */
  pause(): Promise<void>
  /** Aborted = training stops after the step in hand, with a checkpoint. */
  signal: AbortSignal
  /** What `openData(name)` answers. Throws for a name that is not there, with the names that are. */
  openData(name: string): Promise<DataSet>
}

const neverAborted = new AbortController().signal

let current: Host = {
  storage: memoryStorage(),
  observer: {},
  now: () => performance.now(),
  pause: () => new Promise((resolve) => setTimeout(resolve, 0)),
  signal: neverAborted,
  openData: async (name) => {
    throw new Error(`There is no data here, so no '${name}'.`)
  },
}

export function host(): Host {
  return current
}

/** For hosts, before the code of a model runs; what is not given stays as it was. Answers with how to put the former one back. */
export function setHost(changes: Partial<Host>): () => void {
  const former = current
  current = { ...current, ...changes }
  return () => {
    current = former
  }
}

/** A page stays alive when it is let in this often. */
const PAUSE_MS = 16

/** To be awaited between steps: pauses when it is time to. */
export function createPauser(): () => Promise<void> {
  let pausedAt = current.now()
  return async () => {
    if (current.now() - pausedAt < PAUSE_MS) return
    await current.pause()
    pausedAt = current.now()
  }
}
