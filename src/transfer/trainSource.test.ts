import { expect, it, vi } from 'vitest'
import type { Evaluation, TrainerEvent } from '../protocol/trainer'
import { sourceExperiment } from './planTransfer'
import { trainSource } from './trainSource'

/** A source whose trainer says what the test says. */
function openSource() {
  const heard = { progress: vi.fn(), done: vi.fn(), failed: vi.fn() }
  const [send, destroy] = [vi.fn(), vi.fn()]
  let say = (_: TrainerEvent) => {}
  const experiment = sourceExperiment({ targets: ['cars'], dimension: 2 })
  const end = trainSource(
    experiment,
    (onEvent) => {
      say = onEvent
      return { send, destroy }
    },
    heard,
  )
  return { heard, send, destroy, end, say: (event: TrainerEvent) => say(event) }
}

const last = { step: 9, epoch: 40, train: { r2: 0.9 }, validation: { r2: 0.8 } } as Evaluation
const bytes = new ArrayBuffer(8)
const checkpoint = { fingerprint: 'sha256-1' } as Extract<TrainerEvent, { type: 'checkpointAdded' }>['checkpoint']

it('asks for the weights at the end, has them named, and ends its trainer', () => {
  const { heard, send, destroy, say } = openSource()
  say({ runId: 1, type: 'evaluated', evaluations: [last] })
  say({ runId: 1, type: 'paused', step: 9, reason: { why: 'epochs' } })
  expect(send).toHaveBeenLastCalledWith({ type: 'exportWeights', requestId: 1, optimizerState: false })
  say({ type: 'exported', requestId: 1, bytes })
  expect(send).toHaveBeenLastCalledWith({ type: 'addCheckpoint', requestId: 2, bytes })
  say({ type: 'checkpointAdded', requestId: 2, checkpoint })
  expect(heard.done).toHaveBeenCalledExactlyOnceWith({ bytes, fingerprint: 'sha256-1', last })
  expect(destroy).toHaveBeenCalledOnce()
})

it('says why it failed, once', () => {
  const { heard, destroy, say } = openSource()
  const failure = { runId: 1, type: 'failed', field: null, stack: null } as const
  say({ ...failure, message: 'no memory' })
  say({ ...failure, message: 'again' })
  expect(heard.failed).toHaveBeenCalledExactlyOnceWith('no memory')
  expect(destroy).toHaveBeenCalledOnce()
})

it('hears nothing of a trainer that was ended', () => {
  const { heard, send, destroy, end, say } = openSource()
  end()
  const sent = send.mock.calls.length
  say({ runId: 1, type: 'paused', step: 9, reason: { why: 'epochs' } })
  say({ runId: 1, type: 'failed', message: 'It was ended.', field: null, stack: null })
  expect(destroy).toHaveBeenCalledOnce()
  expect(send).toHaveBeenCalledTimes(sent)
  expect(heard.failed).not.toHaveBeenCalled()
})
