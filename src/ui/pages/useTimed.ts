import { useEffect, useState } from 'react'
import type { Experiment } from '../../experiment/experiment'
import { timeRuns } from '../../sweep/timeRuns'
import { checkpointsOf } from '../sweep/sweepWorkers'
import { useApp } from '../useApp'

/** Somebody who types numbers is not asked to wait for each of them. */
const SETTLED_MS = 500

/** What was timed in this visit, by what was run. */
const known = new Map<string, readonly number[]>()

/**
 * What these runs take here, milliseconds, timed beside the page while nothing else trains (`isIdle`). null: not known yet. `experiments` null: nothing is
 * to be timed.
 */
export function useTimed(experiments: readonly Experiment[] | null, isIdle: boolean): readonly number[] | null {
  const { store, startTrainer } = useApp()
  const [, setTimed] = useState<readonly number[] | null>(null)
  const key = experiments && JSON.stringify(experiments)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says what the experiments are.
  useEffect(() => {
    if (key === null || !experiments || !isIdle || known.has(key)) return
    let end = () => {}
    const waiting = setTimeout(() => {
      const ports = { startTrainer, checkpoints: checkpointsOf(store.getState()), now: () => performance.now() }
      end = timeRuns(experiments, ports, (tookMs) => {
        known.set(key, tookMs)
        setTimed(tookMs)
      })
    }, SETTLED_MS)
    return () => {
      clearTimeout(waiting)
      end()
    }
  }, [key, isIdle])
  return (key !== null && known.get(key)) || null
}
