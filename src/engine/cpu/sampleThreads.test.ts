import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ThreadStart, threadsHere } from './sampleThreads'

const terminate = vi.fn()
let thread: FakeWorker

class FakeWorker {
  onmessage?: () => void
  onerror?: (event: { message: string }) => void
  terminate = terminate
  postMessage = () => undefined
  constructor() {
    thread = this
  }
}

const start = {} as ThreadStart

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('Worker', FakeWorker)
  vi.stubGlobal('crossOriginIsolated', true)
  vi.stubGlobal('navigator', { hardwareConcurrency: 8 })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  terminate.mockClear()
})

it('leaves a core of several to the page, and shares two', () => {
  expect(threadsHere()).toMatchObject({ extra: 6, missing: null })
  vi.stubGlobal('navigator', { hardwareConcurrency: 2 })
  expect(threadsHere()).toMatchObject({ extra: 1, missing: null })
  vi.stubGlobal('navigator', { hardwareConcurrency: 1 })
  expect(threadsHere()).toMatchObject({ extra: 0, missing: 'this machine has one core' })
})

it('waits for a thread, but not for ever', async () => {
  const { startThread } = threadsHere()
  const started = startThread(start)
  thread.onmessage?.()
  await started
  const [silent, refused] = [startThread(start), vi.fn()]
  silent.catch(refused)
  await vi.advanceTimersByTimeAsync(2900)
  expect(refused).not.toHaveBeenCalled()
  await vi.advanceTimersByTimeAsync(200)
  await expect(silent).rejects.toThrow('a training thread did not start (its script did not come in time)')
  // It may come later, and may then be in the middle of a block.
  expect(terminate).not.toHaveBeenCalled()
})

it('ends a thread whose script does not load', async () => {
  const failed = threadsHere().startThread(start)
  thread.onerror?.({ message: '' })
  await expect(failed).rejects.toThrow('a training thread did not start (its script did not load)')
  expect(terminate).toHaveBeenCalledTimes(1)
})
