import { Button } from '@mantine/core'
import type { SweepPlan } from '../../sweep/planSweep'
import type { Sweep, SweepState } from '../../sweep/runSweep'
import { settingName } from '../../sweep/sweepSetting'
import { LabProgress } from '../pages/LabProgress'
import { planWords } from './planWords'

interface Props {
  plan: SweepPlan
  /** null: it has not begun. */
  sweep: Sweep | null
  state: SweepState | null
  /** How long it will take, in words. */
  estimate: string
  /** Of the fields: they ask for something else than the plan, that cannot be. */
  fault: string | null
}

/** What is trained, how far it is or how long it will take, and the buttons that hold or end it. */
export function SweepProgress({ plan, sweep, state, estimate, fault }: Props) {
  const isGoing = state?.status === 'running' || state?.status === 'paused'
  return (
    <LabProgress
      label="Progress of the sweep"
      title={
        <>
          <b>{settingName(plan.setting, plan.base)}</b>: {!state && fault ? 'not ready to train' : planWords(plan)}
        </>
      }
      status={state ? statusWords(state) : (fault ?? estimate)}
      share={state ? shareOf(plan, state) : 0}
      isGoing={isGoing}
    >
      <Button onClick={() => (state?.status === 'running' ? sweep?.pause() : sweep?.resume())}>
        {state?.status === 'running' ? 'Pause' : 'Go on'}
      </Button>
      <Button onClick={() => sweep?.cancel()}>Cancel</Button>
    </LabProgress>
  )
}

function endedOf({ cells }: SweepState): number {
  return cells.filter(({ state }) => state === 'done' || state === 'failed').length
}

function shareOf({ cells: planned, epochs }: SweepPlan, state: SweepState): number {
  const partly = state.cells.reduce((sum, cell) => sum + (cell.state === 'running' ? cell.epoch / epochs : 0), 0)
  return (endedOf(state) + partly) / planned.length
}

function statusWords(state: SweepState): string {
  const { status, cells, workers } = state
  const count = `${endedOf(state)} of ${cells.length} runs`
  const failed = cells.filter((cell) => cell.state === 'failed').length
  const failures = failed === 0 ? '' : `, ${failed} failed`
  if (status === 'done') return `${count} done${failures}`
  if (status === 'cancelled') return `Cancelled after ${count}${failures}`
  if (status === 'paused') return `Paused at ${count}${failures}`
  return `${count}${failures} · ${workers} at once`
}
