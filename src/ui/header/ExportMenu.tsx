import { Button, Checkbox, Divider, FileButton, Popover } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { peekExperiment } from '../../exports/weightsFile'
import { saveFile } from '../saveFile'
import { useApp, useAppStore } from '../useApp'
import classes from './header.module.css'

/** Weights out as JSON and in again. */
export function ExportMenu() {
  const [opened, setOpened] = useState(false)
  return (
    <Popover width={320} trapFocus opened={opened} onChange={setOpened}>
      <Popover.Target>
        <Button
          className={classes.button}
          aria-label="Export"
          leftSection={<IconDownload size={15} stroke={1.8} />}
          onClick={() => setOpened(!opened)}
        >
          <span className={classes.buttonText}>Export</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <WeightsPanel onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function WeightsPanel({ onDone }: { onDone(): void }) {
  const { store, ask } = useApp()
  const hasRun = useAppStore(({ run, status }) => run !== null && status !== 'starting')
  const [optimizerState, setOptimizerState] = useState(false)
  const { attempt, busy, fault } = useAttempt(onDone)

  async function save() {
    const { bytes } = await ask({ type: 'exportWeights', optimizerState })
    const { experiment, step } = store.getState()
    saveFile(`${fileStem(experiment.dataset.name)}-weights-step-${step}.json`, bytes, 'application/json')
  }
  async function open(file: File) {
    const bytes = await file.arrayBuffer()
    store.getState().importWeights(bytes, peekExperiment(bytes))
  }
  return (
    <div className={classes.panel}>
      <h2>Weights as JSON</h2>
      <p className={classes.muted}>
        Every embedding table with its keys, biases, layers and metrics, beside the experiment that made them.
      </p>
      <Checkbox
        checked={optimizerState}
        onChange={(event) => setOptimizerState(event.currentTarget.checked)}
        label="With the optimizer’s state"
        description="Larger; training goes on from it as if it had not stopped"
      />
      <Button
        variant="filled"
        disabled={!hasRun}
        loading={busy}
        leftSection={<IconDownload size={15} stroke={1.8} />}
        onClick={() => void attempt(save)}
      >
        Save weights
      </Button>
      <Divider />
      <FileButton accept="application/json,.json" onChange={(file) => file && void attempt(() => open(file))}>
        {(props) => (
          <Button {...props} disabled={busy} leftSection={<IconUpload size={15} stroke={1.8} />}>
            Open saved weights…
          </Button>
        )}
      </FileButton>
      {fault && (
        <p className={classes.fault} role="alert">
          {fault}
        </p>
      )}
      <p className={classes.muted}>The map’s picture (PNG, SVG) is saved by the button at the map’s right edge.</p>
    </div>
  )
}

/** One piece of work at a time; `onDone` when it succeeds, its words when it fails. */
function useAttempt(onDone: () => void) {
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  async function attempt(work: () => Promise<void>): Promise<void> {
    setBusy(true)
    setFault(null)
    try {
      await work()
      onDone()
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
  }
  return { attempt, busy, fault }
}

function fileStem(name: string): string {
  return name.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N}]+/gu, '-') || 'embedding'
}
