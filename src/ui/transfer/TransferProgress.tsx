import { Button, Progress } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { formatCount } from '../../lib/formatNumber'
import type { Transfer, TransferState } from '../../transfer/runTransfer'
import classes from './transfer.module.css'
import { useTransfer } from './useLab'
import { sourceWords, studentWords } from './words'

/** How far source and students are, and the button that ends them. */
export function TransferProgress({ transfer }: { transfer: Transfer }) {
  const state = useTransfer(transfer)
  const { settings, given } = transfer
  const going = state.status === 'source' || state.status === 'students'
  const cancel = useRef<HTMLButtonElement>(null)
  // The button that started it is disabled now, and the focus lost.
  useEffect(() => {
    if (going) cancel.current?.focus()
  }, [going])
  return (
    <div className={classes.progress}>
      <p>
        <b>{sourceWords(settings, given)}</b> → <b>{studentWords[settings.student].title}</b>, dimension{' '}
        {settings.dimension}
      </p>
      <p role="status">{statusWords(state)}</p>
      <Button ref={cancel} className={`${classes.end} ${going ? '' : classes.gone}`} onClick={() => transfer.cancel()}>
        Cancel
      </Button>
      <Progress
        className={`${classes.bar} ${going ? '' : classes.gone}`}
        aria-label="Progress of the transfer"
        value={100 * doneShare(state)}
      />
      {state.status === 'failed' && (
        <p className={classes.fault} role="alert">
          {state.message}
        </p>
      )}
    </div>
  )
}

const SOURCE_SHARE = 0.1

function doneShare({ status, sourceDone, cells }: TransferState): number {
  if (status === 'source') return SOURCE_SHARE * sourceDone
  const ended = cells.filter(({ state }) => state === 'done' || state === 'failed').length
  return SOURCE_SHARE + ((1 - SOURCE_SHARE) * ended) / Math.max(1, cells.length)
}

function statusWords({ status, sourceDone, cells, workers }: TransferState): string {
  if (status === 'source') return `The source learns: ${Math.round(100 * sourceDone)} %`
  const done = cells.filter(({ state }) => state === 'done').length
  const failed = cells.filter(({ state }) => state === 'failed').length
  const count = `${done} of ${formatCount(cells.length)} students`
  const failures = failed === 0 ? '' : `, ${failed} failed`
  if (status === 'students') return `${count}${failures} · ${workers} at once`
  if (status === 'cancelled')
    return cells.length === 0 ? 'Cancelled while the source learnt' : `Cancelled after ${count}`
  if (status === 'failed') return 'It could not be done'
  return `${count} done${failures}`
}
