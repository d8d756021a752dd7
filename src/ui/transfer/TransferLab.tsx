import { Button } from '@mantine/core'
import { useMemo, useState } from 'react'
import { formatCount } from '../../lib/formatNumber'
import type { Transfer } from '../../transfer/runTransfer'
import { startKinds } from '../../transfer/transferSettings'
import { LessonButton } from '../lessons/LessonButton'
import { LessonDrawer } from '../lessons/LessonDrawer'
import { transferLesson } from '../lessons/transfer'
import { sweepWorkers } from '../sweep/sweepWorkers'
import { useApp } from '../useApp'
import { startTransfer } from './lab'
import { whyRefused } from './loadSource'
import { SourceForm } from './SourceForm'
import { StudentForm } from './StudentForm'
import { TransferMaps } from './TransferMaps'
import { TransferResults } from './TransferResults'
import classes from './transfer.module.css'
import { useLab, useTransfer } from './useLab'

/** Vectors learnt from one thing, used again for another: what they are worth when labels are few. */
export function TransferLab() {
  const { transfer } = useLab()
  return (
    <>
      <LessonDrawer lesson={transferLesson} />
      <div className={classes.page}>
        <SetUp />
        {transfer ? (
          <>
            <TransferResults transfer={transfer} />
            <TransferMaps transfer={transfer} />
          </>
        ) : (
          <p className={classes.empty}>
            What comes out stands here: how well three students do with ten labels and with two thousand, and the map of
            their vectors before and after.
          </p>
        )}
      </div>
    </>
  )
}

function SetUp() {
  const app = useApp()
  const { settings, given, transfer } = useLab()
  const [fault, setFault] = useState<string | null>(null)
  const refused = useMemo(() => given && whyRefused(given, settings.dimension), [given, settings.dimension])
  const count = settings.sizes.length * settings.seedCount * startKinds.length
  const workers = sweepWorkers()
  return (
    <div className={classes.setUp}>
      <div className={classes.lead}>
        <div className={classes.heading}>
          <h1 className={classes.title}>Transfer</h1>
          <LessonButton />
        </div>
        <p>
          A source learns a vector for each hour of the week. Students of something else take them over, and are
          compared with one that starts from scratch.
        </p>
      </div>
      <SourceForm />
      <StudentForm fault={fault} onFault={setFault} />
      <div className={classes.lead}>
        <StartButton transfer={transfer} disabled={fault !== null || !!refused} onStart={() => startTransfer(app)}>
          {given ? `Train ${formatCount(count)} students` : `Train the source and ${formatCount(count)} students`}
        </StartButton>
        <p className={classes.quiet}>
          On {workers === 1 ? 'one processor' : `${workers} processors`} at once, beside the page.
        </p>
      </div>
    </div>
  )
}

interface StartProps {
  transfer: Transfer | null
  disabled: boolean
  onStart(): void
  children: string
}

function StartButton({ transfer, disabled, onStart, children }: StartProps) {
  const Known = transfer ? KnownStart : PlainStart
  return (
    <Known transfer={transfer} disabled={disabled} onStart={onStart}>
      {children}
    </Known>
  )
}

function KnownStart({ transfer, disabled, ...rest }: StartProps) {
  const { status } = useTransfer(transfer!)
  return (
    <PlainStart {...rest} transfer={transfer} disabled={disabled || status === 'source' || status === 'students'} />
  )
}

function PlainStart({ disabled, onStart, children }: StartProps) {
  return (
    <Button fullWidth variant="filled" disabled={disabled} onClick={onStart}>
      {children}
    </Button>
  )
}
