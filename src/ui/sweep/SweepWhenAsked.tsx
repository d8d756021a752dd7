import { lazy, Suspense, useEffect, useState } from 'react'
import type { Sweep } from '../../sweep/runSweep'
import { useAppStore } from '../useApp'

const SweepDialog = lazy(() => import('./SweepDialog').then(({ SweepDialog }) => ({ default: SweepDialog })))

/** The sweep, as soon as somebody asks for one. It goes on while its dialog is closed, and ends when other data come. */
export function SweepWhenAsked() {
  const sweeping = useAppStore((s) => s.sweeping)
  const dataset = useAppStore((s) => JSON.stringify(s.experiment.dataset))
  const [kept, setKept] = useState<Sweep | null>(null)
  const outdated = kept !== null && JSON.stringify(kept.plan.base.dataset) !== dataset
  useEffect(() => {
    if (!outdated) return
    kept.cancel()
    setKept(null)
  }, [outdated, kept])
  if (!sweeping) return null
  return (
    <Suspense fallback={null}>
      <SweepDialog column={sweeping.column} sweep={outdated ? null : kept} onSweep={setKept} />
    </Suspense>
  )
}
