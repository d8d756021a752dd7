import { describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import type { TrainerEvent } from '../protocol/trainer'
import { connectTrainer, type TrainerPort } from './client'

function open() {
  const sent: unknown[] = []
  const events: TrainerEvent[] = []
  const target = new EventTarget()
  const port: TrainerPort = {
    postMessage: (message: unknown) => sent.push(message),
    terminate: () => undefined,
    addEventListener: target.addEventListener.bind(target) as TrainerPort['addEventListener'],
  }
  const client = connectTrainer(port, (event) => events.push(event))
  const say = (data: TrainerEvent) => target.dispatchEvent(new MessageEvent('message', { data }))
  const breakDown = () =>
    target.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message: 'boom' }))
  return { client, sent, events, say, breakDown }
}
const ask = { type: 'exportWeights', requestId: 1, optimizerState: false } as const

describe('connectTrainer', () => {
  it('hands commands and events through as they are', () => {
    const { client, sent, events, say } = open()
    client.send({ type: 'pause' })
    say({ type: 'ready', backends: [] })
    expect(sent).toEqual([{ type: 'pause' }])
    expect(events).toEqual([{ type: 'ready', backends: [] }])
  })

  it('refuses every open question, and fails the newest run, when the worker breaks', () => {
    const { client, events, say, breakDown } = open()
    client.send({ type: 'start', runId: 4, experiment: labDefaults.movies, play: true })
    client.send({ type: 'openBuiltin', requestId: 2, dataset: labDefaults.movies.dataset })
    client.send({ ...ask, requestId: 3 })
    say({ type: 'refused', requestId: 3, message: 'no' })
    client.send(ask)
    breakDown()
    expect(events.slice(1).map((event) => [event.type, 'requestId' in event && event.requestId])).toEqual([
      ['dataFailed', 2],
      ['refused', 1],
      ['failed', false],
    ])
    expect(events.at(-1)).toMatchObject({ runId: 4, message: expect.stringContaining('boom') })
  })

  it('answers at once what is asked of a broken worker', () => {
    const { client, sent, events, breakDown } = open()
    breakDown()
    client.send(ask)
    client.send({ type: 'start', runId: 5, experiment: labDefaults.movies, play: true })
    expect(sent).toEqual([])
    expect(events.slice(-2)).toMatchObject([
      { type: 'refused', requestId: 1 },
      { type: 'failed', runId: 5 },
    ])
  })
})
