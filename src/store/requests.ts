import type { TrainerCommand, TrainerEvent } from '../protocol/trainer'

type Asked = Extract<
  TrainerCommand,
  { type: 'exportWeights' | 'addCheckpoint' | 'predict' | 'recommend' | 'recommendNext' | 'inspect' }
>
type WithoutId<T> = T extends unknown ? Omit<T, 'requestId'> : never
interface Answers {
  exportWeights: Extract<TrainerEvent, { type: 'exported' }>
  addCheckpoint: Extract<TrainerEvent, { type: 'checkpointAdded' }>
  predict: Extract<TrainerEvent, { type: 'predicted' }>
  recommend: Extract<TrainerEvent, { type: 'recommended' }>
  recommendNext: Extract<TrainerEvent, { type: 'recommendedNext' }>
  inspect: Extract<TrainerEvent, { type: 'inspected' }>
}
export type Question = WithoutId<Asked>

/** Questions to the worker that have one answer. A refused question rejects with the worker's words. */
export interface Requests {
  ask<Q extends Question>(question: Q): Promise<Answers[Q['type']]>
  /** Returns true when the event answered a question. */
  settle(event: TrainerEvent): boolean
  nextId(): number
}

export function createRequests(send: (command: TrainerCommand) => void): Requests {
  const waiting = new Map<number, { resolve: (event: never) => void; reject: (reason: Error) => void }>()
  let lastId = 0
  return {
    nextId: () => ++lastId,
    ask(question) {
      const requestId = ++lastId
      return new Promise((resolve, reject) => {
        waiting.set(requestId, { resolve, reject })
        send({ ...question, requestId })
      })
    },
    settle(event) {
      if (!('requestId' in event)) return false
      const asked = waiting.get(event.requestId)
      if (!asked) return false
      waiting.delete(event.requestId)
      if (event.type === 'refused') asked.reject(new Error(event.message))
      else asked.resolve(event as never)
      return true
    },
  }
}
