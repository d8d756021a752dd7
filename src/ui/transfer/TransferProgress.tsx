import { Button } from '@mantine/core'
import type { TransferSettings } from '../../experiment/transferSettings'
import { formatCount } from '../../lib/formatNumber'
import type { GivenSource, Transfer, TransferState } from '../../transfer/runTransfer'
import { LabProgress } from '../pages/LabProgress'
import { sourceWords, studentWords } from './words'

interface Props {
  settings: TransferSettings
  given: Pick<GivenSource, 'title'> | null
  /** null: it has not begun. */
  transfer: Transfer | null
  state: TransferState | null
  /** How long it will take, in words. */
  estimate: string
  /** Of the fields: they ask for something else than the settings, that cannot be. */
  fault: string | null
}

/** How far source and students are, and the button that ends them. */
export function TransferProgress({ settings, given, transfer, state, estimate, fault }: Props) {
  return (
    <LabProgress
      label="Progress of the transfer"
      title={
        <>
          <b>{sourceWords(settings, given)}</b> → <b>{studentWords[settings.student].title}</b>,{' '}
          {!state && fault ? 'not ready to train' : `dimension ${settings.dimension}`}
        </>
      }
      status={state ? statusWords(state) : (fault ?? estimate)}
      share={state ? doneShare(state) : 0}
      isGoing={state?.status === 'source' || state?.status === 'students'}
      fault={state?.status === 'failed' ? state.message : null}
    >
      <Button onClick={() => transfer?.cancel()}>Cancel</Button>
    </LabProgress>
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
