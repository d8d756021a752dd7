import { describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import type { Moment } from './checkpoints'
import { createKeptRuns, type RunState } from './keptRuns'

function stateOf(numbers: number): RunState {
  const moment: Moment = {
    step: 1,
    batches: { epoch: 0, position: 0 },
    checkpoint: { weights: { w: { shape: [numbers], values: new Float32Array(numbers) } }, optimizer: {}, steps: 1 },
  }
  const experiment = labDefaults.movies
  const best = { ...moment, epoch: 1, loss: 1 }
  return { experiment, now: moment, best, lastFinite: moment, evaluations: [], epochLimit: null, patienceFrom: 0 }
}

describe('createKeptRuns', () => {
  it('keeps the newest eight', () => {
    const kept = createKeptRuns()
    for (let runId = 1; runId <= 9; runId++) kept.keep(runId, stateOf(1))
    expect(kept.take(1)).toBeNull()
    expect(kept.take(2)).not.toBeNull()
    expect(kept.take(2)).toBeNull()
    expect(kept.take(9)).not.toBeNull()
  })
  it('counts what moments share once, and drops the oldest beyond the bytes allowed', () => {
    const kept = createKeptRuns(1000)
    kept.keep(1, stateOf(100))
    expect(kept.bytes()).toBe(400)
    kept.keep(2, stateOf(100))
    kept.keep(3, stateOf(100))
    expect(kept.bytes()).toBe(800)
    expect(kept.take(1)).toBeNull()
  })
})
