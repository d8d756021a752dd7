import type { RunEvent, TrainerEvent } from '../protocol/trainer'

/** `transfer`: buffers in the event that the trainer gives away. */
export type Post = (event: TrainerEvent, transfer?: Transferable[]) => void

/** A run's event before it is stamped with the run's id. */
export type RunMessage = RunEvent extends infer E ? (E extends { runId: number } ? Omit<E, 'runId'> : never) : never
export type PostRun = (message: RunMessage, transfer?: Transferable[]) => void
