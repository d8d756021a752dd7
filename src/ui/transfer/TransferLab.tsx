import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useStore } from 'zustand'
import { startKinds } from '../../experiment/transferSettings'
import { formatCount } from '../../lib/formatNumber'
import { LessonDrawer } from '../lessons/LessonDrawer'
import { transferLesson } from '../lessons/transfer'
import { LabLead } from '../pages/LabLead'
import classes from '../pages/labPage.module.css'
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
  const shown = { settings: transfer?.settings ?? asked, given: transfer ? transfer.given : given }
  return (
    <>
      <LessonDrawer lesson={transferLesson} />
      <div className={classes.page}>
        <SetUp isBusy={isBusy} estimate={transfer ? estimate : ''} />
        <TransferResults {...shown} transfer={transfer} state={state} estimate={estimate} />
        <TransferMaps transfer={transfer} state={state} />
      </div>
    </>
  )
}

function SetUp({ isBusy, estimate }: { isBusy: boolean; estimate: string }) {
  const app = useApp()
  const given = useGiven()
  const { sizes, seedCount, dimension } = useAppStore((s) => s.transfer)
  const [fault, setFault] = useState<string | null>(null)
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
      <SourceForm />
      <StudentForm onFault={setFault} />
      <div className={classes.lead}>
        <Button
          fullWidth
          variant="filled"
          disabled={isBusy || fault !== null || !!refused}
          onClick={() => startTransfer(app)}
        >
          {given ? `Train ${count} students` : `Train the source and ${count} students`}
        </Button>
        <p className={classes.quiet}>{(!isBusy && estimate) || workersWords(sweepWorkers())}</p>
      </div>
    </div>
  )
}

function workersWords(workers: number): string {
  return `${workers === 1 ? 'One' : workers} at a time, beside the page.`
}
