import { Button, NativeSelect } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconPlayerTrackNext } from '@tabler/icons-react'
import { LessonButton } from '../lessons/LessonButton'
import classes from './custom.module.css'
import { exampleOf, examples } from './examples'
import { latestCheckpoint } from './latestCheckpoint'
import type { RunView } from './runView'
import { backendWords, runWords } from './runWords'
import { useLab } from './useLab'

const patiences = [
  { value: '5', label: '5 s' },
  { value: '10', label: '10 s' },
  { value: '60', label: '1 min' },
  { value: '', label: 'never' },
]

/** Which model, its run, and how it goes. */
export function LabBar() {
  const { example, document, patienceSeconds } = useLab(({ example, document, patienceSeconds }) => ({
    example,
    document,
    patienceSeconds,
  }))
  const { openExample, setPatience } = useLab(({ openExample, setPatience }) => ({ openExample, setPatience }))
  const shared = document === example ? [] : [{ value: document, label: `${exampleOf(example).title}, from a link` }]
  return (
    <div className={classes.bar} role="toolbar" aria-label="Custom model">
      <NativeSelect
        className={classes.example}
        aria-label="Example"
        data={[...shared, ...examples.map(({ name, title }) => ({ value: name, label: title }))]}
        value={document}
        onChange={(event) => {
          const found = examples.find(({ name }) => name === event.currentTarget.value)
          if (found) openExample(found.name)
        }}
      />
      <RunButtons />
      <RunStatus />
      <div className={classes.patience}>
        <label htmlFor="custom-patience">Time-out</label>
        <NativeSelect
          id="custom-patience"
          title="After this long without a word from the code you are asked whether to wait; after twice as long it is stopped."
          data={patiences}
          value={patienceSeconds === null ? '' : String(patienceSeconds)}
          onChange={(event) => {
            const { value } = event.currentTarget
            setPatience(value === '' ? null : Number(value))
          }}
        />
      </div>
      <LessonButton />
    </div>
  )
}

function RunButtons() {
  const { start, stop } = useLab(({ start, stop }) => ({ start, stop }))
  const status = useLab(({ run }) => run.status)
  const checkpoint = useLab(({ stored }) => latestCheckpoint(stored)?.step ?? null)
  if (isUnderWay(status)) {
    return (
      <Button leftSection={<IconPlayerStop size={15} />} onClick={stop}>
        {status === 'stopping' ? 'Stop now' : 'Stop'}
      </Button>
    )
  }
  return (
    <>
      <Button
        variant="filled"
        leftSection={<IconPlayerPlay size={15} />}
        title="Trains from the first weights; earlier checkpoints of this code go. Ctrl or ⌘ Enter"
        onClick={() => void start({ fresh: true })}
      >
        Run
      </Button>
      {checkpoint !== null && (
        <Button
          leftSection={<IconPlayerTrackNext size={15} />}
          title="Trains from its last checkpoint, until its maxSteps in total"
          onClick={() => void start({ fresh: false })}
        >
          Go on from step {checkpoint.toLocaleString('en-US')}
        </Button>
      )}
    </>
  )
}

function isUnderWay(status: RunView['status']): boolean {
  return status === 'starting' || status === 'running' || status === 'stopping'
}

function RunStatus() {
  const words = useLab(({ run }) => runWords(run))
  const silentSeconds = useLab((state) => state.silentSeconds)
  const { waitOn, patienceSeconds } = useLab(({ waitOn, patienceSeconds }) => ({ waitOn, patienceSeconds }))
  return (
    <div className={classes.status}>
      <span role="status">
        {silentSeconds === null
          ? words
          : `Nothing heard for ${silentSeconds} s. It is stopped at ${2 * (patienceSeconds ?? 0)} s.`}
      </span>
      {silentSeconds !== null && <Button onClick={waitOn}>Wait on</Button>}
      <BackendName />
    </div>
  )
}

function BackendName() {
  const backend = useLab(({ run }) => run.backend)
  if (!backend) return null
  const { name, why } = backendWords(backend)
  return (
    <span className={classes.backend} data-backend={backend.name} title={why}>
      {name}
    </span>
  )
}
