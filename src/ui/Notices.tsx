import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { FileZone } from './data/FileZone'
import classes from './notices.module.css'
import { useApp, useAppStore } from './useApp'

/** What the person should know and can act on; each line stays until it is settled or dismissed. */
export function Notices() {
  return (
    <div className={`app-notices ${classes.notices}`}>
      <GeneralNotice />
      <NotFinite />
      <RunFailure />
      <AwaitedFile />
    </div>
  )
}

function Notice({ tone, children, action }: { tone: 'info' | 'bad'; children: ReactNode; action?: ReactNode }) {
  const Icon = tone === 'bad' ? IconAlertTriangle : IconInfoCircle
  return (
    <section className={classes.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon size={18} stroke={1.7} aria-hidden="true" />
      <div className={classes.text}>{children}</div>
      {action}
    </section>
  )
}

function GeneralNotice() {
  const { store } = useApp()
  const notice = useAppStore((state) => state.notice)
  if (notice === null) return null
  return (
    <Notice tone="info" action={<CloseButton aria-label="Dismiss" onClick={store.getState().dismissNotice} />}>
      {notice}
    </Notice>
  )
}

function NotFinite() {
  const { store } = useApp()
  const reason = useAppStore(({ pauseReason }) => (pauseReason?.why === 'notFinite' ? pauseReason : null))
  if (!reason) return null
  return (
    <Notice
      tone="bad"
      action={
        <Button variant="filled" onClick={() => store.getState().returnToCheckpoint('lastFinite')}>
          Return to the last good weights
        </Button>
      }
    >
      Training stopped: the weights are no longer finite numbers. {reason.cause}
    </Notice>
  )
}

/** What the run can't be started with, where it is about no card. */
function RunFailure() {
  const { store } = useApp()
  const { message, canUndo } = useAppStore(({ status, failure, problems, position, experiment, summary }) => {
    const elsewhere = problems.find(({ field }) => !field.startsWith('columns.'))
    const failed =
      status === 'failed' && problems.length === 0 && !failure?.field?.startsWith('columns.') ? failure : null
    const waitsForFile = experiment.dataset.source === 'file' && summary?.name !== experiment.dataset.name
    return {
      message:
        elsewhere?.message ??
        (waitsForFile ? null : failed && (failed.stack ? `Training broke off: ${failed.message}` : failed.message)),
      canUndo: position > 0 || problems.length > 0,
    }
  })
  const { undo } = useApp()
  if (message === null) return null
  return (
    <Notice
      tone="bad"
      action={
        canUndo ? (
          <Button onClick={undo}>Undo the last change</Button>
        ) : (
          <Button onClick={store.getState().restart}>Try again</Button>
        )
      }
    >
      {message}
    </Notice>
  )
}

/** The link names a file that only the person has. */
function AwaitedFile() {
  const name = useAppStore(({ experiment, summary, status, opening }) => {
    const { dataset } = experiment
    const waits = dataset.source === 'file' && summary === null && status === 'failed' && opening === null
    return waits ? dataset.name : null
  })
  if (name === null) return null
  return (
    <Notice tone="info">
      <p>
        This link is about the file <b>{name}</b>, which is not part of it. With the same file its experiment runs here.
      </p>
      <FileZone>{`Drop ${name} here, or`}</FileZone>
    </Notice>
  )
}
