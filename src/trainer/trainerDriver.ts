import { readFile } from 'node:fs/promises'
import type { TrainerCommand, TrainerEvent } from '../protocol/trainer'
import { createScheduler } from './scheduler'
import { createTrainer } from './trainer'

type EventType = TrainerEvent['type']
type EventOf<T extends EventType> = Extract<TrainerEvent, { type: T }>

/** Drives a trainer in Node, for tests and measurements: an array as its outbox, `public/` as its page. */
export function createTrainerDriver() {
  const events: TrainerEvent[] = []
  const waiting: { test: (event: TrainerEvent) => boolean; resolve: (event: TrainerEvent) => void }[] = []
  const trainer = createTrainer(
    (event) => {
      events.push(event)
      for (const wait of waiting.splice(0)) wait.test(event) ? wait.resolve(event) : waiting.push(wait)
    },
    {
      read: async (path) => {
        const bytes = await readFile(`public/${path}`)
        return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
      },
      scheduler: createScheduler(),
      now: () => performance.now(),
      wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/',
    },
  )
  return {
    events,
    send: (command: TrainerCommand) => trainer.handle(command),
    destroy: trainer.destroy,
    /** The next event of a type, from now on. */
    next<T extends EventType>(type: T, fits: (event: EventOf<T>) => boolean = () => true): Promise<EventOf<T>> {
      const test = (event: TrainerEvent) => event.type === type && fits(event as EventOf<T>)
      return new Promise((resolve) => waiting.push({ test, resolve: resolve as (event: TrainerEvent) => void }))
    },
    of<T extends EventType>(type: T): EventOf<T>[] {
      return events.filter((event): event is EventOf<T> => event.type === type)
    },
  }
}

export type TrainerDriver = ReturnType<typeof createTrainerDriver>
