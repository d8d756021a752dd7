import { Button, Checkbox, FileButton, NativeSelect } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import type { Experiment } from '../../experiment/experiment'
import { type SourceTarget, sourceTargets, transferLimits } from '../../experiment/transferSettings'
import { NumberField } from '../controls/NumberField'
import { describeFeatures } from '../measures/describeDifference'
import page from '../pages/labPage.module.css'
import type { Faults } from '../pages/useFaults'
import { useApp, useAppStore } from '../useApp'
import { lab } from './lab'
import { loadSource, whyRefused } from './loadSource'
import classes from './transfer.module.css'
import { useAsk, useGiven } from './useLab'
import { targetWords } from './words'

/** Where the vectors come from: learnt here from chosen counts, a run of this visit, or a weights file. */
export function SourceForm({ onFault }: { onFault: Faults['tell'] }) {
  const given = useGiven()
  const settings = useAppStore((s) => s.transfer)
  const ask = useAsk()
  return (
    <fieldset className={page.form}>
      <legend className={page.legend}>1 · The source</legend>
      <SourceChoice />
      {given ? <GivenFacts /> : <Targets targets={settings.targets} />}
      <NumberField
        label="Dimension"
        title="Numbers in the vector of each hour, of the source and of the students"
        value={settings.dimension}
        min={1}
        max={transferLimits.dimension}
        onCommit={(dimension) => dimension !== null && ask({ dimension })}
        onFault={onFault}
      />
      {given && <Mismatch />}
    </fieldset>
  )
}

function Targets({ targets }: { targets: readonly SourceTarget[] }) {
  const ask = useAsk()
  return (
    <fieldset className={classes.targets}>
      <legend className={classes.label}>Learns to predict, at once</legend>
      {sourceTargets.map((target) => {
        const isOn = targets.includes(target)
        return (
          <Checkbox
            key={target}
            label={targetWords[target]}
            checked={isOn}
            disabled={isOn && targets.length === 1}
            onChange={() => ask({ targets: sourceTargets.filter((one) => targets.includes(one) !== (one === target)) })}
          />
        )
      })}
      <span className={page.quiet}>Measured counts; each alone gives one useful direction.</span>
    </fieldset>
  )
}

/** The trainer keeps as many replaced runs for undo. */
const KEPT_RUNS = 8

function mayHoldHours({ dataset, columns }: Experiment): boolean {
  const isOther = dataset.source === 'builtin' && (dataset.name === 'movies' || dataset.name === 'airports')
  return !isOther && columns.some(({ type }) => type === 'embedding')
}

/** `''`: trained here; a number: a run of the visit. */
function SourceChoice() {
  const app = useApp()
  const runs = useAppStore((s) => s.history)
  const ask = useAsk()
  const given = useGiven()
  const missing = useAppStore((s) => s.transfer.source)
  const [fault, setFault] = useState<string | null>(null)
  const ofHours = runs.slice(-KEPT_RUNS).filter(({ experiment }) => mayHoldHours(experiment))

  async function load(read: () => Promise<[ArrayBuffer, string]>): Promise<void> {
    setFault(null)
    try {
      const [bytes, title] = await read()
      lab.setState({ given: await loadSource(app, bytes, title) })
      ask({ source: title })
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  function choose(value: string): void {
    setFault(null)
    if (value === '') ask({ source: null })
    if (value === '' || value === 'given') return
    const runId = Number(value)
    void load(async () => {
      const { bytes } = await app.ask({ type: 'exportWeights', optimizerState: false, ofRun: runId })
      return [bytes, `Run ${runId} of this visit`]
    })
  }
  const runOptions = ofHours.map(({ runId, experiment }) => ({
    value: String(runId),
    label: `Run ${runId}: ${describeFeatures(experiment)}`,
  }))
  return (
    <>
      <NativeSelect
        label="Vectors"
        data={[
          { value: '', label: 'learnt here' },
          ...(given ? [{ value: 'given', label: given.title }] : []),
          ...runOptions,
        ]}
        value={given ? 'given' : ''}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <FileButton
        accept="application/json,.json"
        onChange={(file) => file && void load(async () => [await file.arrayBuffer(), file.name])}
      >
        {(props) => (
          <Button {...props} leftSection={<IconUpload size={15} stroke={1.8} />}>
            Load a weights file…
          </Button>
        )}
      </FileButton>
      {missing !== null && !given && (
        <p className={page.fault} role="alert">
          This link starts from “{missing}”. A link does not carry weights: load that file, or{' '}
          <button type="button" className={classes.plain} onClick={() => ask({ source: null })}>
            learn the vectors here
          </button>
          .
        </p>
      )}
      {fault && (
        <p className={page.fault} role="alert">
          {fault}
        </p>
      )}
    </>
  )
}

function GivenFacts() {
  const given = useGiven()
  if (!given) return null
  const { found, dimension, tensor } = given
  const missing = 168 - found
  return (
    <p className={page.quiet} role="status">
      {tensor}: vectors of {dimension} {dimension === 1 ? 'number' : 'numbers'} for {found} of 168 hours, matched by key
      {missing === 0 ? '.' : `; ${missing} start anew.`}
    </p>
  )
}

/** Another dimension than the vectors have: TensorFlow’s refusal, and the way out. */
function Mismatch() {
  const given = useGiven()
  const dimension = useAppStore((s) => s.transfer.dimension)
  const ask = useAsk()
  const why = useMemo(() => given && whyRefused(given, dimension), [given, dimension])
  if (!given || !why) return null
  return (
    <div role="alert">
      <p className={page.fault}>{why}</p>
      <Button mt={8} onClick={() => ask({ dimension: given.dimension })}>
        Use dimension {given.dimension}
      </Button>
    </div>
  )
}
