import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { labDefaults } from '../experiment/labs'
import type { TrainerEvent } from '../protocol/trainer'
import { createScheduler } from '../trainer/scheduler'
import { createTrainer } from '../trainer/trainer'
import { planSweep } from './planSweep'
import { runSweep, type Sweep, type SweepTrainer } from './runSweep'
import { elbowOf, summarizeSweep } from './sweepResults'

/** A trainer of this thread, `public/` as its page. */
function startTrainer(onEvent: (event: TrainerEvent) => void): SweepTrainer {
  const trainer = createTrainer(onEvent, {
    async read(path) {
      const bytes = await readFile(`public/${path}`)
      return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    },
    scheduler: createScheduler(),
    now: () => performance.now(),
    wasmPaths: 'node_modules/@tensorflow/tfjs-backend-wasm/dist/',
  })
  return { send: (command) => trainer.handle(command), destroy: () => void trainer.destroy() }
}

function untilDone(sweep: Sweep): Promise<void> {
  return new Promise((resolve) => {
    sweep.subscribe(() => sweep.state.status === 'done' && resolve())
  })
}

describe('a sweep of the dimension on Day × hour', () => {
  it('finds an elbow past which the validation loss hardly improves, and the gain before it large', async () => {
    const setting = { kind: 'dimension', column: 0 } as const
    const plan = planSweep(labDefaults.dayHour, { setting, values: [1, 2, 3, 4, 8, 16], seedCount: 3, epochs: 40 })
    const sweep = runSweep(plan, { startTrainer, workers: 1, files: null })
    await untilDone(sweep)
    expect(sweep.state.cells.map(({ state }) => state)).toEqual(plan.cells.map(() => 'done'))
    const summaries = summarizeSweep(plan, sweep.state.cells, 'loss', 'last')
    const losses = new Map(summaries.map(({ value, validation }) => [value, validation.mean]))
    const elbow = elbowOf(summaries, 'loss')!.value
    // Four targets of a linear head have rank four at most: no wider table says more.
    expect(elbow).toBeGreaterThanOrEqual(2)
    expect(elbow).toBeLessThanOrEqual(8)
    const gain = losses.get(1)! - losses.get(elbow)!
    const gainPast = losses.get(elbow)! - losses.get(16)!
    expect(gain).toBeGreaterThan(0.1 * losses.get(1)!)
    expect(gainPast).toBeLessThan(0.05 * gain)
  }, 120_000)
})
