import { Button, Progress } from '@mantine/core'
import { useEffect, useRef } from 'react'
import type { Sweep, SweepState } from '../../sweep/runSweep'
import { settingName } from '../../sweep/sweepSetting'
import { planWords } from './planWords'
import classes from './sweep.module.css'
import { useSweep } from './useSweep'

/** How far the sweep is, and the buttons that hold or end it. */
export function SweepProgress({ sweep }: { sweep: Sweep }) {
  const state = useSweep(sweep)
  const { plan } = sweep
  const ended = state.cells.filter((cell) => cell.state === 'done' || cell.state === 'failed').length
  const partly = state.cells.reduce((sum, cell) => sum + (cell.state === 'running' ? cell.epoch / plan.epochs : 0), 0)
  const hold = useRef<HTMLButtonElement>(null)
  // The button that started it has gone, and the focus with it.
  useEffect(() => hold.current?.focus(), [])
  const going = state.status === 'running' || state.status === 'paused'
  return (
    <div className={classes.progress}>
      <p>
        <b>{settingName(plan.setting, plan.base)}</b>: {planWords(plan)}
      </p>
      <p role="status">{statusWords(state, ended)}</p>
      {going && (
        <span className={classes.end}>
          <Button ref={hold} onClick={() => (state.status === 'running' ? sweep.pause() : sweep.resume())}>
            {state.status === 'running' ? 'Pause' : 'Go on'}
          </Button>
          <Button onClick={() => sweep.cancel()}>Cancel</Button>
        </span>
      )}
      <Progress
        className={classes.bar!}
        aria-label="Progress of the sweep"
        color={going ? 'accent' : 'gray'}
        value={(100 * (ended + partly)) / plan.cells.length}
      />
    </div>
  )
}

function statusWords({ status, cells, workers }: SweepState, ended: number): string {
  const count = `${ended} of ${cells.length} runs`
  const failed = cells.filter((cell) => cell.state === 'failed').length
  const failures = failed === 0 ? '' : `, ${failed} failed`
  if (status === 'done') return `${count} done${failures}`
  if (status === 'cancelled') return `Cancelled after ${count}${failures}`
  if (status === 'paused') return `Paused at ${count}${failures}`
  return `${count}${failures} · ${workers} at once`
}
