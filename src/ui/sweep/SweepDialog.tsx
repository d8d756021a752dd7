import type { SweepPlan } from '../../sweep/planSweep'
import { runSweep, type Sweep } from '../../sweep/runSweep'
import { Dialog } from '../controls/Dialog'
import { useApp } from '../useApp'
import { SweepForm } from './SweepForm'
import { SweepResults } from './SweepResults'
import { filesOf, sweepWorkers } from './sweepWorkers'

interface Props {
  /** By name, the column whose dimension is asked about. */
  column: string | null
  sweep: Sweep | null
  onSweep(sweep: Sweep | null): void
}

/** What to try, then what came out. */
export function SweepDialog({ column, sweep, onSweep }: Props) {
  const { store, startTrainer } = useApp()
  const close = () => store.getState().setView({ sweeping: null })

  function start(plan: SweepPlan): void {
    // Both would take the processor from one another, and from the times that are measured.
    if (store.getState().status === 'playing') store.getState().pause()
    const files = filesOf(store.getState())
    onSweep(runSweep(plan, { startTrainer, workers: sweepWorkers(), files }))
  }

  return (
    <Dialog title={sweep ? 'What came out' : 'How many? Try them all'} widthPx={1040} onClose={close}>
      {sweep ? (
        <SweepResults sweep={sweep} onAgain={() => onSweep(null)} onClose={close} />
      ) : (
        <SweepForm column={column} onStart={start} />
      )}
    </Dialog>
  )
}
