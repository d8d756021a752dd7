import { useMemo } from 'react'
import { estimateSweep, probesOf } from '../../sweep/estimateSweep'
import type { SweepPlan } from '../../sweep/planSweep'
import { durationWords } from '../pages/durationWords'
import { useTimed } from '../pages/useTimed'
import { useAppStore } from '../useApp'
import { sweepWorkers } from './sweepWorkers'

/**
 * How long a plan will take, in words: as a few short runs take; for a file that a person brought, whose rows would have to be opened again, as the run of
 * the playground took if there was one. `''`: nothing is known.
 */
export function useEstimate(plan: SweepPlan | null, isIdle: boolean): string {
  const rate = useAppStore((s) => s.examplesPerSecond)
  const trainRows = useAppStore((s) => s.run?.trainRows ?? 0)
  const isBuiltin = plan?.base.dataset.source === 'builtin'
  const probes = useMemo(() => (plan && isBuiltin ? probesOf(plan) : null), [plan, isBuiltin])
  const tookMs = useTimed(probes, isIdle)
  if (!plan) return ''
  if (tookMs)
    return `About ${durationWords(estimateSweep(plan, tookMs, sweepWorkers()))} on this device, measured with a few short runs`
  if (isBuiltin) return isIdle ? 'Measuring how long it takes…' : ''
  const rows = Math.min(plan.base.split.trainSample?.rows ?? trainRows, trainRows)
  if (!(rate > 0) || rows === 0) return ''
  const ms = (1000 * rows * plan.epochs * plan.cells.length) / rate / sweepWorkers()
  return `About ${durationWords(ms)} at the pace of the playground’s run`
}
