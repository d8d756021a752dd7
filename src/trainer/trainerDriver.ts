import type { TrainerEvent } from '../protocol/trainer'
import { startNodeTrainer } from './nodeTrainer'

type EventType = TrainerEvent['type']
type EventOf<T extends EventType> = Extract<TrainerEvent, { type: T }>

/** Drives a trainer in Node, for tests and measurements: an array as its outbox, `public/` as its page. */
export function createTrainerDriver() {
  const events: TrainerEvent[] = []
  const waiting: { test: (event: TrainerEvent) => boolean; resolve: (event: TrainerEvent) => void }[] = []
  const trainer = startNodeTrainer((event) => {
    events.push(event)
    for (const wait of waiting.splice(0)) wait.test(event) ? wait.resolve(event) : waiting.push(wait)
  })
  return {
    events,
    send: trainer.send,
    destroy: trainer.destroy,
    /** The next event of a type, or of one of several, from now on. */
    next<T extends EventType>(
      types: T | readonly T[],
      fits: (event: EventOf<T>) => boolean = () => true,
    ): Promise<EventOf<T>> {
      const wanted: readonly EventType[] = [types].flat()
      const test = (event: TrainerEvent) => wanted.includes(event.type) && fits(event as EventOf<T>)
      return new Promise((resolve) => waiting.push({ test, resolve: resolve as (event: TrainerEvent) => void }))
    },
    of<T extends EventType>(type: T): EventOf<T>[] {
      return events.filter((event): event is EventOf<T> => event.type === type)
    },
  }
}

export type TrainerDriver = ReturnType<typeof createTrainerDriver>
