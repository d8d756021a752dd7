import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { selectAwaitedFile } from '../store/selectors'
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
  const { message, canUndo } = useAppStore((state) => {
    const { status, failure, problems, position } = state
    const elsewhere = problems.find(({ field }) => !field.startsWith('columns.'))
    const failed =
      status === 'failed' && problems.length === 0 && !failure?.field?.startsWith('columns.') ? failure : null
    return {
      message:
        elsewhere?.message ??
        (selectAwaitedFile(state) !== null
          ? null
          : failed && (failed.stack ? `Training broke off: ${failed.message}` : failed.message)),
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

/** A link or opened weights name a file that only the person has. */
function AwaitedFile() {
  const { name, hasWeights } = useAppStore((state) => ({
    name: state.opening ? null : selectAwaitedFile(state),
    hasWeights: state.pendingWeights !== null,
  }))
  if (name === null) return null
  return (
    <Notice tone="info">
      {hasWeights ? (
        <p>
          Open <b>{name}</b> to use these weights: they were trained on its rows, which are not part of them.
        </p>
      ) : (
        <p>
          Open <b>{name}</b> to go on: its rows are not part of a link. With the same file the experiment runs here.
        </p>
      )}
      <FileZone>{`Drop ${name} here, or`}</FileZone>
    </Notice>
  )
}
