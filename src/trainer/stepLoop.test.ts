import { afterAll, describe, expect, it } from 'vitest'
import type { PauseReason } from '../protocol/trainer'
import { createScheduler } from './scheduler'
import { createSerialize } from './serialize'
import { createStepLoop, type Slice } from './stepLoop'

const scheduler = createScheduler()
afterAll(() => scheduler.destroy())

/** A clock that only steps move. */
function createWork({ msPerStep = 1, stepsPerEpoch = 100, stopAt = Number.POSITIVE_INFINITY, stepsAtOnce = 1 } = {}) {
  let clock = 0
  let step = 0
  const slices: Slice[] = []
  const settled: { reason: PauseReason; step: number }[] = []
  const errors: unknown[] = []
  const work = {
    full: stepsAtOnce > 1,
    step(limit: number) {
      const steps = Math.min(limit, stepsAtOnce)
      clock += steps * msPerStep
      step += steps
      return 10 * steps
    },
    currentStep: () => step,
    epochEnd: (from: number) => (Math.floor(from / stepsPerEpoch) + 1) * stepsPerEpoch,
    beforeSlice: async () => null,
    async afterSlice(slice: Slice): Promise<PauseReason | null> {
      slices.push(slice)
      return step >= stopAt ? { why: 'epochs' } : null
    },
    async settle(reason: PauseReason) {
      settled.push({ reason, step })
    },
    fail: (error: unknown) => errors.push(error),
  }
  const loop = createStepLoop(work, createSerialize(), { scheduler, now: () => clock })
  return { work, loop, slices, settled, errors, clock: () => clock }
}

async function until(condition: () => boolean) {
  while (!condition()) await scheduler.yield()
}

describe('createStepLoop', () => {
  it('gives a device many steps at once, but none beyond an epoch or what was asked for', async () => {
    const { loop, slices, settled } = createWork({ msPerStep: 0, stepsAtOnce: 64, stopAt: 200 })
    loop.play()
    await until(() => settled.length > 0)
    expect(slices.map(({ examples }) => examples)).toEqual([640, 360, 640, 360])
    loop.advance('batch')
    await until(() => settled.length > 1)
    expect(settled.at(-1)).toMatchObject({ step: 201 })
  })

  it('trains at most eight milliseconds at a stretch', async () => {
    const { loop, slices, settled } = createWork({ stopAt: 50 })
    loop.play()
    await until(() => settled.length > 0)
    expect(Math.max(...slices.map(({ ms }) => ms))).toBe(8)
    expect(settled).toEqual([{ reason: { why: 'epochs' }, step: 56 }])
  })

  it('ends a slice where an epoch ends', async () => {
    const { loop, slices, settled } = createWork({ stepsPerEpoch: 5, stopAt: 10 })
    loop.play()
    await until(() => settled.length > 0)
    expect(slices.map(({ epochEnded }) => epochEnded)).toContain(true)
    expect(settled[0]!.step).toBe(10)
  })

  it('lets nothing further be trained after a pause', async () => {
    const { loop, slices, settled } = createWork()
    loop.play()
    await until(() => slices.length === 3)
    loop.pause()
    const { length } = slices
    await until(() => settled.length > 0)
    expect(slices).toHaveLength(length)
    expect(settled).toEqual([{ reason: { why: 'asked' }, step: 8 * length }])
  })

  it('steps to the end of the epoch from within it, and over the next when asked twice', async () => {
    const { loop, settled } = createWork({ stepsPerEpoch: 20 })
    loop.advance('batch')
    await until(() => settled.length === 1)
    loop.advance('epoch')
    loop.advance('epoch')
    await until(() => settled.length === 2)
    expect(settled.map(({ step }) => step)).toEqual([1, 40])
  })

  it('reports what a step throws and stands still', async () => {
    const { loop, work, errors, settled } = createWork()
    work.step = () => {
      throw new Error('broken')
    }
    loop.play()
    await until(() => errors.length > 0)
    expect(String(errors[0])).toContain('broken')
    expect(loop.standing).toBe(true)
    expect(settled).toEqual([])
  })
})
