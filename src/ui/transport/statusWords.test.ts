import { expect, it } from 'vitest'
import { statusWords } from './statusWords'

const paused = { status: 'paused', pauseReason: null, step: 0, examplesPerSecond: 0, epoch: 40 } as const

it('tells a fresh run from a paused one', () => {
  expect(statusWords(paused).text).toBe('press Play')
  expect(statusWords({ ...paused, step: 1234 })).toEqual({ label: 'Paused', text: 'at step 1,234' })
})

it('shows the speed while it trains', () => {
  expect(statusWords({ ...paused, status: 'playing', examplesPerSecond: 412_345 }).text).toBe('412 k examples/s')
})

it('says why a run stopped by itself', () => {
  expect(statusWords({ ...paused, pauseReason: { why: 'epochs' } }).text).toBe('after 40 epochs')
  expect(statusWords({ ...paused, pauseReason: { why: 'noImprovement', bestEpoch: 12 } }).text).toBe(
    'no gain since epoch 12',
  )
  expect(
    statusWords({ ...paused, pauseReason: { why: 'notFinite', cause: '', field: '', lastFiniteStep: 3 } }).text,
  ).toBe('the numbers overflowed')
})
