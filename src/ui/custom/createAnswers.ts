import { answerRequest, type RequestSources } from '../../sandbox/answerRequest'
import type { Sandbox } from '../../sandbox/client'
import type { RequestValue, SandboxEvent } from '../../sandbox/protocol'
import { wordsOf } from './wordsOf'

type Asked = Extract<SandboxEvent, { type: 'request' }>

/**
 * Answers what a sandbox asks for, one after another: not all that was asked for is held at once. Who is gone gets no answer, and what it asked to be done is not done.
 * `current`: the sandbox that runs. `document`: whose checkpoints it is given.
 */
export function createAnswers(sources: RequestSources, current: () => Sandbox | null) {
  let last = Promise.resolve()
  return ({ requestId, request }: Asked, document: string): void => {
    // Not the next one, whose requests have the same numbers.
    const asking = current()
    last = last.then(async () => {
      if (!asking || asking !== current()) return
      try {
        const value = await answerRequest(request, document, sources)
        asking.send({ type: 'answer', requestId, value }, buffersOf(value))
      } catch (error) {
        asking.send({ type: 'refusal', requestId, message: wordsOf(error) })
      }
    })
  }
}

/** Bytes are given away with the answer. */
function buffersOf(value: RequestValue): Transferable[] {
  return value instanceof Uint8Array && value.buffer instanceof ArrayBuffer ? [value.buffer] : []
}
