import { ActionIcon, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconRestore,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useApp, useAppStore } from '../useApp'
import { RunStats } from './RunStats'
import { TrainingBar } from './TrainingBar'
import classes from './transport.module.css'

/** Runs the training: from the start, play, step, back and forth; how it goes; what it runs with. */
export function Transport() {
  return (
    <section className={`app-transport ${classes.transport}`} aria-label="Training">
      <Buttons />
      <RunStats />
      <TrainingBar />
    </section>
  )
}

function Buttons() {
  const { store, undo, redo } = useApp()
  const { playing, starting, failed, canUndo, canRedo } = useAppStore((state) => ({
    playing: state.status === 'playing' || (state.status === 'starting' && state.wantsToPlay),
    starting: state.status === 'starting',
    failed: state.status === 'failed' || state.problems.length > 0,
    canUndo: state.position > 0 || state.problems.length > 0,
    canRedo: state.position < state.lastPosition,
  }))
  const { restart, togglePlay, play, pause, stepOnce } = store.getState()
  // While it starts there is no run to toggle yet: the word given is kept for it.
  const toggle = starting ? (playing ? pause : play) : togglePlay
  return (
    <div className={classes.buttons}>
      <Step label="Start over from the same weights" onClick={restart} disabled={failed && !starting}>
        <IconRestore size={18} stroke={1.6} />
      </Step>
      <Tooltip label={playing ? 'Pause (Space)' : 'Play (Space)'}>
        <ActionIcon
          className={classes.play}
          variant="filled"
          color="accent"
          radius="xl"
          size={36}
          aria-label={playing ? 'Pause' : 'Play'}
          onClick={toggle}
          disabled={failed && !starting}
        >
          {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
        </ActionIcon>
      </Tooltip>
      <Step label="Step one batch" onClick={() => stepOnce('batch')} disabled={failed}>
        <IconPlayerSkipForward size={18} stroke={1.6} />
      </Step>
      <Step label="Step one epoch" onClick={() => stepOnce('epoch')} disabled={failed}>
        <IconPlayerTrackNext size={18} stroke={1.6} />
      </Step>
      <span className={classes.gap} />
      <Step label="Undo the last change (Ctrl+Z)" onClick={undo} disabled={!canUndo}>
        <IconArrowBackUp size={18} stroke={1.6} />
      </Step>
      <Step label="Redo (Ctrl+Shift+Z)" onClick={redo} disabled={!canRedo}>
        <IconArrowForwardUp size={18} stroke={1.6} />
      </Step>
    </div>
  )
}

interface StepProps {
  label: string
  disabled: boolean
  onClick(): void
  children: ReactNode
}

function Step({ label, disabled, onClick, children }: StepProps) {
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={onClick} disabled={disabled}>
        {children}
      </ActionIcon>
    </Tooltip>
  )
}
