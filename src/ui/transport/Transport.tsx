import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipForward,
  IconPlayerTrackNext,
  IconRestore,
} from '@tabler/icons-react'
import { IconButton } from '../controls/IconButton'
import { useAfterFirstPicture } from '../useAfterFirstPicture'
import { useApp, useAppStore } from '../useApp'
import { RunStats } from './RunStats'
import { TrainingBar } from './TrainingBar'
import classes from './transport.module.css'

/** Runs the training: from the start, play, step, back and forth; how it goes; what it runs with. */
export function Transport() {
  const besides = useAfterFirstPicture()
  return (
    <section className={`app-transport ${classes.transport}`} aria-label="Training">
      <Buttons />
      <RunStats />
      {besides && <TrainingBar />}
    </section>
  )
}

function Buttons() {
  const { store, undo, redo } = useApp()
  const { playing, starting, failed, hasProblems, canUndo, canRedo } = useAppStore((state) => ({
    playing: state.status === 'playing' || (state.status === 'starting' && state.wantsToPlay),
    starting: state.status === 'starting',
    failed: state.status === 'failed',
    // The run of the last good settings goes on; it can be paused, not started over.
    hasProblems: state.problems.length > 0,
    canUndo: state.position > 0 || state.problems.length > 0,
    canRedo: state.position < state.lastPosition,
  }))
  const { restart, togglePlay, stepOnce } = store.getState()
  return (
    <div className={classes.buttons}>
      <IconButton label="Start over from the same weights" onClick={restart} disabled={hasProblems}>
        <IconRestore size={18} stroke={1.6} />
      </IconButton>
      <IconButton
        className={classes.play}
        variant="filled"
        color="accent"
        radius="xl"
        size={36}
        label={playing ? 'Pause' : 'Play'}
        data-tip={playing ? 'Pause (Space)' : 'Play (Space)'}
        onClick={togglePlay}
        disabled={failed && !starting}
      >
        {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </IconButton>
      <IconButton label="Step one batch" onClick={() => stepOnce('batch')} disabled={failed}>
        <IconPlayerSkipForward size={18} stroke={1.6} />
      </IconButton>
      <IconButton label="Step one epoch" onClick={() => stepOnce('epoch')} disabled={failed}>
        <IconPlayerTrackNext size={18} stroke={1.6} />
      </IconButton>
      <span className={classes.gap} />
      <IconButton label="Undo the last change (Ctrl+Z)" {...enabledWhen(canUndo, undo)}>
        <IconArrowBackUp size={18} stroke={1.6} />
      </IconButton>
      <IconButton label="Redo (Ctrl+Shift+Z)" {...enabledWhen(canRedo, redo)}>
        <IconArrowForwardUp size={18} stroke={1.6} />
      </IconButton>
    </div>
  )
}

/** Of a button that may be pressed until it can no more: it keeps the focus then. */
function enabledWhen(can: boolean, onClick: () => void) {
  return can ? { onClick } : { 'aria-disabled': true, 'data-disabled': true }
}
