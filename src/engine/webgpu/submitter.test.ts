import { expect, it, vi } from 'vitest'
import { createSubmitter, type Work } from './submitter'

/** A device whose submits are done when the test says so. */
function fakeDevice() {
  const log: string[] = []
  const onTheWay: (() => void)[] = []
  let submits = 0
  const device = {
    createCommandEncoder: () => ({ finish: () => null }),
    queue: {
      submit: () => log.push(`submit ${++submits}`),
      onSubmittedWorkDone: () => new Promise<void>((resolve) => onTheWay.push(resolve)),
    },
  } as unknown as GPUDevice
  const submitter = createSubmitter(device, () => log.push('flush'))
  /** The oldest submit is done. */
  async function done() {
    onTheWay.shift()!()
    await new Promise((resolve) => setTimeout(resolve))
  }
  return { submitter, log, done }
}

function work(log: string[], name: string, units: number, more: Partial<Work> = {}): Work {
  return {
    kind: name,
    units,
    limit: () => 3,
    encode: (_, count) => {
      log.push(`${name} ${count}`)
      return undefined
    },
    ...more,
  }
}

it('submits in order, two at a time, twice as many units each time up to the limit', async () => {
  vi.spyOn(performance, 'now').mockReturnValue(0)
  const { submitter, log, done } = fakeDevice()
  submitter.add(work(log, 'steps', 7))
  submitter.add(work(log, 'read', 1))
  expect(log).toEqual(['flush', 'steps 1', 'submit 1', 'flush', 'steps 1', 'submit 2'])
  let hungry = false
  void submitter.hungry().then(() => {
    hungry = true
  })
  for (let i = 0; i < 2; i++) await done()
  expect(log.slice(6)).toEqual(['flush', 'steps 2', 'submit 3', 'flush', 'steps 3', 'submit 4'])
  expect(hungry).toBe(false)
  await done()
  expect(log.slice(12)).toEqual(['flush', 'read 1', 'submit 5'])
  await done()
  expect(hungry).toBe(true)
  vi.restoreAllMocks()
})

it('tells whoever waits that work could not be recorded, and whoever asks for more', async () => {
  const { submitter, log, done } = fakeDevice()
  let encoded = 0
  const breaking = () => {
    if (++encoded > 2) throw new RangeError('no room')
    return undefined
  }
  submitter.add(work(log, 'steps', 5, { encode: breaking }))
  const cancelled: Error[] = []
  submitter.add(work(log, 'read', 1, { cancel: (error) => cancelled.push(error) }))
  const waits = [submitter.hungry(), submitter.finished()].map((promise) => expect(promise).rejects.toThrow('no room'))
  await done()
  await Promise.all(waits)
  expect(cancelled.map(({ message }) => message)).toEqual(['no room'])
  await expect(submitter.hungry()).rejects.toThrow('no room')
  expect(() => submitter.add(work(log, 'steps', 1))).toThrow('no room')
  submitter.add(work(log, 'read', 1, { cancel: (error) => cancelled.push(error) }))
  expect(cancelled).toHaveLength(2)
})

it('goes on after work that says what to do when it cannot be recorded', async () => {
  const { submitter, log } = fakeDevice()
  const cancelled: Error[] = []
  const encode = () => {
    throw new Error('too large')
  }
  submitter.add(work(log, 'predictions', 1, { encode, cancel: (error) => cancelled.push(error) }))
  submitter.add(work(log, 'steps', 1))
  expect(cancelled.map(({ message }) => message)).toEqual(['too large'])
  expect(log.at(-1)).toBe('submit 1')
})

it('says to what it forgets that it was forgotten', () => {
  const { submitter, log } = fakeDevice()
  const cancelled: Error[] = []
  submitter.add(work(log, 'steps', 9))
  submitter.add(work(log, 'read', 1, { cancel: (error) => cancelled.push(error) }))
  submitter.clear()
  expect(cancelled.map(({ message }) => message)).toEqual(['The model was disposed of before it came to this.'])
  expect(submitter.last()).toBeUndefined()
})
