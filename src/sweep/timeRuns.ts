import type { Experiment } from '../experiment/experiment'
import { runSweep, type SweepPorts } from './runSweep'

type Ports = Pick<SweepPorts, 'startTrainer' | 'checkpoints'> & { now(): number }

/** No further run begins after this. */
const BUDGET_MS = 2500

/**
 * Makes the runs one after another in a trainer of its own, each to the end of its epochs, and tells what they took, milliseconds: of the first with the
 * start of the trainer, of fewer than all where they take longer than two seconds and a half. For built-in data alone: no file is opened. `onTimed` is
 * not called where a run fails, nor once the function that is returned has ended it.
 */
export function timeRuns(
  experiments: readonly Experiment[],
  { startTrainer, checkpoints = [], now }: Ports,
  onTimed: (tookMs: number[]) => void,
): () => void {
  const [base] = experiments
  if (!base) return () => {}
  const startedMs = now()
  const tookMs: number[] = []
  let lastMs = startedMs
  const cells = experiments.map((experiment) => ({ experiment }))
  const sweep = runSweep({ base, cells }, { startTrainer, workers: 1, files: null, checkpoints })
  const stop = sweep.subscribe(() => {
    const { status, cells } = sweep.state
    if (cells.some(({ state }) => state === 'failed')) return end()
    if (cells.filter(({ state }) => state === 'done').length > tookMs.length) {
      tookMs.push(now() - lastMs)
      lastMs = now()
    }
    const isLate = tookMs.length > 0 && lastMs - startedMs > BUDGET_MS
    if (status !== 'done' && !isLate) return
    end()
    onTimed(tookMs)
  })
  function end(): void {
    stop()
    sweep.cancel()
  }
  return end
}
