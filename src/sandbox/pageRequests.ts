import type { Pace } from './pace'
import type { Post } from './post'
import type { RequestValue, SandboxCommand, SandboxRequest } from './protocol'

/** Asks the page for what a sandbox has not: checkpoints, data. */
export interface PageRequests {
  /** Rejects with the page's words. */
  ask(request: SandboxRequest): Promise<RequestValue>
  settle(answer: Extract<SandboxCommand, { requestId: number }>): void
}

export function createPageRequests(post: Post, pace: Pick<Pace, 'turn'>): PageRequests {
  const waiting = new Map<number, { resolve(value: RequestValue): void; reject(message: string): void }>()
  let last = 0
  return {
    async ask(request) {
      const requestId = ++last
      // Made here, where the stack leads back to the line that asks.
      const refused = new Error('The page refused.')
      await pace.turn()
      return new Promise((resolve, reject) => {
        waiting.set(requestId, { resolve, reject: (message) => reject(Object.assign(refused, { message })) })
        post({ type: 'request', requestId, request })
      })
    },
    settle(answer) {
      const asked = waiting.get(answer.requestId)
      waiting.delete(answer.requestId)
      if (answer.type === 'answer') asked?.resolve(answer.value)
      else asked?.reject(answer.message)
    },
  }
}
