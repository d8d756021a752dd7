import { Button, Group, Progress } from '@mantine/core'
import { formatBytes, formatCount } from '../../lib/formatNumber'
import type { DataProblem } from '../../protocol/trainer'
import type { Opening } from '../../store/dataSlice'
import { Dialog } from '../controls/Dialog'
import { useApp, useAppStore } from '../useApp'
import { ConfirmData } from './ConfirmData'
import classes from './data.module.css'
import { FileZone } from './FileZone'

/** A file on its way in: reading, confirming, or what is wrong with it. The run behind goes on. */
export function OpeningDialog() {
  const { store } = useApp()
  const { opening } = useAppStore(({ opening }) => ({ opening }))
  const { cancelOpening } = store.getState()
  if (!opening) return null
  const title = { reading: 'Reading', confirming: 'What to train', failed: 'This file can’t be opened' }[opening.state]
  return (
    <Dialog title={title} widthPx={opening.state === 'confirming' ? 880 : 520} onClose={cancelOpening}>
      {opening.state === 'reading' && <Reading opening={opening} />}
      {opening.state === 'failed' && <Failed problem={opening.problem} />}
      {opening.state === 'confirming' && <ConfirmData summary={opening.summary} suggestion={opening.suggestion} />}
    </Dialog>
  )
}

function Reading({ opening }: { opening: Extract<Opening, { state: 'reading' }> }) {
  const { store } = useApp()
  const { fileNames, bytesRead, bytesTotal, rows } = opening
  const share = bytesTotal > 0 ? (100 * bytesRead) / bytesTotal : 0
  return (
    <div className={classes.dialog}>
      <p>{fileNames.join(', ')}</p>
      <Progress value={share} aria-label="Read so far" transitionDuration={100} />
      <p className={classes.muted}>
        {formatBytes(bytesRead)} of {formatBytes(bytesTotal)} · {formatCount(rows)} rows
      </p>
      <Group justify="flex-end">
        <Button onClick={store.getState().cancelOpening}>Cancel</Button>
      </Group>
    </div>
  )
}

function Failed({ problem }: { problem: DataProblem }) {
  const { store } = useApp()
  // What the message says already is not said twice.
  const isTold = (part: string) => problem.message.toLowerCase().includes(part.toLowerCase())
  const row = problem.row === null ? null : `row ${formatCount(problem.row)}`
  const where = [
    problem.file && !isTold(problem.file) && `file ${problem.file}`,
    row && !isTold(row) && row,
    problem.column && !isTold(problem.column) && `column ${problem.column}`,
  ].filter(Boolean)
  return (
    <div className={classes.dialog} role="alert">
      <p>{problem.message}</p>
      <p className={classes.muted}>{where.length > 0 && `In ${where.join(', ')}. `}The run on the page is as it was.</p>
      <FileZone>Drop another file, or</FileZone>
      <Group justify="flex-end">
        <Button onClick={store.getState().cancelOpening}>Close</Button>
      </Group>
    </div>
  )
}
