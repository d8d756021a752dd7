import { useMemo } from 'react'
import { useStore } from 'zustand'
import { startKinds } from '../../experiment/transferSettings'
import { formatCount } from '../../lib/formatNumber'
import { LessonDrawer } from '../lessons/LessonDrawer'
import { transferLesson } from '../lessons/transfer'
import { LabLead } from '../pages/LabLead'
import classes from '../pages/labPage.module.css'
import { StartButton } from '../pages/StartButton'
import { type Faults, useFaults } from '../pages/useFaults'
import { workersWords } from '../pages/workersWords'
import { sweepWorkers } from '../sweep/sweepWorkers'
import { useApp, useAppStore } from '../useApp'
import { lab, startTransfer } from './lab'
import { whyRefused } from './loadSource'
import { SourceForm } from './SourceForm'
import { StudentForm } from './StudentForm'
import { TransferMaps } from './TransferMaps'
import { TransferResults } from './TransferResults'
import { useEstimate } from './useEstimate'
import { useGiven, useTransfer } from './useLab'

/** Vectors learnt from one thing, used again for another: what they are worth when labels are few. */
export function TransferLab() {
  const transfer = useStore(lab, (state) => state.transfer)
  const given = useGiven()
  const asked = useAppStore((s) => s.transfer)
  const state = useTransfer(transfer)
  const isBusy = state?.status === 'source' || state?.status === 'students'
  const estimate = useEstimate(asked, given !== null, !isBusy)
  const faults = useFaults()
  const shown = { settings: transfer?.settings ?? asked, given: transfer ? transfer.given : given }
  return (
    <>
      <LessonDrawer lesson={transferLesson} />
      <div className={classes.page}>
        <SetUp faults={faults} isBusy={isBusy} estimate={transfer ? estimate : ''} />
        <TransferResults {...{ ...shown, transfer, state, estimate }} fault={faults.first} />
        <TransferMaps transfer={transfer} state={state} />
      </div>
    </>
  )
}

interface SetUpProps {
  faults: Faults
  isBusy: boolean
  estimate: string
}

function SetUp({ faults, isBusy, estimate }: SetUpProps) {
  const app = useApp()
  const given = useGiven()
  const { sizes, seedCount, dimension } = useAppStore((s) => s.transfer)
  const refused = useMemo(() => given && whyRefused(given, dimension), [given, dimension])
  const count = formatCount(sizes.length * seedCount * startKinds.length)
  return (
    <div className={classes.setUp}>
      <LabLead title="Transfer">
        <p>
          A source learns a vector for each hour of the week. Students of something else take them over, and are
          compared with one that starts from scratch.
        </p>
      </LabLead>
      <SourceForm onFault={faults.tell} />
      <StudentForm onFault={faults.tell} />
      <div className={classes.lead}>
        <StartButton
          fault={
            isBusy
              ? null
              : (faults.first ?? (refused ? `Dimension: the loaded vectors have ${given?.dimension}.` : null))
          }
          disabled={isBusy}
          note={(!isBusy && estimate) || workersWords(sweepWorkers())}
          onStart={() => startTransfer(app)}
        >
          {faults.first === null
            ? given
              ? `Train ${count} students`
              : `Train the source and ${count} students`
            : 'Train'}
        </StartButton>
      </div>
    </div>
  )
}
